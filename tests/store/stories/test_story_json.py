from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.schedule.catch_up import CatchUp
from bot.domain.schedule.release_rules import ReleaseRules
from bot.domain.schedule.schedule import parse_schedule
from bot.domain.stories.story import Author, Rating, Status, Story, SuggestionPolicy
from bot.store.stories.story_json import decode_story, encode_story
from tests.store.samples import make_story

words = st.text(max_size=30)
ids = st.integers(min_value=1, max_value=2**63 - 1)
schedules = st.sampled_from(
    [
        "daily at 18:00",
        "weekdays at 07:30",
        "tue, fri at 18:00",
        "every 3 days at 18:00",
        "every 20 seconds",
        "every 2 weeks on tue, fri at 18:00",
        "1st, 15th of the month at 18:00",
        "tue at 18:00 and fri at 20:00",
        "0 18 * * 2,5",
        "daily at 18:00 Asia/Tokyo",
        "30 9 1 * 1 America/New_York",
    ]
).map(parse_schedule)
timetables = st.builds(
    ReleaseRules,
    schedule=st.none() | schedules,
    zone=st.sampled_from(["UTC", "Europe/London", "Australia/Lord_Howe"]).map(ZoneInfo),
    start=st.none() | st.datetimes(timezones=st.just(UTC)),
    catch_up=st.sampled_from(CatchUp),
    backlog=st.integers(0, 500),
)
stories = st.builds(
    Story,
    slug=st.from_regex(r"[a-z][a-z-]{0,20}", fullmatch=True),
    title=words,
    release_rules=timetables,
    authors=st.lists(st.builds(Author, name=words, discord=st.none() | ids), max_size=3).map(tuple),
    summary=words,
    cover=st.none() | words,
    language=st.sampled_from(["en", "pt-BR"]),
    rating=st.sampled_from(Rating),
    warnings=st.lists(words, max_size=3).map(tuple),
    tags=st.lists(words, max_size=3).map(tuple),
    status=st.sampled_from(Status),
    guilds=st.none() | st.frozensets(ids, max_size=3),
    disclaimer=st.none() | words,
    scene_break=st.sampled_from(["rule", "blank", "⁂", "* * *"]),
    suggestions=st.builds(
        SuggestionPolicy, open=st.booleans(), prompt=st.none() | words, review_channel=st.none() | ids
    ),
)


@given(stories)
def test_a_story_comes_back_as_it_was(story: Story) -> None:
    text = encode_story(story)
    assert decode_story(text) == story
    assert encode_story(decode_story(text)) == text


def test_fields_of_another_version_do_no_harm() -> None:
    data = json.loads(encode_story(make_story()))
    data |= {"soundtrack": "waltz"}
    data["timetable"] |= {"moon": "full"}
    data["authors"][0] |= {"shoe_size": 38}
    assert decode_story(json.dumps(data)) == make_story()
    bare = decode_story('{"slug": "a", "title": "A"}')
    assert (bare.rating, bare.status, bare.guilds) == (Rating.GENERAL, Status.ONGOING, None)
    assert bare.release_rules == ReleaseRules(schedule=None, zone=ZoneInfo("UTC"))


def test_words_of_another_version_fall_back_to_the_harmless() -> None:
    data = json.loads(encode_story(make_story()))
    data |= {"rating": "unspeakable", "status": "pondering"}
    data["timetable"] |= {"schedule": "when the moon is full", "catch_up": "none"}
    story = decode_story(json.dumps(data))
    assert story.rating.age_restricted
    assert story.release_rules.schedule is None
    assert story.release_rules.catch_up is CatchUp.ALL
    data["timetable"] |= {"schedule": "daily at 18:00", "zone": "Mars/Olympus"}
    assert decode_story(json.dumps(data)).release_rules.schedule is None


def test_a_start_in_another_zone_is_the_same_instant() -> None:
    data = json.loads(encode_story(make_story()))
    data["timetable"]["start"] = "2026-03-01T20:00:00+02:00"
    start = decode_story(json.dumps(data)).release_rules.start
    assert start == datetime(2026, 3, 1, 18, tzinfo=UTC)
    assert start is not None
    assert start.utcoffset() == timedelta(0)
