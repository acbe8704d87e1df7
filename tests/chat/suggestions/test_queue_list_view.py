"""The queue's list and the questions before a step, as they are shown: within Discord's limits, readable on a phone."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.chat.interactions.outgoing_message import texts
from bot.chat.suggestions import (
    decision_undo_view,
    poll_confirmation_view,
    review_queue_list_view,
    review_queue_view,
    withdrawal_view,
)
from bot.chat.suggestions.queue_position import QueuePosition
from bot.domain.suggestions.panel_contents import (
    PollDraft,
    QueueFilter,
    QueueListEntry,
    QueueListView,
    UndoOffer,
)
from bot.domain.suggestions.suggestion import SuggestionState
from bot.domain.suggestions.suggestion_refusals import UndoTooLate
from bot.services.suggestions.decisions import DecisionResult
from bot.services.suggestions.review_queue_list import LISTED
from bot.services.suggestions.submission import SubmissionResult
from tests.chat.samples import NOON, story
from tests.chat.suggestions.test_panel_view import HOSTILE, check, idea, view

MANY = tuple(story(slug=f"s{n}" * 40, title="S" * 200) for n in range(30))


def listed(text: str, **more: object) -> QueueListView:
    entries = tuple(
        QueueListEntry(
            idea(text, number=2**53 - n, supporters=10**6, held=True), story(title="T" * 300), "C" * 300, 7
        )
        for n in range(LISTED)
    )
    facts: dict[str, object] = {
        "filter": QueueFilter(story="the-lamp", search="x" * 40, chapter=7, state=None),
        "entries": entries,
        "page": 10**4,
        "page_count": 10**5,
        "total": 10**6,
        "stories": MANY,
        "digest": True,
    }
    return QueueListView(**(facts | more))  # type: ignore[arg-type]


@pytest.mark.parametrize("text", HOSTILE)
def test_a_full_list_fits_and_stays_harmless(text: str) -> None:
    for shown in (listed(text), listed(text, filter=QueueFilter(search="x" * 40))):
        written = check(review_queue_list_view.list_message(shown, note="n" * 900))
        assert "@everyone" not in written
        entries = [
            each for each in texts(review_queue_list_view.list_message(shown).view()) if "\n> " in each
        ]
        assert len(entries) == LISTED
        assert all(len(each.splitlines()) == 3 and len(each) < 330 for each in entries), "short on a phone"


def test_a_line_has_what_tells_an_idea_from_others() -> None:
    two = (story(title="The Lamp"), story(slug="tides", title="Tides"))
    one = idea("A lamp\nthat sings.", number=7, state=SuggestionState.ACCEPTED, supporters=3)
    shown = listed("", entries=(QueueListEntry(one, two[0], "Cold Iron", 1),), stories=two)
    assert "**7** · ✅ accepted · 💙 3\n> A lamp that sings.\n-# “Cold Iron”" in check(
        review_queue_list_view.list_message(shown)
    )
    all_of_them = replace(shown, filter=QueueFilter(state=None))
    assert "-# The Lamp · “Cold Iron”" in check(review_queue_list_view.list_message(all_of_them))
    veiled = replace(shown, entries=(QueueListEntry(replace(one, text="", veiled=True), two[0]),))
    message = review_queue_list_view.list_message(veiled)
    assert "age-restricted" in check(message)
    (menu, *_) = [each for each in message.view().walk_children() if hasattr(each, "options")]
    assert menu.options[0].label == "7: ✅ accepted"


def test_an_empty_list_leads_elsewhere() -> None:
    empty = QueueListView(QueueFilter("the-lamp" * 20, search="ü" * 20), stories=(story(),))
    message = review_queue_list_view.list_message(empty)
    assert "No ideas here" in check(message)
    assert len([each for each in message.view().walk_children() if hasattr(each, "options")]) == 3


@pytest.mark.parametrize("text", HOSTILE)
def test_undo_fits_beside_everything_else(text: str) -> None:
    undo = UndoOffer(2**53, NOON + timedelta(minutes=1))
    one = idea(text, state=SuggestionState.ACCEPTED)
    other = review_queue_view.undo_button(QueuePosition(9, search="x" * 40, scope="1"), UndoOffer(5, NOON))
    for shown in (
        review_queue_view.queue_message(view(one, undo=undo), note="n" * 900, undo=other),
        review_queue_view.review_message(view(one, undo=undo)),
    ):
        assert "Readers don’t know yet" in check(shown)
    own = review_queue_view.undo_button(QueuePosition(one.number, search="x" * 40, scope="1"), undo)
    shown = review_queue_view.queue_message(view(one, undo=undo), note="Done.", undo=own)
    labels = [getattr(each, "label", None) for each in shown.view().walk_children()]
    check(shown)
    assert labels.count("Undo") == 1


def test_the_answer_tells_when_people_hear_of_it() -> None:
    undo = UndoOffer(5, NOON + timedelta(minutes=1))
    until = int(undo.until.timestamp())
    made = DecisionResult(idea(state=SuggestionState.ACCEPTED), story(), undo)
    assert f"<t:{until}:R>" in decision_undo_view.decided_text(made)
    secret = replace(made, waits_for_chapter=True)
    assert "when that chapter is out" in decision_undo_view.decided_text(secret)
    assert "I will tell the person" in decision_undo_view.decided_text(replace(made, undo=None))


def test_too_late_offers_to_reopen_where_that_is_possible() -> None:
    for state, offered in ((SuggestionState.DECLINED, True), (SuggestionState.USED, False)):
        refusal = UndoTooLate(number=12, state=state.value, hint="…")
        message = decision_undo_view.not_undone_answer(refusal)
        assert "too late" in check(message)
        ids = [getattr(each, "custom_id", None) for each in message.view().walk_children()]
        assert any(str(each).startswith("queue:reopen:12:") for each in ids) == offered


@pytest.mark.parametrize("text", HOSTILE)
def test_questions_show_what_will_happen(text: str) -> None:
    ideas = tuple(idea(text, number=2**53 - n) for n in range(10))
    draft = PollDraft(
        story(title="T" * 400, slug="s" * 100), 2**63 - 1, text * 9, ideas, timedelta(hours=768), 10
    )
    shown = check(poll_confirmation_view.poll_question(draft, changed=True))
    assert "@everyone" not in shown
    assert "It runs for 32 days." in shown
    assert shown.count(f"{str(2**53)[:12]}") == 10
    asked = SubmissionResult(idea(text, supporters=3), story(title="T" * 300))
    shown = check(withdrawal_view.withdrawal_question(asked))
    assert "3 people support it" in shown
    assert "@everyone" not in shown
