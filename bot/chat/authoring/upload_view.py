"""The preview of uploaded chapters, their pages, and what was written."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import discord
from discord import ui

from bot.chat.authoring import authoring_ids, authoring_texts, upload_texts
from bot.chat.interactions.list_pages import page_buttons, paginate
from bot.chat.interactions.outgoing_message import TEXT_LIMIT, Item, Message, button, container, plain, row
from bot.chat.pages.page_body_view import page_body
from bot.chat.pages.page_frame_view import story_color
from bot.chat.text.user_text import literal_line, one_line, utf16_length, when
from bot.domain.manuscript_import.import_decisions import ImportDecision
from bot.services.authoring.chapter_uploads import UploadedPage, UploadPreview, UploadResult

_TITLE, _REASON, _QUOTE, _OPTION = 100, 120, 60, 100
_CHAPTERS, _DECISIONS, _WARNINGS = 10, 4, 3
_MENU, _LIST = 25, 10


def upload_preview(seen: UploadPreview) -> Message:
    """Render the chapters that were found, and what can be done with them."""
    texts = upload_texts
    lines = [texts.title(len(seen.chapters), literal_line(seen.story.title, _TITLE))]
    for number, each in enumerate(seen.chapters[:_CHAPTERS], 1):
        line = texts.chapter(number, literal_line(each.title, _TITLE), each.words, each.page_count)
        lines.append(texts.known(line) if each.is_known else line)
    lines += _rest(len(seen.chapters) - _CHAPTERS)
    if seen.warnings:
        shown = [f"- {literal_line(each, _REASON)}" for each in seen.warnings[:_WARNINGS]]
        lines.append(texts.warnings("\n".join([*shown, *_rest(len(seen.warnings) - _WARNINGS)])))
    if seen.decisions:
        lines.append(texts.decisions(len(seen.decisions)))
        lines += [_decision(each) for each in seen.decisions[:_DECISIONS]]
        lines += _rest(len(seen.decisions) - _DECISIONS)
    lines.append(texts.nothing_written())
    parts: list[Item] = [ui.TextDisplay("\n".join(lines)), _chapter_menu(seen)]
    return Message((container([*parts, row(*_buttons(seen))], color=story_color(seen.story)),))


def decision_list(seen: UploadPreview, page: int) -> Message:
    """Render a page of all decisions, with a menu to undo one or make it again."""
    shown, number, count = paginate(seen.decisions, page, _LIST)
    lines = [upload_texts.decisions(len(seen.decisions)), *(_decision(each) for each in shown)]
    lines.append(upload_texts.nothing_written())
    parts: list[Item] = [ui.TextDisplay("\n".join(lines))]
    if shown:
        parts.append(
            _menu(
                authoring_ids.upload_undo(seen.draft_id, number),
                upload_texts.undo_placeholder(),
                [(_choice(each), each.id) for each in shown],
            )
        )
    parts += page_buttons(number, count, lambda to: authoring_ids.upload("all", seen.draft_id, to))
    parts.append(row(_back(seen.draft_id)))
    return Message((container(parts),))


def uploaded_page(seen: UploadedPage) -> Message:
    """Render a page of an uploaded chapter, as readers will see it."""
    title = f"**{literal_line(seen.chapter.title, _TITLE)}**"
    head = f"{upload_texts.page_title(seen.chapter_number, seen.chapter_count)}\n{title}"
    body = page_body(seen.page, (), TEXT_LIMIT - utf16_length(head), seen.story.scene_break)

    def to(page: int) -> str:
        return authoring_ids.upload_page(seen.draft_id, seen.chapter_number, page)

    turns = page_buttons(seen.number - 1, seen.count, lambda index: to(index + 1))
    back = [_back(seen.draft_id)]
    if seen.chapter_number < seen.chapter_count:
        following = authoring_ids.upload_page(seen.draft_id, seen.chapter_number + 1, 1)
        back.append(button("", following, emoji="⏭️"))
    parts: list[Item] = [ui.TextDisplay(head), *body.parts, *turns, row(*back)]
    return Message((container(parts, color=story_color(seen.story)),), body.files)


def upload_result(done: UploadResult) -> Message:
    """Render what was written, and when the next chapter comes."""
    report = done.report
    lines = [upload_texts.written(len(report.added), len(report.replaced), len(report.kept))]
    lines += [upload_texts.stays_out(literal_line(each, _TITLE)) for each in report.taken_out[:_WARNINGS]]
    if report.lost_pictures:
        lost = [f"- {literal_line(each, _REASON)}" for each in report.lost_pictures[:_WARNINGS]]
        lines.append(
            upload_texts.lost_pictures("\n".join([*lost, *_rest(len(report.lost_pictures) - _WARNINGS)]))
        )
    lines.append(upload_texts.first_at(when(done.first_at)) if done.first_at else upload_texts.no_time())
    return plain("\n".join([*lines, upload_texts.what_next()]))


def _buttons(seen: UploadPreview) -> list[Item]:
    texts, known = upload_texts, seen.known_count
    add, replace = (authoring_ids.upload(what, seen.draft_id) for what in ("add", "replace"))
    new = len(seen.chapters) - known
    buttons: list[Item] = []
    if not known:
        buttons.append(button(texts.accept_button(), add, loud=True))
    else:
        buttons += [button(texts.add_button(new), add)] if new else []
        buttons.append(button(texts.replace_button(known), replace, loud=True))
    if seen.decisions:
        buttons.append(button(texts.all_button(), authoring_ids.upload("all", seen.draft_id)))
    discard = authoring_ids.upload("discard", seen.draft_id)
    return [*buttons, button(authoring_texts.discard_button(), discard)]


def _chapter_menu(seen: UploadPreview) -> Item:
    # Of a book with more chapters, the first ones; each page leads on to the next chapter.
    choices = [
        (one_line(f"{number}. {each.title}", _OPTION), str(number))
        for number, each in enumerate(seen.chapters[:_MENU], 1)
    ]
    return _menu(authoring_ids.upload_pick(seen.draft_id, 0), upload_texts.pick_placeholder(), choices)


def _menu(custom_id: str, placeholder: str, choices: Sequence[tuple[str, str]]) -> Item:
    menu: ui.Select[Any] = ui.Select(
        custom_id=custom_id,
        placeholder=placeholder,
        options=[discord.SelectOption(label=label, value=value) for label, value in choices],
    )
    return row(menu)


def _decision(each: ImportDecision) -> str:
    quote = literal_line(each.passage.text, _QUOTE) if each.passage.text.strip() else "—"
    line = upload_texts.decision(each.kind, literal_line(each.reason, _REASON), quote)
    return f"- {upload_texts.undone(line) if each.undone else line}"


def _choice(each: ImportDecision) -> str:
    label = one_line(f"{each.reason}: {each.passage.text}", _OPTION)
    return one_line(f"↩️ {label}", _OPTION) if each.undone else label


def _rest(count: int) -> list[str]:
    return [upload_texts.more(count)] if count > 0 else []


def _back(draft_id: str) -> Item:
    return button(upload_texts.back_button(), authoring_ids.upload("show", draft_id))
