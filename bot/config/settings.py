"""All settings, with their defaults, bounds and units."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Annotated, Any, Literal
from urllib.parse import urlsplit

from pydantic import AfterValidator, BeforeValidator, Field, WithJsonSchema

from bot.domain.schedule.vocabulary import ScheduleError, parse_duration
from bot.domain.suggestions.suggestion import UNDO_TIME
from bot.schemas.base import DiscordId, Schema, validation_error


def _duration(value: Any) -> timedelta:
    if isinstance(value, timedelta):
        return value
    try:
        return parse_duration(str(value))
    except ScheduleError as error:
        raise validation_error("this is not a length of time", str(error)) from None


def _address(schemes: tuple[str, ...]) -> AfterValidator:
    def check(value: str) -> str:
        try:
            parts = urlsplit(value)
            sound = (
                parts.scheme in schemes and bool(parts.hostname) and (parts.port is None or parts.port > 0)
            )
        except ValueError:
            sound = False
        if not sound:
            raise validation_error(
                "this is not an address",
                f"It begins with {schemes[0]}:// or {schemes[1]}:// and names a server.",
            )
        return value.rstrip("/")

    return AfterValidator(check)


def _database_url(value: str) -> str:
    scheme, separator, rest = value.partition("://")
    if scheme in ("postgresql", "postgres"):
        scheme = "postgresql+asyncpg"
    if scheme == "sqlite":
        scheme = "sqlite+aiosqlite"
    if not separator or scheme not in ("sqlite+aiosqlite", "postgresql+asyncpg"):
        raise validation_error(
            "this is not a database that can be used",
            "Write sqlite+aiosqlite:///data/fascicle.db or postgresql+asyncpg://name:password@host/database.",
        )
    if scheme.startswith("sqlite") and not rest.startswith("/"):
        raise validation_error(
            "this SQLite address lacks a slash", "Write three slashes: sqlite+aiosqlite:///data/fascicle.db."
        )
    return f"{scheme}://{rest}"


_DURATION_FORM = {"type": "string", "examples": ["30 seconds", "10 minutes", "2 hours", "3 days"]}
Duration = Annotated[timedelta, BeforeValidator(_duration), WithJsonSchema(_DURATION_FORM)]
HttpAddress = Annotated[str, _address(("https", "http"))]
SocketAddress = Annotated[str, _address(("wss", "ws"))]


class DiscordSettings(Schema):
    """The Discord to connect to.

    `guilds` get commands at once, for development; without any, commands are global.
    """

    api_url: HttpAddress = "https://discord.com/api/v10"
    """The API to use."""
    gateway_url: SocketAddress | None = None
    """Where events come from; by default the API is asked."""
    guilds: tuple[DiscordId, ...] = ()
    """Ids of servers that get the commands at once, for trying things out; empty: all servers."""


class DatabaseSettings(Schema):
    """The database. A relative SQLite path starts at the working directory."""

    url: Annotated[str, AfterValidator(_database_url)] = Field(
        default="sqlite+aiosqlite:///data/fascicle.db", repr=False
    )
    """A file, such as sqlite+aiosqlite:///data/fascicle.db, or postgresql+asyncpg://name:password@host/name."""


class ContentSettings(Schema):
    """The authors' folder. A relative path starts at the working directory.

    With `samples` the bot also publishes stories that are marked as samples.
    """

    path: Path = Path("content")
    """The folder with the stories."""
    reload: bool = True
    """Read changed files automatically."""
    samples: bool = False
    """Publish the sample stories too."""


class ReadingSettings(Schema):
    """The look of chapters. `page_length` is in characters as Discord counts them."""

    page_length: int = Field(default=3200, ge=200, le=3500)
    """The most characters of story text on one page."""
    reactions: bool = True
    """Put ◀️ ▶️ ⭐ under each chapter’s post."""
    buttons: bool = True
    """Put Read and Suggest buttons under each chapter’s post."""


class DeliverySettings(Schema):
    """Delivery of posts. `rate` is in requests per second."""

    rate: int = Field(default=40, ge=1, le=50)
    """Requests per second for posting chapters."""
    catch_up_gap: Duration = timedelta(minutes=10)
    """The pause between late posts in one channel."""


class SuggestionSettings(Schema):
    """Limits on suggestions, and the channel for new ones. `words` may not occur in them."""

    review_channel: DiscordId | None = None
    """The id of a channel that shows new ideas."""
    open_per_reader: int = Field(default=5, ge=1)
    """How many undecided ideas one reader may have for one story."""
    open_per_story: int = Field(default=500, ge=1)
    """How many undecided ideas one story may have in all."""
    cooldown: Duration = timedelta(seconds=30)
    """How long a reader waits between two ideas."""
    undo: Duration = Field(default=UNDO_TIME, le=timedelta(hours=1))
    """How long an author can undo a decision on an idea."""
    words: tuple[Annotated[str, Field(min_length=1, max_length=100)], ...] = ()
    """Words that may not appear in an idea."""


class HttpSettings(Schema):
    """The port for health checks and metrics; 0 turns it off."""

    host: str = Field(default="127.0.0.1", min_length=1)
    """Where health checks and metrics listen."""
    port: int = Field(default=8080, ge=0, le=65535)
    """Its port; 0 turns it off."""


class LogSettings(Schema):
    """Level and format of the log."""

    level: Literal["debug", "info", "warning", "error"] = "info"
    """The least severe messages to log."""
    format: Literal["text", "json"] = "text"
    """Lines of text, or JSON."""


class Settings(Schema):
    """All settings, frozen. `operators` may do everything an author may."""

    discord: DiscordSettings = DiscordSettings()
    """The Discord to connect to."""
    database: DatabaseSettings = DatabaseSettings()
    """The database."""
    content: ContentSettings = ContentSettings()
    """The authors’ folder."""
    reading: ReadingSettings = ReadingSettings()
    """The look of chapters."""
    delivery: DeliverySettings = DeliverySettings()
    """Delivery of posts."""
    suggestions: SuggestionSettings = SuggestionSettings()
    """Limits on readers’ ideas."""
    operators: tuple[DiscordId, ...] = ()
    """User ids of people who may do everything that an author may."""
    http: HttpSettings = HttpSettings()
    """The port for health checks and metrics."""
    log: LogSettings = LogSettings()
    """Level and format of the log."""
