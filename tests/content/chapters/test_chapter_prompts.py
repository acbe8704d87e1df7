"""What files say of suggestions: how long they are open, and what a chapter asks."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.content.chapters.front_matter_schema import FrontMatterSchema
from bot.content.stories.story_schema import StorySchema
from bot.domain.stories.chapter_prompts import Prompt, PromptDeadline, SuggestionWindow
from bot.domain.stories.story import Story
from bot.schemas.validation import read_schema
from bot.schemas.yaml_source import YamlSource
from bot.store.stories.story_json import decode_story, encode_story

BERLIN = ZoneInfo("Europe/Berlin")


def story_of(window: str) -> Story | None:
    """A story with that window, as kept in the database; None if the file has a fault."""
    yaml = f"title: Lamps\nsuggestions: {{open: true, window: {window}}}\n"
    form, faults = read_schema(StorySchema, YamlSource("story.yaml", yaml))
    assert (form is None) == bool(faults)
    if form is None:
        assert [(fault.line, "until next release" in fault.mend) for fault in faults] == [(2, True)]
        return None
    kept = form.story("lamps")
    assert decode_story(encode_story(kept)) == kept
    return kept


@pytest.mark.parametrize(
    ("written", "window"),
    [
        ("always", None),
        ("null", None),
        ("until next release", PromptDeadline.NEXT_RELEASE),
        ("Until the next  release", PromptDeadline.NEXT_RELEASE),
        ("next release", PromptDeadline.NEXT_RELEASE),
        ("3 days", timedelta(days=3)),
        ("1 hour 30 minutes", timedelta(minutes=90)),
    ],
)
def test_how_long_ideas_are_taken(written: str, window: SuggestionWindow) -> None:
    story = story_of(written)
    assert story is not None
    assert story.suggestions.window == window


@pytest.mark.parametrize("written", ["soon", "0 days", "-1", "[]", "until tomorrow"])
def test_what_is_no_window(written: str) -> None:
    assert story_of(written) is None


def asking_of(yaml: str) -> tuple[Prompt | None, list[str]]:
    """What a chapter's front matter asks in a story of Berlin, and its faults."""
    form, faults = read_schema(FrontMatterSchema, YamlSource("x.md", yaml))
    asking = form.suggestions.asking(BERLIN) if form is not None and form.suggestions is not None else None
    return asking, [fault.problem for fault in faults]


@pytest.mark.parametrize(
    ("yaml", "expected"),
    [
        ("title: x\n", None),
        ("suggestions: {}\n", None),
        ("suggestions: {prompt: Who was it?}\n", Prompt("Who was it?")),
        ("suggestions: {until: next release}\n", Prompt(None, PromptDeadline.NEXT_RELEASE)),
        (
            "suggestions:\n  prompt: Who?\n  until: 2026-12-01 18:00\n",
            Prompt("Who?", datetime(2026, 12, 1, 17, tzinfo=UTC)),
        ),
        (
            "suggestions: {until: '2026-12-01T18:00+02:00'}\n",
            Prompt(None, datetime(2026, 12, 1, 16, tzinfo=UTC)),
        ),
    ],
)
def test_what_a_chapter_asks(yaml: str, expected: Prompt | None) -> None:
    assert asking_of(yaml) == (expected, [])


@pytest.mark.parametrize("until", ["soon", "3 days", "[]", "99999-01-01"])
def test_what_is_no_end(until: str) -> None:
    asking, faults = asking_of(f"suggestions: {{until: {until}}}\n")
    assert asking is None
    assert faults == ["“suggestions.until”: this is not until when ideas can be taken"]
