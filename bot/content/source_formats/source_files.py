"""Reading of a folder or an archive of files as one source, in the order in which its chapters come."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from pathlib import PurePosixPath

from bot.content.files.chapter_order import part_title, sort_names
from bot.content.source_formats.left_out_sources import is_beside_the_text, left_out_by_name, left_out_by_text
from bot.content.source_formats.picture_lookup import (
    LARGEST_PICTURE,
    PICTURE_SUFFIXES,
    find_named,
    picture_keys,
)
from bot.content.source_formats.read_source import ReadSource, SourceRefused
from bot.content.source_formats.source_kinds import scrivener_refusal
from bot.content.source_formats.source_tree import SourceTree
from bot.domain.manuscript_import.import_progress import PartsDone, pass_over
from bot.domain.manuscript_import.source_document import (
    Source,
    SourceBlock,
    SourceDocument,
    SourceFootnote,
    SourceRemark,
)
from bot.domain.text.terminal_escaping import printable

_OF_PROGRAMS = (
    ".css",
    ".js",
    ".json",
    ".yaml",
    ".yml",
    ".toml",
    ".ini",
    ".xml",
    ".opf",
    ".ncx",
    ".canvas",
    ".base",
    ".ttf",
)
"""Ends of names of what no text of an author is in; those with it are passed over in silence."""

_MOST_REFUSED = 100
"""Files without a text that a source may hold, and as many more as it has with one."""

_SAME_REMARKS = 20
"""Files that are left out for one reason from which on only the first is named."""

_LARGEST_IN_ALL = 64 * 1024**2
"""Characters of all documents of a source."""

ReadMember = Callable[[SourceTree, str, str], ReadSource]


class SourceFiles:
    """The files of a folder or an archive."""

    def __init__(
        self, tree: SourceTree, name: str, read_member: ReadMember, told: PartsDone = pass_over
    ) -> None:
        """Look at the names.

        Args:
            tree: The files.
            name: Name of the folder or the archive.
            read_member: Reads one file: the tree, the file's name in it, and its name in the source.
            told: Hears how many files have been read.
        """
        self._tree, self._name, self._read_member, self._told = tree, name, read_member, told
        names = [each for each in tree.names if not is_beside_the_text(each)]
        skipped = _common_folder(names)
        self._names = {each[skipped:]: each for each in names}
        self._by_end = {each.rpartition("/")[2].lower(): each for each in sorted(self._names, reverse=True)}
        self._above = 0
        """Length of the folders that all chapters lie in, which are no parts."""
        self._remarks: list[SourceRemark] = []
        self._pictures: dict[str, Callable[[], bytes]] = {}
        self._members: dict[str, str] = {}
        """The file that a picture's key means."""

    def read(self) -> ReadSource:
        """Read the files that are chapters.

        Raises:
            SourceRefused: no file can be read, or all together are too large.
        """
        if any(each.lower().endswith(".scrivx") for each in self._tree.names):
            raise scrivener_refusal(self._name)
        texts = [
            each for each in self._names if not each.lower().endswith((*PICTURE_SUFFIXES, *_OF_PROGRAMS))
        ]
        if not texts:
            problem = f"{printable(self._name)} holds no text"
            raise SourceRefused(problem, "Put your chapters into it, as .docx, .odt, .html, .md or .txt.")
        left_out = left_out_by_name(texts)
        found = self._read_all([each for each in sort_names(texts) if each not in left_out])
        self._leave_out(left_out)
        if len(found) == 1:
            return self._single(*next(iter(found.items())))
        self._above = _common_folder(list(found))
        documents: dict[str, list[SourceDocument]] = {}
        for number, (name, each) in enumerate(found.items(), 1):
            documents[name] = self._own_documents(number, name, each)
        same = left_out_by_text({name: each[0] for name, each in documents.items() if len(each) == 1})
        self._leave_out(same)
        return self._together([each for name, own in documents.items() if name not in same for each in own])

    def _read_all(self, names: Sequence[str]) -> dict[str, ReadSource]:
        """Read files; what cannot be read is left out, unless nothing can."""
        found: dict[str, ReadSource] = {}
        refused: list[SourceRefused] = []
        length = 0
        for number, name in enumerate(names):
            self._told(number, len(names))
            try:
                read = self._read_member(self._tree, self._names[name], name)
            except SourceRefused as error:
                refused.append(error)
                self._remarks.append(SourceRemark(name, f"{error.problem}. {error.mend}", is_left_out=True))
                if len(refused) > _MOST_REFUSED + len(found):
                    problem = (
                        f"{printable(self._name)} holds more than {_MOST_REFUSED} files that are no text"
                    )
                    raise SourceRefused(problem, "Give me only the folder with your chapters.") from error
                continue
            length += sum(len(line) for document in read.source.documents for line in document.lines)
            if length > _LARGEST_IN_ALL:
                problem = f"{printable(self._name)} holds more text than {_LARGEST_IN_ALL // 1024**2} MB"
                raise SourceRefused(problem, "Give me one book at a time.")
            found[name] = read
        if not found:
            raise refused[0]
        return found

    def _single(self, name: str, read: ReadSource) -> ReadSource:
        """Return the only text, with the pictures beside it."""
        documents = tuple(self._with_pictures(name, each, read) for each in read.source.documents)
        self._leave_out_pictures()
        remarks = (*self._remarks, *read.source.remarks)
        source = replace(read.source, name=self._name, documents=documents, remarks=remarks)
        return ReadSource(source, {**self._pictures, **read.pictures})

    def _own_documents(self, number: int, name: str, read: ReadSource) -> list[SourceDocument]:
        """Return the documents of one file among several; the pictures in it get keys of their own."""
        self._remarks += read.source.remarks
        keys = {key: f"{number}/{key}" for key in read.pictures}
        self._pictures |= {keys[key]: each for key, each in read.pictures.items()}
        part = part_title(name[self._above :])
        if len(read.source.documents) > 1:
            part = part or read.source.title or PurePosixPath(name).stem
        documents = []
        for document in read.source.documents:
            own = _renamed_pictures(document, keys) if keys else document
            several = len(read.source.documents) > 1
            shown = f"{name}/{document.name}" if several else name
            documents.append(replace(self._with_pictures(name, own, read), name=shown, part=part))
        return documents

    def _with_pictures(self, name: str, document: SourceDocument, read: ReadSource) -> SourceDocument:
        """Find the pictures that a text names among the files."""
        renamed: dict[str, str] = {}
        for key in picture_keys(document):
            if key in read.pictures or (key in self._pictures and key not in self._members):
                continue
            file = find_named(key, name.rpartition("/")[0], self._names, self._by_end)
            if file is None or not file.lower().endswith(PICTURE_SUFFIXES):
                continue
            unique = key
            if self._members.get(key, file) != file:
                unique = renamed[key] = f"{len(self._members)}/{key}"
            self._members[unique] = file
            self._pictures[unique] = partial(self._tree.read, self._names[file], LARGEST_PICTURE)
        return _renamed_pictures(document, renamed) if renamed else document

    def _together(self, documents: list[SourceDocument]) -> ReadSource:
        cover = self._leave_out_pictures()
        titles = {each.title for each in documents}
        title = None
        if len(documents) > 1 and len(titles) == 1 and (title := titles.pop()):
            # What all files are called is the book.
            documents = [replace(each, title=None) for each in documents]
        authors, languages = (
            {getattr(each, of) for each in documents} - {None} for of in ("author", "language")
        )
        source = Source(
            self._name,
            tuple(documents),
            title=title,
            author=authors.pop() if len(authors) == 1 else None,
            language=languages.pop() if len(languages) == 1 else None,
            cover=cover,
            file_per_chapter=True,
            remarks=_joined(self._remarks),
        )
        return ReadSource(source, self._pictures)

    def _leave_out_pictures(self) -> str | None:
        """Say which pictures no text names; return the key of the one that is called a cover, which is taken."""
        known = set(self._members.values())
        unnamed = [
            each for each in self._names if each.lower().endswith(PICTURE_SUFFIXES) and each not in known
        ]
        cover = next((each for each in unnamed if PurePosixPath(each).stem.casefold() == "cover"), None)
        if cover is not None:
            unnamed.remove(cover)
            self._pictures[cover] = partial(self._tree.read, self._names[cover], LARGEST_PICTURE)
        self._leave_out(dict.fromkeys(unnamed, "no text names this picture"))
        return cover

    def _leave_out(self, files: dict[str, str]) -> None:
        self._remarks += [
            SourceRemark(name, f"left out: {reason}", is_left_out=True) for name, reason in files.items()
        ]


def _joined(remarks: Sequence[SourceRemark]) -> tuple[SourceRemark, ...]:
    """Return the remarks, one for several files of which the same is to be said."""
    groups: dict[tuple[str, bool], list[SourceRemark]] = {}
    for each in remarks:
        groups.setdefault((each.text, each.is_left_out), []).append(each)
    joined: list[SourceRemark] = []
    for (text, is_left_out), group in groups.items():
        if len(group) <= (_SAME_REMARKS if is_left_out else 1):
            joined += group
        else:
            more = f"{len(group) - 1} more files" if len(group) > 2 else "another file"
            joined.append(SourceRemark(f"{group[0].name} and {more}", text, is_left_out))
    return tuple(joined)


def _common_folder(names: Sequence[str]) -> int:
    """Return the length of the folders that all files lie in, which a ZIP of a folder begins with."""
    if not names:
        return 0
    folders = names[0].split("/")[:-1]
    for name in names[1:]:
        own = name.split("/")[:-1]
        alike = next((at for at, (a, b) in enumerate(zip(folders, own, strict=False)) if a != b), None)
        folders = folders[: min(len(own), len(folders)) if alike is None else alike]
    return sum(len(each) + 1 for each in folders)


def _renamed_pictures(document: SourceDocument, keys: dict[str, str]) -> SourceDocument:
    def rename(block: SourceBlock) -> SourceBlock:
        if "](" not in block.text:
            return block
        text = block.text
        for old, new in keys.items():
            text = text.replace(f"]({old})", f"]({new})").replace(f"](<{old}>)", f"](<{new}>)")
        return replace(block, text=text)

    return replace(
        document,
        blocks=tuple(map(rename, document.blocks)),
        footnotes=tuple(
            SourceFootnote(each.label, tuple(map(rename, each.blocks))) for each in document.footnotes
        ),
    )
