"""The command `fascicle preview`: a story's pages as a web page or as JSON."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

import click

from bot.cli.command_resources import (
    config_option,
    content_option,
    find_chapter,
    find_story,
    json_option,
    load_settings_or_fail,
    read_content,
    require_stories,
)
from bot.cli.output import FAULTS_FOUND, UsageFailure, print_json, report
from bot.cli.output_files import write_whole_file
from bot.cli.preview_page import PagedChapter, render
from bot.cli.preview_remarks import place_remarks
from bot.cli.preview_watch import print_pages, watch_preview
from bot.content.chapters.chapter_file import ChapterFile
from bot.content.content_folder import ContentFolder
from bot.content.stories.story_folders import CHAPTERS
from bot.domain.diagnostics import Diagnostic, without_warnings
from bot.domain.pages import Page, Picture, Prose, paginate
from bot.domain.pages.page import PageBlock
from bot.domain.stories.story import BrokenChapter, Chapter, Serial

_OUT = Path("build/preview")


@click.command()
@click.argument("story")
@click.argument("chapter", required=False)
@click.option("--watch", "is_watched", is_flag=True, help="Show them again at each save, until Ctrl-C.")
@content_option
@config_option
@json_option
def preview(
    story: str,
    chapter: str | None,
    is_watched: bool,
    content: Path | None,
    config: Path | None,
    as_json: bool,
) -> None:
    """Show each page of STORY, or of one CHAPTER of it, as readers will see it.

    Writes a web page below build/preview and prints its path. What could not be carried over is marked there.
    """
    settings = load_settings_or_fail(config)
    root = content or settings.content.path
    pages = _Preview(read_content(root), story, chapter, settings.reading.page_length, as_json=as_json)
    if is_watched:
        watch_preview(pages)
    elif not pages.show():
        raise SystemExit(FAULTS_FOUND)


class _Preview:
    """The pages that were asked for, as the files have them."""

    def __init__(
        self, folder: ContentFolder, story: str, chapter: str | None, length: int, *, as_json: bool
    ) -> None:
        self.root = folder.root
        self._folder = folder
        self._story, self._chapter, self._length, self._as_json = story, chapter, length, as_json
        self._slug = story
        self._is_watched = False

    @property
    def story_folder(self) -> Path:
        """The folder whose files make the pages."""
        return self.root / self._slug

    def show_again(self) -> None:
        """Read what has changed, and show the pages on a clean screen.

        Raises:
            UsageFailure: the story or the chapter is not there.
        """
        require_stories(self.root)
        self._folder.load_now()
        if without_warnings(_faults(self._folder, self._slug)):
            # A folder that was read before keeps the last good version of what is broken now.
            self._folder = ContentFolder(self.root)
            self._folder.load_now()
        self._is_watched = True
        self.show()

    def finish(self) -> None:
        """Leave the web page as it is, no longer asking for a newer one."""
        self._is_watched = False
        with suppress(UsageFailure):
            self.show(quietly=True)

    def show(self, *, quietly: bool = False) -> bool:
        """Show the pages. Return whether there is no fault in them.

        Raises:
            UsageFailure: the story or the chapter is not there.
        """
        serial = _serial(self._folder, self._story, quietly=quietly)
        if serial is None:
            return False
        self._slug = serial.story.slug
        chapter = self._chapter
        faults = _faults(self._folder, self._slug)
        broken = [each for each in serial.broken if chapter is None or _is_named(chapter, each)]
        chapters = serial.chapters if chapter is None else () if broken else (find_chapter(chapter, serial),)
        files = {file.key: file for file in self._folder.files().get(self._slug, ())}
        paged = [_paged(each, self._length, files.get(each.key), faults) for each in chapters]
        told = _told(faults, paged, broken, of_one=chapter is not None)
        if not quietly:
            report(told)
        if not self._as_json:
            if paged or (broken and self._is_watched):
                self._write(serial, paged, broken, quietly=quietly)
        elif not quietly:
            print_json([row for each in paged for row in _rows(serial, each)])
        return not without_warnings(told)

    def _write(
        self, serial: Serial, paged: Sequence[PagedChapter], broken: Sequence[BrokenChapter], *, quietly: bool
    ) -> None:
        key = None if self._chapter is None else (paged[0].chapter.key if paged else broken[0].key)
        name = self._slug if key is None else f"{self._slug}-{key}"
        file = _OUT / f"{''.join(c if c.isalnum() or c in '-_' else '-' for c in name)}.html"
        file.parent.mkdir(parents=True, exist_ok=True)
        page = render(serial.story, paged, broken, self.root, reloads=self._is_watched)
        write_whole_file(file, page.encode())
        if quietly:
            return
        click.echo(str(file))
        if self._is_watched:
            print_pages(paged, whole=self._chapter is not None)


def _paged(
    chapter: Chapter, length: int, file: ChapterFile | None, faults: Sequence[Diagnostic]
) -> PagedChapter:
    pages = pages_of(chapter, length)
    if file is None:
        return PagedChapter(chapter, pages)
    own = [fault for fault in faults if fault.file == file.name and fault.warning]
    return PagedChapter(
        chapter, pages, place_remarks(Path(file.name), own, chapter.text, pages), file.private
    )


def _told(
    faults: Sequence[Diagnostic],
    paged: Sequence[PagedChapter],
    broken: Sequence[BrokenChapter],
    *,
    of_one: bool,
) -> list[Diagnostic]:
    """Return the faults to report: of one chapter only its own and those of no chapter."""
    if not of_one:
        return list(faults)
    own = {remark.fault.file for each in paged for remark in each.remarks} | {
        each.fault.file for each in broken
    }
    return [fault for fault in faults if fault.file in own or CHAPTERS not in Path(fault.file).parts]


def _is_named(chapter: str, broken: BrokenChapter) -> bool:
    wanted = chapter.casefold()
    return wanted in (broken.key, broken.file.casefold(), Path(broken.file).stem.casefold())


def pages_of(chapter: Chapter, length: int) -> tuple[Page, ...]:
    """Return a chapter's pages as the bot would post them."""
    return paginate(
        chapter.text,
        limit=length,
        note_before=chapter.note_before,
        note_after=chapter.note_after,
        pov=chapter.pov,
    )


def _serial(content_folder: ContentFolder, story: str, *, quietly: bool) -> Serial | None:
    """Return the story; None if its files are at fault, which is reported."""
    serials = content_folder.serials()
    if story not in serials and (faults := _faults(content_folder, story)):
        if not quietly:
            report(faults)
        return None
    return serials[find_story(story, {slug: serial.story.title for slug, serial in serials.items()})]


def _faults(content_folder: ContentFolder, slug: str) -> list[Diagnostic]:
    folder = content_folder.root / slug
    return [fault for fault in content_folder.list_faults() if folder in Path(fault.file).parents]


def _rows(serial: Serial, paged: PagedChapter) -> Iterator[dict[str, Any]]:
    for number, page in enumerate(paged.pages, 1):
        yield {
            "story": serial.story.slug,
            "chapter": paged.chapter.key,
            "page": number,
            "pages": len(paged.pages),
            "blocks": [_block(block, serial.story.scene_break) for block in page.blocks],
            "warnings": [_warning(remark.fault) for remark in paged.remarks if remark.page == number - 1],
        }


def _warning(fault: Diagnostic) -> dict[str, Any]:
    return {"line": fault.line, "column": fault.column, "problem": fault.problem, "mend": fault.mend}


def _block(block: PageBlock, scene_break: str) -> dict[str, str]:
    if isinstance(block, Prose):
        return {"type": "note" if block.role.value == "note" else "text", "text": block.text}
    if isinstance(block, Picture):
        return {"type": "picture", "alt": block.alt, "path": block.path}
    return {"type": "break", "shown": scene_break}
