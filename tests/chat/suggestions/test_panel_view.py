"""An author's desk as it is shown: every message within Discord's limits, whatever people wrote."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.chat.interactions import custom_ids
from bot.chat.interactions.outgoing_message import COMPONENT_LIMIT, TEXT_LIMIT, Message, texts
from bot.chat.suggestions import board_view, decision_modals, poll_view, review_queue_view
from bot.chat.suggestions import suggestion_text_pages as text_pages
from bot.chat.suggestions.queue_position import QUEUE, QUEUE_FORM, QueuePosition, fit_search, story_token
from bot.chat.text import post_markers
from bot.chat.text.user_text import utf16_length
from bot.domain.suggestions.panel_contents import (
    BoardPost,
    PollPost,
    QueueFilter,
    QueueOrder,
    QueueView,
    ReviewPost,
)
from bot.domain.suggestions.suggestion import (
    SUGGESTION_LENGTH,
    Decision,
    Suggestion,
    SuggestionChange,
    SuggestionState,
    author_decisions,
)
from bot.services.stories.autocomplete_choices import Choice
from bot.services.suggestions.boards import SHOWN
from tests.chat.samples import NOON, story

HOSTILE = [
    "@everyone [free](https://bad.example) https://discord.gg/x ```\n# big\n> no",
    "Z̡͖̜̺͚̤ͯ̀a̸l͘g͏o̷" * 200,
    "\u202eright to left \u202d" * 150,
    "👩‍👩‍👧‍👦" * 350,
    "😀" * SUGGESTION_LENGTH,
    "*_~|`\\" * 666,
    "=cmd()|' /C calc'!A0",
    "||spoiler|| <@1> <@&2> <#3> </x:4> <:a:5>",
    "\n\n- one\n-# two\n1. three",
]
NUMBERS = st.integers(1, 2**53)


def idea(text: str = "A lamp that sings.", number: int = 12, **more: object) -> Suggestion:
    facts = {
        "number": number, "story": "the-lamp", "chapter": "one", "text": text, "suggester": 3,
        "suggester_name": "Imke @here",
        "anonymous": False, "name_me": False, "state": SuggestionState.NEW, "created_at": NOON, "supporters": 8,
    }  # fmt: skip
    return Suggestion(**(facts | more))  # type: ignore[arg-type]


def view(one: Suggestion, **more: object) -> QueueView:
    facts: dict[str, object] = {
        "filter": QueueFilter(story="the-lamp", search="x" * 40),
        "suggestion": one,
        "story": story(title="T" * 300),
        "position": 3,
        "total": 10**6,
        "stories": tuple(story(slug=f"s{n}" * 40, title="S" * 200) for n in range(30)),
        "possible": author_decisions(one.state),
        "history": tuple(SuggestionChange(None, each, 1, NOON, "because " * 80) for each in SuggestionState)
        * 3,
        "titles": {"one": "One " * 100, "two": "Two"},
        "release_number": 10**6,
        "similar": tuple(idea(HOSTILE[0] * 30, number=n) for n in range(3)),
        "votes": 4321,
        "digest": False,
    }
    return QueueView(**(facts | more))  # type: ignore[arg-type]


def check(message: Message) -> str:
    """The message's text; Discord would take it."""
    shown = message.view()
    written = texts(shown)
    assert sum(map(utf16_length, written)) <= TEXT_LIMIT
    assert all(text.strip() for text in written)
    assert shown.total_children_count <= COMPONENT_LIMIT
    found_ids = [each.custom_id for each in shown.walk_children() if getattr(each, "custom_id", None)]
    assert len(set(found_ids)) == len(found_ids)
    assert all(1 <= len(each) <= custom_ids.LIMIT for each in found_ids)
    for each in shown.walk_children():
        for option in getattr(each, "options", ()):
            assert 1 <= len(option.label) <= 100
            assert 1 <= len(option.value) <= 100
        assert 1 <= len(getattr(each, "options", (1,))) <= 25
    return "\n".join(written)


@pytest.mark.parametrize("text", HOSTILE)
@pytest.mark.parametrize("state", SuggestionState)
def test_hostile_ideas_fit_and_stay_harmless(text: str, state: SuggestionState) -> None:
    one = idea(text, state=state, merged_into=99, used_in="two", held=True, reason="x")
    for page in range(len(text_pages.split_text(text))):
        for message in (
            review_queue_view.queue_message(view(one), page=page, note="n" * 900),
            review_queue_view.review_message(view(one), page=page),
        ):
            shown = check(message)
            assert "@everyone" not in shown
            assert not re.search(r"(?<!\\)(\]\(|<[@#/:]\d|\||://)", shown)


@given(st.text(max_size=SUGGESTION_LENGTH) | st.sampled_from(HOSTILE))
def test_no_character_of_a_long_idea_is_lost_over_its_pages(text: str) -> None:
    from bot.domain.pages import escape
    from bot.domain.pages.text_length import is_blank

    pages = text_pages.split_text(text)
    together = "".join(escape(" ".join(text.split())).split())
    shown = "".join("".join(pages).split())
    for mark in ("\\", "\u200b"):
        together, shown = together.replace(mark, ""), shown.replace(mark, "")
    if together and not is_blank(text):
        assert shown == together
    assert all(utf16_length(page) <= TEXT_LIMIT / 1.6 for page in pages)


def test_who_is_anonymous_is_nobody_to_the_author_too() -> None:
    shown = check(review_queue_view.queue_message(view(idea(anonymous=True))))
    assert "Imke" not in shown
    assert "anonymous" in shown
    assert "Imke" in check(review_queue_view.queue_message(view(idea())))
    assert "erased" in check(review_queue_view.queue_message(view(idea(suggester=None))))


def test_a_chapter_to_come_is_named_to_its_author_alone() -> None:
    used = view(idea(state=SuggestionState.USED, used_in="two"))
    assert "Used in “Two”" in check(review_queue_view.queue_message(used))
    assert "Two" not in check(review_queue_view.review_message(used))
    assert "Used in “Two”" in check(
        review_queue_view.review_message(replace(used, released=frozenset({"two"})))
    )


def test_an_empty_queue_still_leads_elsewhere() -> None:
    nothing = QueueView(QueueFilter("the-lamp", search="storm"), stories=(story(),))
    message = review_queue_view.queue_message(nothing)
    assert "storm" in check(message)
    menus = [each for each in message.view().walk_children() if hasattr(each, "options")]
    assert len(menus) == 3


@given(
    NUMBERS,
    st.integers(0, 99),
    st.one_of(st.none(), st.sampled_from(SuggestionState)),
    st.sampled_from(QueueOrder),
    st.booleans(),
    st.one_of(st.none(), st.integers(0, 10**6)),
    st.text(max_size=100),
    st.text(min_size=1, max_size=200),
    st.booleans(),
)
def test_a_place_in_the_queue_comes_back(
    number: int,
    page: int,
    state: SuggestionState | None,
    order: QueueOrder,
    held: bool,
    chapter: int | None,
    typed: str,
    slug: str,
    review: bool,
) -> None:
    search, whole = fit_search(typed)
    assert whole == (search == " ".join(typed.split()))
    shown = QueuePosition(number, page, state, order, held, chapter, "1", search, review)
    for spot in (
        shown,
        replace(shown, review=False, listed=True),
        replace(shown, number=0, page=0, scope="=" + story_token(slug)),
        replace(shown, scope="-"),
    ):
        for what in (
            *(each.value for each in Decision),
            "search",
            "state",
            "on",
            "list",
            "single",
            "pick",
            "undo",
        ):
            for template, custom_id in ((QUEUE, spot.button(what)), (QUEUE_FORM, spot.form(what))):
                match = re.fullmatch(template, custom_id)
                assert match is not None, custom_id
                assert len(custom_id) <= custom_ids.LIMIT
                assert (QueuePosition.of(match), match["what"]) == (spot, what)


@given(st.text(min_size=1, max_size=60), st.text(min_size=1, max_size=60))
def test_a_short_name_stands_for_one_story(one: str, other: str) -> None:
    assert (story_token(one) == story_token(other)) == (one == other)


@given(st.text(max_size=300), st.integers(0, 25))
def test_forms_keep_discords_limits(text: str, count: int) -> None:
    choices = [Choice(f"{n}{text}", str(n)) for n in range(count)]
    spot = QueuePosition(2**53, 9, search="ü" * 20, scope="1", chapter=10**6)
    made = [decision_modals.reason_modal(each, spot) for each in (Decision.ACCEPT, Decision.DECLINE)]
    made.append(decision_modals.search_modal(spot))
    made += [decision_modals.picker_modal(each, spot, choices) for each in (Decision.MERGE, Decision.USED)]
    for form in made:
        shown = form.to_dict()
        assert 1 <= len(shown["title"]) <= 45
        assert len(shown["custom_id"]) <= 100
        assert 1 <= len(shown["components"]) <= 5
        for each in shown["components"]:
            assert 1 <= len(each["label"]) <= 45
            assert len(each.get("description") or "") <= 100
            assert all(1 <= len(option["label"]) <= 100 for option in each["component"].get("options", ()))


@pytest.mark.parametrize("text", HOSTILE)
def test_a_full_board_fits_and_hides_the_names_of_chapters(text: str) -> None:
    ideas = tuple(idea(text, number=2**53 - n, supporters=10**6) for n in range(SHOWN))
    post = BoardPost(
        story(title="T" * 300),
        ideas,
        10**6,
        {"one": "One " * 90},
        dict.fromkeys((i.number for i in ideas), 5),
        7,
    )
    message = board_view.panel_message(post)
    shown = check(message)
    assert "@everyone" not in shown
    assert shown.count("under ||") == SHOWN
    assert board_view.board_message(replace(post, suggestions=())).items
    check(board_view.board_message(replace(post, suggestions=())))
    assert message.view().children[0].id == post_markers.container_id(7)
    assert board_view.panel_message(ReviewPost(view(ideas[0]), 9)).view().children[
        0
    ].id == post_markers.container_id(9)


@pytest.mark.parametrize("text", HOSTILE)
def test_a_poll_fits_and_is_found_again(text: str) -> None:
    ideas = {n: idea(text, number=2**53 - n) if n != 3 else None for n in range(1, 11)}
    made = poll_view.poll_message(PollPost(story(title="T" * 400), text * 20, ideas, timedelta(hours=72)))
    sent = made.poll._to_dict()
    assert 1 <= utf16_length(sent["question"]["text"]) <= 300
    assert sent["duration"] == 72
    assert len(sent["answers"]) == 10
    for answer in sent["answers"]:
        assert 1 <= utf16_length(answer["poll_media"]["text"]) <= 55
        assert "://" not in answer["poll_media"]["text"]
    message = {"author": {"id": "1"}, "content": made.content, "poll": sent}
    assert poll_view.is_poll_about(message, 1, ideas)
    assert not poll_view.is_poll_about(message, 2, ideas)
    assert not poll_view.is_poll_about(message, 1, ideas | {2: idea(number=7)})
    assert poll_view.is_poll_about(message, 1, {n: ideas[n] for n in range(1, 10)}), "the tenth was erased"
    assert not poll_view.is_poll_about(message, 1, ideas | {11: None})
    assert not poll_view.is_poll_about({**message, "poll": None}, 1, ideas)
    assert "⁂" not in made.content, "nothing in it is for machines"
    assert utf16_length(made.content) <= 2000
