"""The answer to a submitted suggestion, and a draft that was refused."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from discord import SelectOption, ui

from bot.chat.interactions import custom_ids
from bot.chat.interactions.outgoing_message import Attachment, Item, Message, button, container, plain, row
from bot.chat.pages.page_frame_view import story_color
from bot.chat.suggestions import submission_texts, suggestion_view
from bot.chat.text.user_text import clip, literal_line, one_line
from bot.services.stories.autocomplete_choices import Choice
from bot.services.suggestions.submission import SubmissionResult
from bot.services.suggestions.supporters import SupportResult

_TITLE = 100


def submit_answer(made: SubmissionResult) -> Message:
    """Render the answer to a submitted suggestion, with similar ones to support instead."""
    one = made.suggestion
    lines = [submission_texts.submit_answer(one.number, literal_line(made.story.title, _TITLE))]
    if one.held:
        lines.append(submission_texts.held_back())
    if one.anonymous:
        lines.append(submission_texts.anonymity_promise())
    elif one.name_me:
        lines.append(submission_texts.credit_promise())
    lines.append(
        submission_texts.outcome_by_message()
        if made.dm_notices
        else submission_texts.outcome_with_next_command()
    )
    parts: list[Item] = [ui.TextDisplay("\n".join(lines)), row(*suggestion_view.preference_buttons(made))]
    if made.similar:
        parts += [ui.Separator(), ui.TextDisplay(submission_texts.similar_title())]
    for other in made.similar:
        parts.append(ui.TextDisplay(suggestion_view.supported_lines(other, own=False)))
        parts.append(
            row(
                button(
                    submission_texts.support_instead_button(), custom_ids.instead(one.number, other.number)
                ),
                *suggestion_view.full_text_buttons(other),
            )
        )
    return Message((container(parts, color=story_color(made.story)),))


def support_instead_answer(result: SupportResult, own: int) -> Message:
    """Render the answer after a similar suggestion was supported instead."""
    return plain(submission_texts.support_instead_answer(result.suggestion.number, own))


DRAFT_FILE = "idea.txt"
_SENTENCE = 3000
_STORIES = 25
_LABEL = 100


@dataclass(frozen=True, slots=True)
class Draft:
    """A suggestion that was not accepted, with the choices made in its form."""

    text: str
    story: str | None
    """The story's token in custom ids; None if it is unknown which story was meant."""
    chapter: int = 0
    anonymous: bool = False
    named: bool = False
    doubted: bool = False
    """It was refused because it looked like a mistake, and may be sent as it is."""


def draft_message(reason: str, draft: Draft, stories: Sequence[Choice] = ()) -> Message:
    """Render the reason for a refusal, with the text as a file and a control to go on; `stories` may be meant."""
    attached = Attachment(
        DRAFT_FILE, draft.text.encode("utf-8", "replace"), submission_texts.draft_file_description()
    )
    parts: list[Item] = [
        ui.TextDisplay(f"{clip(reason, _SENTENCE)}\n{submission_texts.draft_attached()}"),
        ui.File(f"attachment://{DRAFT_FILE}"),
    ]
    if draft.story is not None:
        edit = custom_ids.edit(draft.story, draft.chapter, anonymous=draft.anonymous, named=draft.named)
        ways = [button(submission_texts.edit_button(), edit, emoji="✏️")]
        if draft.doubted:
            sure = custom_ids.sure(draft.story, draft.chapter, anonymous=draft.anonymous, named=draft.named)
            ways.append(button(submission_texts.send_anyway_button(), sure, emoji="✅"))
        parts.append(row(*ways))
    elif stories:
        options = [
            SelectOption(label=one_line(each.label, _LABEL), value=custom_ids.story_token(each.value))
            for each in stories[:_STORIES]
        ]
        menu = custom_ids.edit_for(anonymous=draft.anonymous, named=draft.named)
        parts.append(
            row(ui.Select(custom_id=menu, placeholder=submission_texts.edit_menu(), options=options))
        )
    return Message((*parts,), (attached,))
