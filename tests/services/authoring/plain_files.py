"""The content folder as the port describes it, on real files, in its plainest form."""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from pathlib import Path

import yaml

from bot.content.content_folder import ContentFolder
from bot.domain.manuscript_import.import_pipeline import import_source
from bot.domain.manuscript_import.imported_story import ImportedStory
from bot.domain.manuscript_import.source_document import Source, SourceBlock, SourceDocument
from bot.domain.stories.authoring_refusals import ContentNotWritable, UploadUnreadable
from bot.domain.stories.story import Story
from bot.services.authoring.authoring_files import RemovedFile, Settings, UploadReport


class PlainFiles:
    """Implements `AuthoringFiles` without locks or comments, for one process and well-formed files."""

    def __init__(self, folder: ContentFolder) -> None:
        self.folder = folder
        self.root = folder.root
        self.is_read_only = False

    async def list_stories(self) -> Mapping[str, Story]:
        return self.folder.descriptions()

    async def create_story(self, title: str, settings: Settings) -> str:
        self._may_write()
        slug = "-".join(title.casefold().split())
        (self.root / slug / "chapters").mkdir(parents=True)
        self._put(slug, _nested({}, settings))
        return slug

    async def set_settings(self, slug: str, changes: Settings) -> None:
        self._may_write()
        path = self.root / slug / "story.yaml"
        self._put(slug, _nested(yaml.safe_load(path.read_text("utf-8")), changes))

    async def reorder(self, slug: str, files: Sequence[str]) -> None:
        self._may_write()
        chapters = self.root / slug / "chapters"
        texts = {file: (chapters / file).read_text("utf-8") for file in files}
        for file in files:
            (chapters / file).unlink()
        for number, (file, text) in enumerate(texts.items(), 1):
            (chapters / f"{number:03}-{file.partition('-')[2]}").write_text(text, "utf-8")

    async def remove(self, slug: str, file: str) -> None:
        self._may_write()
        kept = self.root / slug / ".removed"
        kept.mkdir(exist_ok=True)
        (self.root / slug / "chapters" / file).rename(kept / file)

    async def list_removed(self, slug: str) -> Sequence[RemovedFile]:
        found = list((self.root / slug / ".removed").glob("*"))
        found.sort(key=lambda each: each.stat().st_ctime_ns, reverse=True)
        return [RemovedFile(each.name, each.name) for each in found]

    async def restore(self, slug: str, name: str) -> str:
        self._may_write()
        (self.root / slug / ".removed" / name).rename(self.root / slug / "chapters" / name)
        return name

    async def set_front_matter(self, slug: str, file: str, changes: Settings) -> None:
        self._may_write()
        path = self.root / slug / "chapters" / file
        _, head, text = path.read_text("utf-8").split("---\n", 2)
        matter = yaml.safe_dump(_nested(yaml.safe_load(head), changes), allow_unicode=True)
        path.write_text(f"---\n{matter}---\n{text}", "utf-8")

    async def read_upload(self, path: Path, refused: Set[str]) -> ImportedStory:
        files = _files(path)
        documents = []
        for file in files:
            raw = file.read_bytes()
            if b"\0" in raw:
                raise UploadUnreadable(file=file.name, problem="it is no text.")
            title, *rest = [each for each in raw.decode().split("\n\n") if each.strip()] or [""]
            blocks = tuple(SourceBlock(each.strip()) for each in rest)
            if blocks:
                documents.append(SourceDocument(file.name, blocks, (), title.removeprefix("# ").strip()))
        return import_source(Source("upload", tuple(documents)), refused=refused)

    async def list_replaced(self, slug: str, imported: ImportedStory) -> Sequence[int]:
        known = {file.partition("-")[2] for file in self._names(slug)}
        return [n for n, each in enumerate(imported.chapters) if _name(each.title) in known]

    async def write_upload(self, slug: str, path: Path, refused: Set[str], *, replace: bool) -> UploadReport:
        self._may_write()
        imported, names = await self.read_upload(path, refused), self._names(slug)
        known = {file.partition("-")[2]: file for file in names}
        added: list[str] = []
        replaced: list[str] = []
        kept: list[str] = []
        for each in imported.chapters:
            file = known.get(_name(each.title))
            if file is not None and not replace:
                kept.append(file)
                continue
            (added if file is None else replaced).append(file or "")
            file = file or f"{len(names) + len(added):03}-{_name(each.title)}"
            text = f"---\ntitle: {each.title}\n---\n{each.body}"
            (self.root / slug / "chapters" / file).write_text(text, "utf-8")
        return UploadReport(added, replaced, kept)

    async def refresh(self) -> None:
        await self.folder.load()

    def _names(self, slug: str) -> list[str]:
        return sorted(each.name for each in (self.root / slug / "chapters").glob("*.md"))

    def _put(self, slug: str, settings: object) -> None:
        text = yaml.safe_dump(settings, allow_unicode=True, sort_keys=False)
        (self.root / slug / "story.yaml").write_text(text, "utf-8")

    def _may_write(self) -> None:
        if self.is_read_only:
            raise ContentNotWritable(reason="the folder is read-only")


class NoFiles(PlainFiles):
    """No content folder at all."""

    def __init__(self) -> None:
        super().__init__(ContentFolder(Path("/nonexistent/content")))

    async def refresh(self) -> None:
        """Nothing changes."""


def _files(path: Path) -> list[Path]:
    return sorted(path.iterdir()) if path.is_dir() else [path]


def _name(title: str) -> str:
    return "-".join(title.casefold().split()) + ".md"


def _nested(settings: dict[str, object], changes: Settings) -> dict[str, object]:
    for dotted, value in changes.items():
        section, _, key = dotted.rpartition(".")
        place = settings.setdefault(section, {}) if section else settings
        assert isinstance(place, dict)
        place[key] = value
        if value is None:
            del place[key]
    return settings
