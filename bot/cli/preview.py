"""The command `fascicle preview`: a story's pages as a web page or as JSON."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
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
)
from bot.cli.output import FAULTS_FOUND, print_json, report
from bot.cli.preview_page import PagedChapter, render
from bot.cli.preview_remarks import place_remarks
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
@content_option
@config_option
@json_option
def preview(
    story: str, chapter: str | None, content: Path | None, config: Path | None, as_json: bool
) -> None:
    """Show each page of STORY, or of one CHAPTER of it, as readers will see it.

    Writes a web page below build/preview and prints its path. What could not be carried over is marked there.
    """
    settings = load_settings_or_fail(config)
    content_folder = read_content(content or settings.content.path)
    serial = _serial(content_folder, story)
    faults = _faults(content_folder, serial.story.slug)
    broken = [each for each in serial.broken if chapter is None or _is_named(chapter, each)]
    chapters = serial.chapters if chapter is None else () if broken else (find_chapter(chapter, serial),)
    length = settings.reading.page_length
    files = {file.key: file for file in content_folder.files().get(serial.story.slug, ())}
    paged = [_paged(each, length, files.get(each.key), faults) for each in chapters]
    told = _told(faults, paged, broken, of_one=chapter is not None)
    report(told)
    if as_json:
        print_json([row for each in paged for row in _rows(serial, each)])
    elif paged:
        name = serial.story.slug if chapter is None else f"{serial.story.slug}-{chapters[0].key}"
        file = _OUT / f"{''.join(c if c.isalnum() or c in '-_' else '-' for c in name)}.html"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(render(serial.story, paged, broken, content_folder.root), encoding="utf-8")
        click.echo(str(file))
    if without_warnings(told):
        raise SystemExit(FAULTS_FOUND)


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


def _serial(content_folder: ContentFolder, story: str) -> Serial:
    serials = content_folder.serials()
    if story not in serials and (faults := _faults(content_folder, story)):
        report(faults)
        raise SystemExit(FAULTS_FOUND)
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
