"""Readers' ideas as readers see them: their own, and others' to support."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from discord import SelectOption, ui

from bot.chat.i18n.gettext import listed
from bot.chat.interactions import custom_ids
from bot.chat.interactions.list_pages import arrows, cut
from bot.chat.interactions.message import Attachment, Item, Message, button, panel, plain, row
from bot.chat.pages.page_frame_view import shade
from bot.chat.stories import list_texts
from bot.chat.suggestions import review_queue_texts, suggestion_texts
from bot.chat.text.user_text import clip, literal_line, literal_pages, one_line, utf16_length
from bot.domain.suggestions.suggestion import Suggestion, SuggestionState
from bot.services.stories.catalogue import Choice
from bot.services.suggestions.submission import SubmissionResult
from bot.services.suggestions.support import SupportResult, TopSuggestions, Whereabouts

FILE = "idea.txt"

_LINES = 5
_TITLE = 100
_IDEA_LINE = 300
_REASON = 200
_PAGE = 3000
_LABEL = 100
_SENTENCE = 3000
_STORIES = 25
_CHANNELS = 3


def suggested(made: SubmissionResult) -> Message:
    """After an idea was made: its number, what happens next, and others that are alike."""
    one = made.suggestion
    lines = [suggestion_texts.made(one.number, literal_line(made.story.title, _TITLE))]
    if one.held:
        lines.append(suggestion_texts.made_held())
    if one.anonymous:
        lines.append(suggestion_texts.is_anonymous())
    elif one.name_me:
        lines.append(suggestion_texts.is_named())
    lines.append(
        suggestion_texts.comes_by_message() if made.told else suggestion_texts.comes_with_a_command()
    )
    parts: list[Item] = [ui.TextDisplay("\n".join(lines)), row(*_wishes(made))]
    if made.alike:
        parts += [ui.Separator(), ui.TextDisplay(suggestion_texts.alike())]
    for other in made.alike:
        parts.append(ui.TextDisplay(_ranked(other, own=False)))
        parts.append(
            row(
                button(suggestion_texts.instead(), custom_ids.instead(one.number, other.number)),
                *_whole(other),
            )
        )
    return Message((panel(parts, color=shade(made.story)),))


def _wishes(made: SubmissionResult) -> list[ui.Button[Any]]:
    one = made.suggestion
    told = suggestion_texts.no_messages() if made.told else suggestion_texts.messages()
    wishes = [button(told, custom_ids.told(one.number, not made.told))]
    if not one.anonymous:
        label = suggestion_texts.name_me_not() if one.name_me else suggestion_texts.name_me()
        wishes.insert(0, button(label, custom_ids.name_me(one.number)))
    return wishes


def withdrawn(made: SubmissionResult) -> Message:
    """After /suggestions withdraw."""
    return plain(list_texts.withdrawn(made.suggestion.number))


def instead(result: SupportResult, own: int) -> Message:
    """After another's idea was supported in place of one's own."""
    return plain(suggestion_texts.did_instead(result.suggestion.number, own))


def mine(made: Sequence[SubmissionResult], page: int = 0) -> Message:
    """Everything somebody suggested, newest first."""
    if not made:
        return plain(list_texts.mine_empty())
    shown, number, count = cut(made, page, _LINES)
    parts: list[Item] = [ui.TextDisplay(list_texts.mine())]
    for each in shown:
        one = each.suggestion
        whole = button(suggestion_texts.all_of_it(), custom_ids.look(one.number, 0, number))
        parts.append(ui.TextDisplay("\n".join(_mine_lines(each))))
        parts.append(
            row(button(suggestion_texts.where(), custom_ids.where(one.number)) if one.veiled else whole)
        )
    return Message((panel([*parts, *arrows(number, count, custom_ids.mine)]),))


def _mine_lines(made: SubmissionResult) -> list[str]:
    one = made.suggestion
    lines = [list_texts.idea(one.number, literal_line(made.story.title, _TITLE), list_texts.state(one.state))]
    lines.append(suggestion_texts.veiled() if one.veiled else f"> {literal_line(one.idea, _IDEA_LINE)}")
    return [*lines, *_record(one)]


def _record(one: Suggestion) -> list[str]:
    lines = []
    if one.into is not None:
        lines.append(review_queue_texts.merged_into(one.into))
    if one.held and one.state.open:
        lines.append(f"-# {suggestion_texts.made_held()}")
    if one.reason:
        lines.append(list_texts.reason(literal_line(one.reason, _REASON)))
    return lines


def own(made: SubmissionResult, text_page: int, list_page: int) -> Message:
    """All of one of somebody's own ideas, with the way back to the list."""
    one = made.suggestion
    text = [suggestion_texts.veiled()] if one.veiled else literal_pages(one.idea, _PAGE)
    pages, number, count = cut(text, text_page, 1)
    head = list_texts.idea(one.number, literal_line(made.story.title, _TITLE), list_texts.state(one.state))
    wishes = [] if one.anonymous or not one.state.open else [_wishes(made)[0]]
    if one.veiled:
        wishes.append(button(suggestion_texts.where(), custom_ids.where(one.number)))
    parts: list[Item] = [
        ui.TextDisplay(head),
        ui.TextDisplay(pages[0]),
        *(ui.TextDisplay(line) for line in _record(one)),
        *arrows(number, count, lambda page: custom_ids.look(one.number, page, list_page)),
        row(button(suggestion_texts.back(), custom_ids.mine(list_page)), *wishes),
    ]
    return Message((panel(parts, color=shade(made.story)),))


def whereabouts(found: Whereabouts, channels: Sequence[int]) -> Message:
    """Where an idea can be read whose text may not stand here; `channels` are places for it that are known."""
    command = suggestion_texts.shown_by(is_author_of=found.is_author_of, own=found.own)
    number, title = found.suggestion.number, literal_line(found.story.title, _TITLE)
    if not channels:
        return plain(suggestion_texts.where_else(number, title, command))
    named = listed([f"<#{each}>" for each in channels[:_CHANNELS]])
    return plain(suggestion_texts.where_here(number, title, named, command))


def top(shown: TopSuggestions) -> Message:
    """A page of the most supported ideas, each with a button."""
    title = literal_line(shown.story.title, _TITLE)
    if not shown.ideas:
        return plain(suggestion_texts.top_empty(title))
    parts: list[Item] = [ui.TextDisplay(suggestion_texts.top(title))]
    for each in shown.ideas:
        parts.append(ui.TextDisplay(_ranked(each.suggestion, own=each.own)))
        buttons = [*_press(each, shown.page), *_whole(each.suggestion)]
        if buttons:
            parts.append(row(*buttons))
    slug = shown.story.slug
    parts += arrows(shown.page, shown.pages, lambda page: custom_ids.top(slug, page))
    return Message((panel(parts, color=shade(shown.story)),))


def whole(each: SupportResult, text_page: int) -> Message:
    """All of an idea that readers may see."""
    one = each.suggestion
    pages, number, count = cut(literal_pages(one.idea, _PAGE), text_page, 1)
    parts: list[Item] = [
        ui.TextDisplay(suggestion_texts.heading(one.number, literal_line(each.story.title, _TITLE))),
        ui.TextDisplay(pages[0]),
        *arrows(number, count, lambda page: custom_ids.peek(one.number, page, shown=True)),
    ]
    if not each.own:
        parts.append(row(button(suggestion_texts.support(), custom_ids.support(one.number), emoji="💙")))
    return Message((panel(parts, color=shade(each.story)),))


def idea_label(number: int, beginning: str, state: SuggestionState) -> str:
    """An idea to pick by its number; one whose text may not stand there goes by how it stands."""
    return f"{number}: {beginning or list_texts.state(state)}"


def pressed(result: SupportResult) -> Message:
    """After a press on a message that everybody sees."""
    one = result.suggestion
    said = (
        suggestion_texts.supports(one.number, one.supporters)
        if result.supports
        else suggestion_texts.supports_not(one.number)
    )
    return plain(said)


def _ranked(one: Suggestion, *, own: bool) -> str:
    return f"{suggestion_texts.ranked(one.number, one.supporters, own=own)}\n> {literal_line(one.idea, _IDEA_LINE)}"


def _press(each: SupportResult, page: int) -> list[ui.Button[Any]]:
    if each.own:
        return []
    label = suggestion_texts.supported() if each.supports else suggestion_texts.support()
    return [button(label, custom_ids.support(each.suggestion.number, page), emoji="💙", loud=each.supports)]


def _whole(one: Suggestion) -> list[ui.Button[Any]]:
    """The way to the rest of an idea that a line does not hold."""
    shortened = "\n" in one.idea.strip() or utf16_length(one.idea) > _IDEA_LINE // 2
    return [button(suggestion_texts.all_of_it(), custom_ids.peek(one.number))] if shortened else []


@dataclass(frozen=True, slots=True)
class Draft:
    """An idea that was not queued: its text, and what its form said. `story` is a token of `ids`, None where it is not
    known which was meant. `doubted`: it can be sent as it is."""

    text: str
    story: str | None
    chapter: int = 0
    anonymous: bool = False
    named: bool = False
    doubted: bool = False


def given_back(said: str, draft: Draft, stories: Sequence[Choice] = ()) -> Message:
    """Why an idea was not queued, with its text as a file and a way to go on with it. `stories` are those it may be
    for."""
    attached = Attachment(FILE, draft.text.encode("utf-8", "replace"), suggestion_texts.kept_file())
    parts: list[Item] = [
        ui.TextDisplay(f"{clip(said, _SENTENCE)}\n{suggestion_texts.kept_here()}"),
        ui.File(f"attachment://{FILE}"),
    ]
    if draft.story is not None:
        edit = custom_ids.edit(draft.story, draft.chapter, anonymous=draft.anonymous, named=draft.named)
        ways = [button(suggestion_texts.edit(), edit, emoji="✏️")]
        if draft.doubted:
            sure = custom_ids.sure(draft.story, draft.chapter, anonymous=draft.anonymous, named=draft.named)
            ways.append(button(suggestion_texts.send_anyway(), sure, emoji="✅"))
        parts.append(row(*ways))
    elif stories:
        options = [
            SelectOption(label=one_line(each.label, _LABEL), value=custom_ids.token(each.value))
            for each in stories[:_STORIES]
        ]
        menu = custom_ids.edit_for(anonymous=draft.anonymous, named=draft.named)
        parts.append(row(ui.Select(custom_id=menu, placeholder=suggestion_texts.edit_for(), options=options)))
    return Message((*parts,), (attached,))
