"""Conversion of a story's description to and from JSON.

Unknown fields are ignored, and missing ones have their defaults. A time zone, schedule or rating that this version
cannot read falls back to a harmless value that releases nothing. So a description of another version never keeps the
bot from starting; the next valid reading of the files replaces it.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime, timedelta
from enum import StrEnum
from functools import lru_cache
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

from bot.clock import utc
from bot.domain.schedule.catch_up import CatchUp
from bot.domain.schedule.release_rules import ReleaseRules
from bot.domain.schedule.schedule import Schedule, parse_schedule
from bot.domain.schedule.vocabulary import ScheduleError
from bot.domain.stories.chapter_prompts import PromptDeadline, SuggestionWindow
from bot.domain.stories.scene_break_style import RULE
from bot.domain.stories.story import Author, Rating, Status, Story, SuggestionPolicy

E = TypeVar("E", bound=StrEnum)


def encode_story(story: Story) -> str:
    """Convert a story to JSON text; equal stories give equal text."""
    return json.dumps(
        {
            "slug": story.slug,
            "title": story.title,
            "timetable": _encode_timetable(story.release_rules),
            "authors": [{"name": author.name, "discord": author.discord} for author in story.authors],
            "summary": story.summary,
            "cover": story.cover,
            "language": story.language,
            "rating": story.rating.value,
            "warnings": story.warnings,
            "tags": story.tags,
            "status": story.status.value,
            "servers": None if story.guilds is None else sorted(story.guilds),
            "disclaimer": story.disclaimer,
            "scene_break": story.scene_break,
            "suggestions": {
                "open": story.suggestions.open,
                "prompt": story.suggestions.prompt,
                "review_channel": story.suggestions.review_channel,
                "window": _encode_window(story.suggestions.window),
            },
            "sample": story.sample,
        }
    )


@lru_cache(maxsize=1024)
def decode_story(text: str) -> Story:
    """Convert JSON text to a story.

    Stories are immutable and read at every tick, so the last ones are cached.
    """
    data = json.loads(text)
    policy = data.get("suggestions", {})
    servers = data.get("servers")
    return Story(
        slug=data["slug"],
        title=data["title"],
        release_rules=_decode_timetable(data.get("timetable", {})),
        authors=tuple(Author(author["name"], author.get("discord")) for author in data.get("authors", ())),
        summary=data.get("summary", ""),
        cover=data.get("cover"),
        language=data.get("language", "en"),
        # What may not be shown everywhere must not become so by a word we cannot read.
        rating=_known(Rating, data.get("rating", Rating.GENERAL), Rating.EXPLICIT),
        warnings=tuple(data.get("warnings", ())),
        tags=tuple(data.get("tags", ())),
        status=_known(Status, data.get("status", Status.ONGOING), Status.ONGOING),
        guilds=None if servers is None else frozenset(servers),
        disclaimer=data.get("disclaimer"),
        scene_break=data.get("scene_break", RULE),
        suggestions=SuggestionPolicy(
            open=policy.get("open", True),
            prompt=policy.get("prompt"),
            review_channel=policy.get("review_channel"),
            window=_decode_window(policy.get("window")),
        ),
        sample=data.get("sample", False),
    )


def _encode_window(window: SuggestionWindow) -> str | float | None:
    return window.total_seconds() if isinstance(window, timedelta) else window


def _decode_window(data: Any) -> SuggestionWindow:
    if isinstance(data, (int, float)):
        return timedelta(seconds=data)
    return PromptDeadline.NEXT_RELEASE if data == PromptDeadline.NEXT_RELEASE else None


def _encode_timetable(release_rules: ReleaseRules) -> dict[str, Any]:
    return {
        "schedule": release_rules.schedule.text if release_rules.schedule else None,
        "zone": release_rules.zone.key,
        "start": release_rules.start.isoformat() if release_rules.start else None,
        "catch_up": release_rules.catch_up.value,
        "backlog": release_rules.backlog,
    }


def _decode_timetable(data: Mapping[str, Any]) -> ReleaseRules:
    zone = _zone(data.get("zone", "UTC"))
    schedule = data.get("schedule")
    start = data.get("start")
    return ReleaseRules(
        schedule=_schedule(schedule) if schedule is not None and zone is not None else None,
        zone=zone or ZoneInfo("UTC"),
        start=utc(datetime.fromisoformat(start)) if start is not None else None,
        catch_up=_known(CatchUp, data.get("catch_up", CatchUp.ALL), CatchUp.ALL),
        backlog=data.get("backlog", 0),
    )


def _zone(key: str) -> ZoneInfo | None:
    try:
        return ZoneInfo(key)
    except (KeyError, ValueError, OSError):
        return None


def _schedule(text: str) -> Schedule | None:
    try:
        return parse_schedule(text)
    except ScheduleError:
        return None


def _known(kind: type[E], value: str, otherwise: E) -> E:
    try:
        return kind(value)
    except ValueError:
        return otherwise
