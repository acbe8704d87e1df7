"""What readers are asked after a chapter, and until when."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from bot.domain.stories.chapter_prompts import (
    Prompt,
    PromptDeadline,
    ResolvedPrompt,
    SuggestionWindow,
    resolve_prompt,
)
from bot.domain.stories.story import Chapter

OUT = datetime(2026, 5, 4, 12, tzinfo=UTC)
LATER = OUT + timedelta(days=9)


@pytest.mark.parametrize(
    ("window", "asking", "expected"),
    [
        (None, None, ResolvedPrompt("Story's?")),
        (timedelta(days=3), None, ResolvedPrompt("Story's?", OUT + timedelta(days=3))),
        (PromptDeadline.NEXT_RELEASE, None, ResolvedPrompt("Story's?", until_next_release=True)),
        (timedelta(days=3), Prompt("Own?"), ResolvedPrompt("Own?", OUT + timedelta(days=3))),
        (timedelta(days=3), Prompt(until=LATER), ResolvedPrompt("Story's?", LATER)),
        (
            timedelta(days=3),
            Prompt("Own?", PromptDeadline.NEXT_RELEASE),
            ResolvedPrompt("Own?", until_next_release=True),
        ),
        (PromptDeadline.NEXT_RELEASE, Prompt(until=LATER), ResolvedPrompt("Story's?", LATER)),
    ],
)
def test_a_chapter_goes_before_its_story(
    window: SuggestionWindow, asking: Prompt | None, expected: ResolvedPrompt
) -> None:
    assert resolve_prompt("Story's?", window, asking, OUT) == expected


def test_when_it_is_over() -> None:
    always, dated, next_one = (
        ResolvedPrompt("?"),
        ResolvedPrompt("?", LATER),
        ResolvedPrompt("?", until_next_release=True),
    )
    assert not always.is_over(LATER, succeeded=True)
    assert [dated.is_over(LATER + timedelta(seconds=s), succeeded=True) for s in (-1, 0, 1)] == [
        False,
        True,
        True,
    ]
    assert [next_one.is_over(LATER, succeeded=s) for s in (False, True)] == [False, True]


@pytest.mark.parametrize(
    "asking", [Prompt("What now?"), Prompt(None, LATER), Prompt("?", PromptDeadline.NEXT_RELEASE)]
)
def test_it_is_kept_as_data(asking: Prompt) -> None:
    assert Prompt.from_data(asking.to_data()) == asking
    assert Prompt.from_data(None) is None


def test_a_naive_end_is_refused() -> None:
    with pytest.raises(ValueError, match="time zone"):
        Prompt(until=datetime(2026, 5, 4))  # noqa: DTZ001 - that it is naive is the point


def test_a_chapter_without_a_question_of_its_own_has_the_digest_it_always_had() -> None:
    plain = Chapter("one", "One", "Text.")
    assert plain.digest == "ceb5fa56b90fbaf6e8be46ef4e0386d8"
    assert Chapter("one", "One", "Text.", prompt=Prompt("What now?")).digest != plain.digest
