"""Schema of `story.yaml`, and the story built from it."""

from __future__ import annotations

import re
from typing import Annotated, Any
from zoneinfo import ZoneInfo

from pydantic import AfterValidator, BeforeValidator, Field, PlainValidator

from bot.content.dates import Moment, to_instant
from bot.content.stories.scene_break_value import scene_break_style
from bot.domain.schedule.catch_up import CatchUp
from bot.domain.schedule.release_rules import ReleaseRules
from bot.domain.schedule.schedule import Schedule, parse_schedule
from bot.domain.schedule.time_zones import parse_zone
from bot.domain.schedule.vocabulary import ScheduleError, parse_duration
from bot.domain.stories.chapter_prompts import PromptDeadline, SuggestionWindow
from bot.domain.stories.scene_break_style import RULE
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


def _author(value: Any) -> Any:
    return {"name": value} if isinstance(value, str) else value


class AuthorSchema(Schema):
    """An author; a plain name is enough."""

    name: Name = Field(min_length=1, max_length=100)
    discord: DiscordId | None = None


class ReleaseSchema(Schema):
    """The release schedule."""

    schedule: Annotated[Schedule, PlainValidator(_schedule)] | None = None
    timezone: Annotated[ZoneInfo, PlainValidator(_zone)] = ZoneInfo("UTC")
    start: Moment | None = None
    backlog: int = Field(default=0, ge=0, le=100_000)
    catch_up: CatchUp = CatchUp.ALL

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
    prompt: Text | None = None
    review_channel: DiscordId | None = None
    window: Annotated[SuggestionWindow, PlainValidator(_window)] = None


class StorySchema(Schema):
    """All keys of `story.yaml`."""

    title: Name = Field(min_length=1, max_length=200)
    authors: tuple[Annotated[AuthorSchema, BeforeValidator(_author)], ...] = ()
    summary: Text = ""
    cover: Name | None = None
    language: Annotated[str, AfterValidator(_language)] = "en"
    rating: Rating = Rating.GENERAL
    warnings: Words = ()
    tags: Words = ()
    status: Status = Status.ONGOING
    servers: Annotated[tuple[DiscordId, ...] | None, BeforeValidator(_servers)] = None
    disclaimer: Text | None = None
    scene_break: Annotated[Name, BeforeValidator(scene_break_style)] = RULE
    release: ReleaseSchema = ReleaseSchema()
    suggestions: SuggestionsSchema = SuggestionsSchema()
    sample: bool = False

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
