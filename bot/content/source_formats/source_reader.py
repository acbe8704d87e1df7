"""Reading of whatever an author gives: a file, a folder, an archive, or a pasted text."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path
from stat import S_ISDIR, S_ISREG

from bot.content.source_formats.bounded_archive import BoundedArchive
from bot.content.source_formats.docx_reader import read_docx_archive
from bot.content.source_formats.encoding_repair import RepairedText, decode_mixed, repair_mojibake
from bot.content.source_formats.epub_reader import read_epub_archive
from bot.content.source_formats.html_parsing import decode_page
from bot.content.source_formats.html_reader import read_html_source
from bot.content.source_formats.markdown_reader import is_markdown, read_markdown, unused_matter
from bot.content.source_formats.odt_reader import read_flat_odt, read_odt_archive
from bot.content.source_formats.picture_lookup import pictures_beside
from bot.content.source_formats.plain_text_reader import read_plain_text
from bot.content.source_formats.read_source import ReadSource, SourceRefused
from bot.content.source_formats.source_files import SourceFiles
from bot.content.source_formats.source_kinds import START, SourceKind, recognize_archive, recognize_kind
from bot.content.source_formats.source_tree import FolderTree, SourceTree, read_bounded, read_start, too_large
from bot.domain.manuscript_import.import_progress import PartsDone, pass_over
from bot.domain.manuscript_import.source_document import BlockTrait, Source, SourceDocument, SourceRemark
from bot.domain.text.terminal_escaping import printable
from bot.schemas.text_file import UnreadableFile, decode_any

LONGEST_TEXT = 16 * 1024**2
"""Bytes of one plain text; 2.5 million words have fewer."""

LARGEST_PAGE = 64 * 1024**2
"""Bytes of one web page, whose pictures may be in it."""

LARGEST_ARCHIVE = 256 * 1024**2
"""Bytes of one ZIP, DOCX, ODT or EPUB with its pictures."""

_MOST = {SourceKind.TEXT: LONGEST_TEXT, SourceKind.HTML: LARGEST_PAGE, SourceKind.FLAT_ODT: LARGEST_PAGE}
_OLD_OFFICE = b"\xd0\xcf\x11\xe0"


def read_source(path: Path, told: PartsDone = pass_over) -> ReadSource:
    """Read a file, a folder, or an archive; `told` hears of its files, or of the pages of a book.

    Raises:
        SourceRefused: it cannot be read, with what to do instead.
    """
    path = Path(os.path.abspath(path))  # noqa: PTH100 - a link keeps its own name
    try:
        stat = path.stat()
    except (OSError, ValueError) as error:
        raise SourceRefused(f"there is no {printable(path.name)}", "Check the name of the file.") from error
    if S_ISDIR(stat.st_mode):
        return _whole(SourceFiles(FolderTree(path), path.name, _read_member, told).read())
    if not S_ISREG(stat.st_mode):
        raise SourceRefused(
            f"{printable(path.name)} is no regular file", "Give me the text itself, as a file."
        )
    return _whole(_read_file(path, stat.st_size, told))


def read_pasted(text: str) -> ReadSource:
    """Read a text that was pasted: plain, Markdown, or the source of a web page.

    Raises:
        SourceRefused: it is empty, too long, or no text.
    """
    if len(text) > LONGEST_TEXT:
        raise too_large("the text", LONGEST_TEXT)
    return _read_paste(text.encode("utf-8", "replace"))


def read_piped(raw: bytes) -> ReadSource:
    """Read what came on standard input: a text as `read_pasted` has it, in any encoding.

    Raises:
        SourceRefused: it is empty, too long, or no text.
    """
    if len(raw) > LARGEST_PAGE:
        raise too_large("the text", LARGEST_PAGE)
    if not raw.strip():
        raise SourceRefused("there was nothing to read", "Paste the text, or name its file.")
    return _read_paste(raw)


def _read_paste(raw: bytes) -> ReadSource:
    if recognize_kind(raw[:START], "the text") is SourceKind.PACKED:
        raise SourceRefused("the text is a file that was opened as text", "Give me the file itself.")
    return _whole(_read_plain(raw, "-"))


def _read_file(path: Path, size: int, told: PartsDone) -> ReadSource:
    name = path.name
    if size > LARGEST_ARCHIVE:
        raise too_large(name, LARGEST_ARCHIVE)
    start = read_start(path, name, START)
    if start.startswith(_OLD_OFFICE) and size <= LARGEST_PAGE:
        start = read_bounded(path, name, None)
    kind = recognize_kind(start, name)
    if kind is SourceKind.PACKED:
        return _read_packed(BoundedArchive(path, name), name, told)
    found = _read_plain(read_bounded(path, name, _MOST[kind]), name)
    return ReadSource(found.source, {**pictures_beside(path, found.source.documents[0]), **found.pictures})


def _read_packed(archive: BoundedArchive, name: str, told: PartsDone = pass_over) -> ReadSource:
    media_type = archive.read_start("mimetype", 100) if "mimetype" in archive else b""
    kind = recognize_archive(archive.names, media_type, name)
    if kind is SourceKind.DOCX:
        return read_docx_archive(archive, name)
    if kind is SourceKind.ODT:
        return read_odt_archive(archive, name)
    if kind is SourceKind.EPUB:
        return read_epub_archive(archive, told)
    return SourceFiles(archive, name, _read_member, told).read()


def _read_member(tree: SourceTree, name: str, shown: str) -> ReadSource:
    """Read a file of a folder or an archive; `shown` is its name in the source.

    Raises:
        SourceRefused: it cannot be read.
    """
    if tree.size(name) > LARGEST_ARCHIVE:
        raise too_large(shown, LARGEST_ARCHIVE)
    start = tree.read_start(name, START)
    if start.startswith(_OLD_OFFICE):
        start = tree.read(name, LARGEST_PAGE)
    kind = recognize_kind(start, shown)
    if kind is SourceKind.PACKED:
        return _read_packed(tree.open_nested(name), shown)
    return _read_plain(tree.read(name, _MOST[kind]), shown)


def _read_plain(raw: bytes, name: str) -> ReadSource:
    """Read a file that is no archive."""
    kind = recognize_kind(raw[:START], name)
    if kind is SourceKind.FLAT_ODT:
        return read_flat_odt(raw, name)
    if kind is SourceKind.HTML:
        page = decode_page(raw)
        if (repaired := repair_mojibake(page)) is None:
            return read_html_source(page, name)
        found = read_html_source(repaired.text, name)
        return ReadSource(replace(found.source, remarks=(_twice(name, repaired),)), found.pictures)
    text, remarks = _decode(raw, name)
    document = read_markdown(text, name) if is_markdown(text) else read_plain_text(text, name)
    if unused := unused_matter(document.matter):
        remarks.append(SourceRemark(name, f"its front matter has more than is taken: {unused}"))
    source = Source(
        name, (document,), (), document.title, document.author, document.language, remarks=tuple(remarks)
    )
    return ReadSource(source)


def _decode(raw: bytes, name: str) -> tuple[str, list[SourceRemark]]:
    """Return a plain file's text, with what had to be guessed for it."""
    remarks: list[SourceRemark] = []
    try:
        decoded = decode_any(raw, name)
    except UnreadableFile as error:
        if (mixed := decode_mixed(raw)) is None:
            raise SourceRefused(f"{printable(name)}: {error.fault.problem}", error.fault.mend) from error
        where = f"the first is in line {mixed.line}" if mixed.places > 1 else f"it is in line {mixed.line}"
        pieces = f"{mixed.places} pieces" if mixed.places > 1 else "a piece"
        remarks.append(SourceRemark(name, f"has {pieces} in another encoding, read as Windows-1252; {where}"))
        decoded = decode_any(mixed.text.encode(), name)
    remarks += [SourceRemark(name, each.problem.removeprefix("this file ")) for each in decoded.warnings]
    if (repaired := repair_mojibake(decoded.text)) is None:
        return decoded.text, remarks
    return repaired.text, [*remarks, _twice(name, repaired)]


def _twice(name: str, repaired: RepairedText) -> SourceRemark:
    text = f"was encoded twice, which is undone at {repaired.places:,} places; look over line {repaired.line}"
    return SourceRemark(name, text)


def _whole(found: ReadSource) -> ReadSource:
    """Return a source that holds something."""
    if any(_holds_text(document) for document in found.source.documents):
        return found
    raise SourceRefused(
        f"{printable(found.source.name)} holds no text", "Give me the file with your chapters."
    )


def _holds_text(document: SourceDocument) -> bool:
    return any(
        (block.text.strip() and BlockTrait.HIDDEN not in block.traits) or block.level
        for block in document.blocks
    )
