"""Routes of an import: giving files or a text, looking at what becomes of them, changing that, and writing it."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Mapping
from typing import Any
from zoneinfo import ZoneInfo

from aiohttp import web

from bot.content.authoring.front_matter_edit import change_front_matter
from bot.content.authoring.import_report import ConflictAnswers
from bot.content.authoring.imported_texts import chapter_matter
from bot.content.authoring.story_slugs import free_slug
from bot.content.chapters.chapter_file import read_chapter_text
from bot.content.importing.import_comparison_rows import comparison_rows, decisions_of
from bot.content.importing.manuscript_importer import PreparedImport
from bot.content.source_formats.read_source import SourceRefused
from bot.desk.chapter_pages import tell
from bot.desk.desk import DESK, Desk, read_fields
from bot.desk.file_answers import answering, tell_refusal
from bot.desk.import_conflicts import read_answers
from bot.desk.import_outcome import Outcome, after_answers, show_outcome
from bot.desk.import_previews import MOST_BYTES, ImportPreview
from bot.desk.import_targets import find_imported_story
from bot.domain.manuscript_import.import_decisions import ImportDecision
from bot.domain.pages import count_words
from bot.domain.schedule.release_rules import ReleaseRules
from bot.domain.stories.story import Story
from bot.schemas.text_file import DecodedText

routes = web.RouteTableDef()
_CHUNK = 1024 * 1024


@routes.post("/api/imports")
async def begin_import(request: web.Request) -> web.Response:
    """Begin an import; a `text` that was pasted is read at once."""
    desk = request.app[DESK]
    text = (await read_fields(request)).get("text")
    preview = await asyncio.to_thread(desk.imports.begin)
    if not isinstance(text, str):
        return web.json_response({"id": preview.id})

    return await _reading(desk, preview, lambda: preview.read_text(text))


@routes.put("/api/imports/{id}/files")
async def give_file(request: web.Request) -> web.Response:
    """Take one file, by its `path` in what was given, into a folder of its own outside of the stories."""
    desk = request.app[DESK]
    preview = _preview(desk, request)
    try:
        target = await asyncio.to_thread(preview.file, request.query.get("path", ""))
        with target.open("wb") as out:
            async for chunk in request.content.iter_chunked(_CHUNK):
                preview.size += len(chunk)
                if preview.size > MOST_BYTES:
                    raise ValueError(
                        f"This is more than {MOST_BYTES // 1024**2} MiB. Give me the chapters in several parts."
                    )
                await asyncio.to_thread(out.write, chunk)
    except (ValueError, OSError) as error:
        desk.imports.forget(preview.id)
        sentence = (
            str(error) if isinstance(error, ValueError) else "The file could not be kept. Is the disk full?"
        )
        raise web.HTTPBadRequest(reason=sentence) from error
    return web.json_response({})


@routes.post("/api/imports/{id}/read")
async def read_files(request: web.Request) -> web.Response:
    """Read the files that were given."""
    desk = request.app[DESK]
    preview = _preview(desk, request)
    return await _reading(desk, preview, preview.read_files)


@routes.get("/api/imports/{id}")
async def show_import(request: web.Request) -> web.Response:
    """Answer with the chapters that were found, and remarks."""
    return web.json_response(await asyncio.to_thread(_shown, request.app[DESK], _read_preview(request)))


@routes.put("/api/imports/{id}")
async def change_import(request: web.Request) -> web.Response:
    """Change which decisions are undone, titles of chapters, and which chapters are left out."""
    preview = _read_preview(request)
    fields = await read_fields(request)
    if isinstance(fields.get("refused"), list):
        preview.refused = frozenset(map(str, fields["refused"]))
    if isinstance(fields.get("left_out"), list):
        preview.left_out = frozenset(map(str, fields["left_out"]))
    if isinstance(fields.get("titles"), dict):
        preview.titles = {str(key): " ".join(str(title).split()) for key, title in fields["titles"].items()}
    return web.json_response(await asyncio.to_thread(_shown, request.app[DESK], preview))


@routes.get("/api/imports/{id}/chapter")
async def show_chapter(request: web.Request) -> web.Response:
    """Answer with a chapter beside its source, its decisions, and its pages."""
    desk = request.app[DESK]
    preview = _read_preview(request)
    return web.json_response(await asyncio.to_thread(_chapter, desk, preview, request.query.get("key", "")))


@routes.post("/api/imports/{id}/accept")
async def accept_import(request: web.Request) -> web.Response:
    """Write the import: into the story `slug`, or as a new one with a `title`.

    Answers with what became of it. As long as that has conflicts, the import stays, and is accepted again with the
    author's `answers`, by file: an `answer`, and the `version` of the text that it is about.
    """
    desk = request.app[DESK]
    preview = _read_preview(request)
    fields = await read_fields(request)
    async with preview.writing:
        # Another page may have written it meanwhile.
        _preview(desk, request)
        before = desk.imports.find_outcome(preview.id)
        if before is None:
            outcome = await _accept(desk, preview, fields)
        else:
            outcome = await answering(_answer, desk, preview, before, fields.get("answers"))
        desk.imports.keep_outcome(preview.id, outcome)
        if not outcome["conflicts"]:
            await asyncio.to_thread(desk.imports.forget, preview.id)
    await desk.changes.notify()
    return web.json_response(outcome)


@routes.get("/api/imports/{id}/report")
async def show_report(request: web.Request) -> web.Response:
    """Answer with what became of an import that is written."""
    outcome = request.app[DESK].imports.find_outcome(request.match_info["id"])
    if outcome is None:
        raise web.HTTPNotFound(reason="This import is not there any more. Give me the file again.")
    return web.json_response(outcome)


@routes.delete("/api/imports/{id}")
async def forget_import(request: web.Request) -> web.Response:
    """Forget an import; nothing of it is written."""
    await asyncio.to_thread(request.app[DESK].imports.forget, request.match_info["id"])
    return web.json_response({})


async def _accept(desk: Desk, preview: ImportPreview, fields: Mapping[str, Any]) -> Outcome:
    title, into = str(fields.get("title") or "").strip(), fields.get("slug")
    if into is None and not title:
        raise web.HTTPBadRequest(reason="Give the story a title.")
    if into is not None:
        await asyncio.to_thread(desk.story, str(into))

    def write() -> Outcome:
        prepared = _prepared(preview)
        slug = free_slug(desk.root, title) if into is None else str(into)
        own = {"language": prepared.story.language} if prepared.story.language else {}
        settings = {"title": title, **(fields.get("settings") or {}), **own}
        report = prepared.write(desk.files, slug, settings=settings, add=True)
        unwanted = [each.title for each in preview.story.chapters if each.source_key in preview.left_out]
        return show_outcome(report, desk.story(slug), unwanted)

    return await answering(write)


def _answer(desk: Desk, preview: ImportPreview, before: Outcome, given: object) -> Outcome:
    """Write the chapters that the author has answered for."""
    slug = before["slug"]
    asked = {each["file"] for each in before["conflicts"]}
    answers = read_answers(given, asked, lambda file: desk.files.read_text(slug, file).text)
    report = _prepared(preview).write(desk.files, slug, answers=ConflictAnswers(by_file=answers), add=True)
    return after_answers(before, report, desk.story(slug), answers)


def _prepared(preview: ImportPreview) -> PreparedImport:
    assert preview.read is not None
    story = preview.accepted()
    if not story.chapters:
        raise ValueError("Every chapter is left out. Tick the ones that you want.")
    return PreparedImport(preview.read, story, preview.refused)


def _preview(desk: Desk, request: web.Request) -> ImportPreview:
    found = desk.imports.find(request.match_info["id"])
    if found is None:
        raise web.HTTPNotFound(reason="This import is not there any more. Give me the file again.")
    return found


def _read_preview(request: web.Request) -> ImportPreview:
    found = _preview(request.app[DESK], request)
    if found.read is None:
        raise web.HTTPConflict(reason="The files of this import are still being read.")
    return found


async def _reading(desk: Desk, preview: ImportPreview, read: Any) -> web.Response:
    def work() -> dict[str, Any]:
        read()
        known = find_imported_story(desk.root, preview.story)
        if known is not None:
            # What the author undid when it was imported before stays undone.
            preview.refused = desk.files.read_refused(known)
        return _shown(desk, preview)

    try:
        shown = await asyncio.to_thread(work)
    except BaseException as error:
        with contextlib.suppress(OSError):
            desk.imports.forget(preview.id)
        if isinstance(error, SourceRefused):
            raise web.HTTPBadRequest(reason=tell_refusal(error)) from error
        if isinstance(error, OSError):
            # It was thrown away while it was read, or the disk is full.
            raise web.HTTPBadRequest(reason="This could not be read. Give me the file again.") from error
        raise
    return web.json_response(shown)


def _shown(desk: Desk, preview: ImportPreview) -> dict[str, Any]:
    story = preview.story
    decisions = decisions_of(story)
    return {
        "id": preview.id,
        "name": story.source.name,
        "title": story.title or "",
        "author": story.author or "",
        "into": find_imported_story(desk.root, story),
        "outcome": desk.imports.find_outcome(preview.id),
        "refused": sorted(preview.refused),
        "chapters": [
            {
                "key": each.source_key,
                "title": preview.titles.get(each.source_key) or each.title,
                "part": each.part,
                "words": count_words(each.body),
                "included": each.source_key not in preview.left_out,
                "decisions": sum(not one.undone for one in decisions[each.source_key]),
                "undone": sum(one.undone for one in decisions[each.source_key]),
            }
            for each in story.chapters
        ],
        "elsewhere": [_decision(preview, each) for each in decisions[""]],
        "remarks": [
            {"name": each.name, "text": each.text, "left_out": each.is_left_out}
            for each in story.source.remarks
        ],
    }


def _decision(preview: ImportPreview, decision: ImportDecision) -> dict[str, Any]:
    return {
        "id": decision.id,
        "kind": decision.kind.value,
        "reason": decision.reason,
        "place": decision.place,
        "text": decision.passage.text,
        "document": preview.story.source.documents[decision.passage.document].name,
        "undone": decision.undone,
    }


def _chapter(desk: Desk, preview: ImportPreview, key: str) -> dict[str, Any]:
    story = preview.story
    number, chapter = next(
        ((at, each) for at, each in enumerate(story.chapters, 1) if each.source_key == key), (0, None)
    )
    if chapter is None:
        raise web.HTTPNotFound(reason="This chapter is not there any more.")
    chapter = preview.titled(chapter)
    decisions = decisions_of(story)[key]
    matter = chapter_matter(chapter)
    body, lost = preview.place_pictures(chapter)
    text = change_front_matter(body, matter)
    matter.pop("title", None)
    name = preview.folder / "chapter.md"
    file, faults = read_chapter_text(name, DecodedText(text))
    answer = {
        "key": key,
        "title": chapter.title,
        "matter": {name: value if isinstance(value, str) else str(value) for name, value in matter.items()},
        "rows": comparison_rows(story, chapter, decisions),
        "decisions": [_decision(preview, each) for each in decisions],
        "faults": [tell(fault) for fault in sorted(faults)],
        "lost_pictures": lost,
    }
    if file is None:
        return answer
    # The import's id stands for the story, so that the addresses of its pictures are no other's.
    described = Story(preview.id, story.title or chapter.title, ReleaseRules(None, ZoneInfo("UTC")))
    return {**answer, **desk.pages.make(described, file, text, number=number, folder=preview.pictures)}
