"""Sentences that were worded in English below or earlier, said again in the language of the moment.

Services and domain name some reasons in words, and a fault keeps its words for weeks, whoever reads it then. They come
from a fixed set of sentences: what was said is found among them, and what was filled in is filled in again.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import lru_cache

from bot.chat.i18n import discord_error_texts
from bot.chat.i18n.gettext import ENGLISH, language, later, listed, t, unfilled
from bot.chat.i18n.rating_names import rating_name
from bot.domain.errors import Refusal
from bot.domain.pages import escape
from bot.domain.stories.story import Rating

_LEAST_WORDS = 12
"""A sentence of fewer letters of its own could be anything."""

PERMISSIONS = (
    later("View Channel"),
    later("Send Messages"),
    later("Send Messages in Threads"),
    later("Create Public Threads"),
    later("Embed Links"),
    later("Attach Files"),
    later("Read Message History"),
    later("Add Reactions"),
    later("Create Polls"),
)
"""As Discord's settings call them."""

CHANNELS = (
    later("I cannot see this channel. Let me view it in the channel’s settings, or /unsubscribe it."),
    later("This channel is in another server now. Subscribe another one, or /unsubscribe it."),
    later("This channel takes no chapters in that style: {reason}"),
    later(
        "The story is rated {rating}, and this channel is not age-restricted. Mark it as age-restricted in its "
        "settings."
    ),
    later("I am missing permissions: {missing}. Give them to me in the channel’s settings."),
    later("I was removed from this server. Invite me again, and I go on by myself."),
    later("I may have posted it already and cannot look: let me read the message history there."),
    later("its message was deleted"),
    later("I cannot tell whether the last chapter arrived: allow Read Message History here"),
    later("this forum has no tag “{tag}”; it has {tags}."),
    later("only forums have tags, and this channel has none; leave `tag` out."),
    later("only a `card` is handed on to followers; choose the style `card`, or leave `publish` out."),
    later("only an announcement channel has followers; pick one, or leave `publish` out."),
    later("only forums have tags; leave `tag` out."),
    later("this forum has no such tag now; choose one with /subscribe and its `tag` option: {tags}."),
    later("threads need a text channel or a forum."),
    later("this forum asks for a tag on every post; give one with the `tag` option: {tags}."),
    later(
        "forums take only the style `thread`, a post for each chapter; choose that, or pick a text channel."
    ),
    later("this thread is locked; unlock it."),
    later("pick a text channel, an announcement channel or a thread."),
)
"""What keeps chapters and boards out of a channel, as the services put it (`park`, `obstacle`, `once` and others)."""

HINTS = (
    later("Possible now: {decisions}."),
    later("Nothing more can be decided about it."),
)
"""What else can be decided about an idea (`domain.suggestion`)."""

DECISIONS = {
    "accept": later("accept"),
    "decline": later("decline"),
    "merge": later("merge"),
    "used": later("mark as used"),
    "reopen": later("reopen"),
}

SEASONS = (later("{city} in winter"), later("{city} in summer"))
"""When a city has an offset, as it is named beside it (`domain.schedule_zones`)."""

NOTHING = later("nothing")
STATES = (
    later("new"),
    later("accepted"),
    later("declined"),
    later("merged"),
    later("used"),
    later("withdrawn"),
)
DONE = (
    later("accepted"),
    later("declined"),
    later("merged"),
    later("marked as used"),
    later("reopened"),
    later("withdrawn"),
    later("thanked for"),
)
"""What an idea is, and what cannot be done to it."""

SCHEDULES = (
    later("That pace does not work: {why}"),
    later(
        "I do not understand “{word}”. A schedule looks like “daily at 18:00”, “weekdays at 07:30”, “tue, fri at "
        "18:00”, “every 3 days at 18:00”, “every 2 hours” or cron such as “0 18 * * 2,5”."
    ),
    later("I do not understand “{word}”. Did you mean “{near}”? A schedule looks like “tue, fri at 18:00”."),
    later("“{word}” is not a time of day. Write it like 18:00."),
    later("“{word}” is not a full time of day. Write {morning} for the morning, {evening} for the evening."),
    later("“{word}” is not a full time of day. Write {time}."),
    later("“{word}” is not a full time of day. Write it like 18:00."),
    later("“{word}” is not a time of day: they run from 00:00 to 23:59. Write it like 18:00."),
    later("“{length}” is more than ten years. Choose fewer {units}."),
    later("There is no time zone “{name}”. Did you mean {zone}?"),
    later("“{name}” is not the name of a time zone. Write your city: {cities}."),
    later("“{name}” is an offset, which knows no summer time. For {offset} write your city: {cities}."),
    later("No place has the offset “{name}”. Write your city, like Europe/London or America/New_York."),
    later("There is no time zone “{name}”. Write it like Europe/London or America/New_York."),
    later(
        "“{field}” would never come: no day fits its day of month, month and weekday. Choose a day that the month "
        "has, such as “0 9 28 2 *”."
    ),
    later(
        "“{field}” is no {name} in cron: write {allowed}, with * for every, 1-5 for a range, 1,3 for a list, */2 for "
        "steps."
    ),
    later(
        "That schedule is too long. It looks like “daily at 18:00”, “weekdays at 07:30”, “tue, fri at 18:00”, “every "
        "3 days at 18:00”, “every 2 hours” or cron such as “0 18 * * 2,5”."
    ),
    later(
        "There is no schedule. It looks like “daily at 18:00”, “weekdays at 07:30”, “tue, fri at 18:00”, “every 3 "
        "days at 18:00”, “every 2 hours” or cron such as “0 18 * * 2,5”."
    ),
    later(
        "Cron has five fields (minute, hour, day of month, month, weekday), such as “0 18 * * 2,5”; here are {number}. "
        "Or write it in words: “tue, fri at 18:00”."
    ),
    later(
        "Cron has five fields here, without seconds: minute, hour, day of month, month, weekday, such as “0 18 * * "
        "2,5”. For a short beat write “every 20 seconds”."
    ),
    later("A range goes from one day to another, such as “mon-fri at 18:00”."),
    later("“{word}” is not known here. Write, for example, “{example}”."),
    later("Say how often: “daily at 18:00”, “tue, fri at 18:00” or “every 20 seconds”."),
    later("Say at what time: “{example}”."),
    later("Every what? Write “every 3 days at 18:00” or “every 2 hours”."),
    later("“{said}” has no time of day: write it alone, or write “every 3 days at 18:00”."),
    later("“{word}” is not a whole number. Write 1 or more: “every 3 days at 18:00”."),
    later("Every {number} what? Write “{days}” or “{hours}”."),
    later("“{word}” cannot be counted here. Write, for example, “{example}”."),
    later("“{said}” would never come. Write 1 or more: “{one}” or “{two}”."),
    later(
        "“{word}” cannot stand there. A schedule looks like “daily at 18:00”, “weekdays at 07:30”, “tue, fri at "
        "18:00”, “every 3 days at 18:00”, “every 2 hours” or cron such as “0 18 * * 2,5”."
    ),
    later("“{word}” can mean two things. Write “{one}” or “{two}”."),
    later("“{said}” comes to every day of the week in turn. Write “{one}” or “{two}”."),
    later("“{one}” and “{two}” cannot stand in one schedule. Say only one of them."),
    later(
        "Days of the week and days of the month cannot stand in one schedule. Write one of them: “fri at 18:00” or "
        "“1st of the month at 18:00”."
    ),
    later(
        "Only days of the week can have times of their own in one schedule: “tue at 18:00 and fri at 20:00”."
    ),
    later("“{word}” never comes in a month. Write, for example, “{example}”."),
    later("I do not understand “{words}” at the end. Only a time zone may stand there."),
)
"""What is wrong with a pace (`domain.schedule`). The words of the schedule language are the same everywhere."""


_LONGEST = 1500
"""Characters of a sentence with all its facts. The patterns try how to part a text among several facts: on a text
without end that would take time without end."""


def retold(text: str) -> str:
    """The sentence in the language of the moment, if it is one of those known; else as it is."""
    return text if language() == ENGLISH else _retold(text, _as_it_is)


def _retold(text: str, dressed: Callable[[str], str]) -> str:
    if len(text) > _LONGEST:
        return text
    for pattern, template in _patterns(dressed):
        found = pattern.fullmatch(text)
        if found is not None:
            facts = {name: fact(name, value) for name, value in found.groupdict().items()}
            return dressed(unfilled(template)).format_map(facts)
    return text


def fact(name: str, value: str) -> str:
    """What a refusal's fact says in the language of the moment, if the fact is the bot's own words."""
    match name:
        case "reason" | "hint":
            return retold(value)
        case "why":
            return _retold(value, escape)
        case "missing":
            return listed([t(each) for each in value.split(", ")])
        case "decisions":
            return listed([t(DECISIONS.get(each, each)) for each in value.split(", ")], "or")
        case "cities":
            return listed([_in_season(each) for each in re.split(r", | or ", value)], "or")
        case "rating" if value in set(Rating):
            return rating_name(Rating(value))
        case "into" if value == NOTHING:
            return t(value)
        case "state" | "action" if value in (*STATES, *DONE):
            return t(value)
        case _:
            return value


def _in_season(named: str) -> str:
    """A city, and when it has an offset, in the language of the moment."""
    for season in SEASONS:
        before, after = season.split("{city}")
        if named.startswith(before) and named.endswith(after):
            return unfilled(season).format(city=named.removesuffix(after))
    return named


def templates() -> Iterator[str]:
    """Every sentence that can be told again."""
    yield from (refusal.template for refusal in refusals())
    yield from (*discord_error_texts.REFUSALS.values(), *discord_error_texts.UNFIT.values())
    yield from (
        discord_error_texts.REFUSED,
        discord_error_texts.NOT_ACCEPTED,
        discord_error_texts.NO_CHANNEL,
        *CHANNELS,
        *HINTS,
        *SCHEDULES,
    )


def refusals(kind: type[Refusal] = Refusal) -> Iterator[type[Refusal]]:
    """Every kind of refusal."""
    for each in kind.__subclasses__():
        yield each
        yield from refusals(each)


@lru_cache
def _patterns(dressed: Callable[[str], str]) -> list[tuple[re.Pattern[str], str]]:
    """Each sentence as a pattern; those with the most words of their own first."""
    known = {template: re.split(r"\{(\w+)\}", template) for template in templates()}
    own = {template: sum(map(len, parts[::2])) for template, parts in known.items()}
    return [
        (_pattern(known[template], dressed), template)
        for template in sorted(own, key=lambda each: -own[each])
        if own[template] >= _LEAST_WORDS
    ]


def _pattern(parts: list[str], dressed: Callable[[str], str]) -> re.Pattern[str]:
    """Of text and names in turn; a name that comes again stands for the same."""
    seen: set[str] = set()
    made = ""
    for index, part in enumerate(parts):
        if index % 2 == 0:
            made += re.escape(dressed(part))
        elif part in seen:
            made += f"(?P={part})"
        else:
            seen.add(part)
            made += f"(?P<{part}>.+?)"
    return re.compile(made, re.DOTALL)


def _as_it_is(text: str) -> str:
    return text
