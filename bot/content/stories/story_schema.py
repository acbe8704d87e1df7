"""Schema of `story.yaml`, and the story built from it."""

from __future__ import annotations

import re
from functools import cache
from typing import Annotated, Any, Literal
from zoneinfo import ZoneInfo

from babel import Locale
from pydantic import AfterValidator, BeforeValidator, Field, PlainValidator, WithJsonSchema

from bot.content.dates import Moment, to_instant
from bot.content.stories.scene_break_value import scene_break_style
from bot.domain.schedule.catch_up import CatchUp
from bot.domain.schedule.release_rules import ReleaseRules
from bot.domain.schedule.schedule import Schedule, parse_schedule
from bot.domain.schedule.time_zones import parse_zone
from bot.domain.schedule.vocabulary import ScheduleError, parse_duration
from bot.domain.stories.chapter_prompts import PromptDeadline, SuggestionWindow
from bot.domain.stories.scene_break_style import LONGEST_SIGN, RULE
from bot.domain.stories.story import Author, Rating, Status, Story, SuggestionPolicy
from bot.schemas.base import DiscordId, Name, Schema, Text, Words, nearest_word, validation_error

_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*")
_LANGUAGE_CODE = WithJsonSchema(
    {"type": "string", "pattern": f"^{_LANGUAGE.pattern}$", "examples": ["en", "de", "pt-BR"]}
)
_WrittenSchedule = Annotated[
    str,
    Field(
        examples=[
            "tue, fri at 18:00",
            "daily at 07:30",
            "weekdays at 18:00",
            "every 3 days at 18:00",
            "0 18 * * 2,5",
        ]
    ),
]
_WrittenZone = Annotated[str, Field(examples=["Europe/London", "America/New_York", "Asia/Tokyo", "UTC"])]
_WrittenWindow = Annotated[str, Field(examples=["always", "until next release", "3 days"])]
_WrittenSceneBreak = Annotated[str, Field(max_length=LONGEST_SIGN, examples=["rule", "blank", "⁂", "* * *"])]
_DID_YOU_MEAN = re.compile(r"Did you mean “[^”]*”\? ")


def _zone(value: Any) -> ZoneInfo:
    if isinstance(value, ZoneInfo):
        return value
    try:
        return parse_zone(str(value).strip())
    except ScheduleError as error:
        raise validation_error("this time zone does not exist", str(error)) from None


def _schedule(value: Any) -> Schedule:
    if isinstance(value, Schedule):
        return value
    if not isinstance(value, str):
        raise validation_error("a schedule is one text", "Write it like “tue, fri at 18:00”.")
    try:
        return parse_schedule(value)
    except ScheduleError as error:
        raise validation_error("this is not a schedule that can be kept", str(error)) from None


def _window(value: Any) -> SuggestionWindow:
    text = " ".join(str(value).casefold().split()).removeprefix("until ").removeprefix("the ")
    if value is None or text == "always":
        return None
    if text == PromptDeadline.NEXT_RELEASE:
        return PromptDeadline.NEXT_RELEASE
    near = ""
    try:
        length = parse_duration(text)
    except ScheduleError as error:
        length, near = None, "".join(_DID_YOU_MEAN.findall(str(error)))
    if not length:
        raise validation_error(
            "this is not how long ideas can be taken",
            f"{near}Write always, until next release, or a length of time such as 3 days.",
        )
    return length


def _language(value: str) -> str:
    if not _LANGUAGE.fullmatch(value):
        near = nearest_word(value, list(names := _language_names()))
        meant = f"Did you mean “{names[near]}”? " if near else ""
        raise validation_error("this is not a language code", f"{meant}Write en, de, pt-BR or the like.")
    return value


@cache
def _language_names() -> dict[str, str]:
    """Return the codes of languages by their names in English and in themselves, without case."""
    codes = (
        "en",
        "de",
        "fr",
        "es",
        "pt",
        "it",
        "nl",
        "sv",
        "pl",
        "cs",
        "tr",
        "fi",
        "da",
        "nb",
        "uk",
        "ru",
        "ja",
        "zh",
        "ko",
        "ar",
        "he",
    )
    own = {Locale(code).get_display_name(): code for code in codes}
    english = Locale("en").languages
    return {
        str(name).casefold(): code
        for name, code in [*own.items(), *((english[code], code) for code in codes)]
    }


def _servers(value: Any) -> Any:
    if isinstance(value, str):
        if value.strip().lower() == "any":
            return None
        raise validation_error(
            "this is neither “any” nor a list", "Write any, or the servers’ ids: [100000000000000001]."
        )
    return value


def _author(value: Any) -> Any:
    return {"name": value} if isinstance(value, str) else value


class AuthorSchema(Schema):
    """An author; a plain name is enough."""

    name: Name = Field(min_length=1, max_length=100)
    """The name as readers see it."""
    discord: DiscordId | None = None
    """The Discord user id, by which author commands know the author."""


class ReleaseSchema(Schema):
    """The release schedule."""

    schedule: (
        Annotated[Schedule, PlainValidator(_schedule, json_schema_input_type=_WrittenSchedule)] | None
    ) = None
    """When chapters come out; without it only those with `publish_at` do."""
    timezone: Annotated[ZoneInfo, PlainValidator(_zone, json_schema_input_type=_WrittenZone)] = ZoneInfo(
        "UTC"
    )
    """The zone of all times, named after a city."""
    start: Moment | None = None
    """No chapter comes out before; without it, the moment the bot first sees the story."""
    backlog: int = Field(default=0, ge=0, le=100_000)
    """How many leading chapters count as already out when the bot first sees the story."""
    catch_up: CatchUp = CatchUp.ALL
    """What happens to slots that were missed: all, the latest, or one chapter."""

    def release_rules(self) -> ReleaseRules:
        """Return the schedule's rules, with `start` as an instant."""
        start = None if self.start is None else to_instant(self.start, self.timezone)
        return ReleaseRules(
            schedule=self.schedule,
            zone=self.timezone,
            start=start,
            catch_up=self.catch_up,
            backlog=self.backlog,
        )


class SuggestionsSchema(Schema):
    """Rules for readers' suggestions."""

    open: bool = True
    """Whether readers may send ideas."""
    prompt: Text | None = None
    """The question after every chapter."""
    review_channel: DiscordId | None = None
    """The channel in which new ideas are shown to the authors."""
    window: Annotated[SuggestionWindow, PlainValidator(_window, json_schema_input_type=_WrittenWindow)] = None
    """How long ideas for a chapter are taken: `always`, `until next release`, or a length of time."""


class StorySchema(Schema):
    """All keys of `story.yaml`."""

    title: Name = Field(min_length=1, max_length=200)
    """The title."""
    authors: tuple[
        Annotated[AuthorSchema, BeforeValidator(_author, json_schema_input_type=str | AuthorSchema)], ...
    ] = ()
    """The authors; a plain name is enough."""
    summary: Text = ""
    """A paragraph about the story."""
    cover: Name | None = None
    """The cover’s file below the story’s folder."""
    language: Annotated[str, AfterValidator(_language), _LANGUAGE_CODE] = "en"
    """The language of the text, as a code."""
    rating: Rating = Rating.GENERAL
    """For whom the story is; mature and explicit ones appear in age-restricted channels only."""
    warnings: Words = ()
    """Content warnings."""
    tags: Words = ()
    """What readers may search for."""
    status: Status = Status.ONGOING
    """How far the writing is; hiatus holds every release."""
    servers: Annotated[
        tuple[DiscordId, ...] | None,
        BeforeValidator(_servers, json_schema_input_type=Literal["any"] | tuple[DiscordId, ...]),
    ] = None
    """`any`, or the ids of the servers that may subscribe."""
    disclaimer: Text | None = None
    """A line shown with the credits."""
    scene_break: Annotated[
        Name, BeforeValidator(scene_break_style, json_schema_input_type=_WrittenSceneBreak)
    ] = RULE
    """How scene breaks look: `rule`, `blank`, or signs of your own."""
    release: ReleaseSchema = ReleaseSchema()
    """The release schedule."""
    suggestions: SuggestionsSchema = SuggestionsSchema()
    """Rules for readers’ ideas."""
    sample: bool = False
    """Set for a story that only shows how it is done; `fascicle run` publishes none."""

    def story(self, slug: str) -> Story:
        """Build the story with that slug."""
        return Story(
            slug=slug,
            title=self.title,
            release_rules=self.release.release_rules(),
            authors=tuple(Author(author.name, author.discord) for author in self.authors),
            summary=self.summary,
            cover=self.cover,
            language=self.language,
            rating=self.rating,
            warnings=self.warnings,
            tags=self.tags,
            status=self.status,
            guilds=None if self.servers is None else frozenset(self.servers),
            disclaimer=self.disclaimer,
            scene_break=self.scene_break,
            suggestions=SuggestionPolicy(
                open=self.suggestions.open,
                prompt=self.suggestions.prompt,
                review_channel=self.suggestions.review_channel,
                window=self.suggestions.window,
            ),
            sample=self.sample,
        )
