"""Schema of `story.yaml`, and the story built from it."""

from __future__ import annotations

import re
from typing import Annotated, Any, Literal
from zoneinfo import ZoneInfo

from pydantic import AfterValidator, BeforeValidator, Field, PlainValidator, WithJsonSchema

from bot.content.dates import Moment, to_instant
from bot.content.stories.scene_break_value import scene_break_style
from bot.domain.schedule.catch_up import CatchUp
from bot.domain.schedule.release_rules import ReleaseRules
from bot.domain.schedule.schedule import Schedule, parse_schedule
from bot.domain.schedule.time_zones import parse_zone
from bot.domain.schedule.vocabulary import ScheduleError, parse_duration
from bot.domain.stories.chapter_prompts import PromptDeadline, SuggestionWindow
from bot.domain.stories.scene_break_style import BLANK, LONGEST_SIGN, RULE
from bot.domain.stories.story import Author, Rating, Status, Story, SuggestionPolicy
from bot.schemas.base import DiscordId, Name, Schema, Text, Words, validation_error

_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*")


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
    try:
        length = parse_duration(text)
    except ScheduleError:
        length = None
    if not length:
        raise validation_error(
            "this is not how long ideas can be taken",
            "Write always, until next release, or a length of time such as 3 days.",
        )
    return length


def _language(value: str) -> str:
    if not _LANGUAGE.fullmatch(value):
        raise validation_error("this is not a language code", "Write en, de, pt-BR or the like.")
    return value


def _servers(value: Any) -> Any:
    if isinstance(value, str):
        if value.strip().lower() == "any":
            return None
        raise validation_error(
            "this is neither “any” nor a list", "Write any, or the servers’ ids: [100000000000000001]."
        )
    return value


_SCHEDULE_FORM = {
    "type": "string",
    "examples": [
        "tue, fri at 18:00",
        "daily at 07:30",
        "every 2 weeks on sat at 9:00",
        "monthly on the 1st at 20:00",
    ],
}
_ZONE_FORM = {"type": "string", "examples": ["UTC", "Europe/London", "America/New_York", "Asia/Tokyo"]}
_WINDOW_FORM = {"type": "string", "examples": ["always", "until next release", "3 days"]}
_SCENE_BREAK_FORM = {
    "type": "string",
    "minLength": 1,
    "maxLength": LONGEST_SIGN,
    "examples": [RULE, BLANK, "* * *"],
}


def _author(value: Any) -> Any:
    return {"name": value} if isinstance(value, str) else value


class AuthorSchema(Schema):
    """An author; a plain name is enough."""

    name: Name = Field(min_length=1, max_length=100)
    """The name that readers see."""
    discord: DiscordId | None = None
    """The author’s Discord user id, which lets that person use /author."""


class ReleaseSchema(Schema):
    """The release schedule."""

    schedule: Annotated[Schedule, PlainValidator(_schedule), WithJsonSchema(_SCHEDULE_FORM)] | None = None
    """When chapters come out, such as “tue, fri at 18:00” or “daily at 07:30”."""
    timezone: Annotated[ZoneInfo, PlainValidator(_zone), WithJsonSchema(_ZONE_FORM)] = ZoneInfo("UTC")
    """The zone of all times, such as Europe/London."""
    start: Moment | None = None
    """No chapter comes out before this day."""
    backlog: int = Field(default=0, ge=0, le=100_000)
    """How many chapters at the beginning count as already out."""
    catch_up: CatchUp = CatchUp.ALL
    """What happens to chapters missed while the bot was off.

    “all” are posted in order, “latest” posts the newest and names the others, “one” posts one.
    """

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
    """Whether readers can send ideas."""
    prompt: Text | None = None
    """Your question to the readers."""
    review_channel: DiscordId | None = None
    """The id of a channel that shows new ideas."""
    window: Annotated[SuggestionWindow, PlainValidator(_window), WithJsonSchema(_WINDOW_FORM)] = None
    """For how long ideas are taken after a chapter: “3 days”, “until next release”, or “always”."""


class StorySchema(Schema):
    """All keys of `story.yaml`."""

    title: Name = Field(min_length=1, max_length=200)
    """The story’s title."""
    authors: tuple[
        Annotated[AuthorSchema, BeforeValidator(_author, json_schema_input_type=str | AuthorSchema)], ...
    ] = ()
    """Names, or {name: …, discord: …} with the author’s Discord user id."""
    summary: Text = ""
    """What the story is about, in a few sentences."""
    cover: Name | None = None
    """The path of a picture in the story’s folder, such as images/cover.png."""
    language: Annotated[str, AfterValidator(_language)] = "en"
    """The language of the story: en, de, pt-BR, …."""
    rating: Rating = Rating.GENERAL
    """For whom it is; mature and explicit stories appear only in age-restricted channels."""
    warnings: Words = ()
    """What readers may want to know before they begin."""
    tags: Words = ()
    """Words by which readers find it."""
    status: Status = Status.ONGOING
    """Where it stands; “hiatus” holds back all chapters."""
    servers: Annotated[
        tuple[DiscordId, ...] | None,
        BeforeValidator(_servers, json_schema_input_type=Literal["any"] | list[DiscordId] | None),
    ] = None
    """“any”, or the ids of the servers that may subscribe."""
    disclaimer: Text | None = None
    """A line beside the credits."""
    scene_break: Annotated[Name, BeforeValidator(scene_break_style), WithJsonSchema(_SCENE_BREAK_FORM)] = RULE
    """How a scene break looks: rule, blank, or signs of your own, in quotes."""
    release: ReleaseSchema = ReleaseSchema()
    """When chapters come out."""
    suggestions: SuggestionsSchema = SuggestionsSchema()
    """Readers’ ideas."""
    sample: bool = False
    """Set for a sample story, which is not published."""

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
