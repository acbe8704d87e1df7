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


def _pattern(begins: str) -> WithJsonSchema:
    return WithJsonSchema({"type": "string", "pattern": begins})


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


_WrittenDuration = Annotated[str, Field(examples=["30 seconds", "10 minutes", "1 hour"])]
Duration = Annotated[timedelta, BeforeValidator(_duration, json_schema_input_type=_WrittenDuration)]
HttpAddress = Annotated[str, _address(("https", "http")), _pattern("^https?://")]
SocketAddress = Annotated[str, _address(("wss", "ws")), _pattern("^wss?://")]


class DiscordSettings(Schema):
    """The Discord to connect to.

    `guilds` get commands at once, for development; without any, commands are global.
    """

    api_url: HttpAddress = "https://discord.com/api/v10"
    """The API: Discord’s, or another server that speaks its protocol."""
    gateway_url: SocketAddress | None = None
    """Where events come from; without it the API says."""
    guilds: tuple[DiscordId, ...] = ()
    """Servers that get the commands at once; without any, all servers get them."""


class DatabaseSettings(Schema):
    """The database. A relative SQLite path starts at the working directory."""

    url: Annotated[str, AfterValidator(_database_url), _pattern("^(sqlite|postgres(ql)?)([+][a-z]+)?://")] = (
        Field(default="sqlite+aiosqlite:///data/fascicle.db", repr=False)
    )
    """A file (three slashes, relative to the working directory), or a PostgreSQL server."""


class ContentSettings(Schema):
    """The authors' folder. A relative path starts at the working directory.

    With `samples` the bot also publishes stories that are marked as samples.
    """

    path: Path = Path("content")
    """The folder with the stories."""
    reload: bool = True
    """Whether changed files are read again."""
    samples: bool = False
    """Whether sample stories are published."""


class ReadingSettings(Schema):
    """The look of chapters. `page_length` is in characters as Discord counts them."""

    page_length: int = Field(default=3200, ge=200, le=3500)
    """The most characters of story text on a page."""
    reactions: bool = True
    """Whether posts get page controls as reactions."""
    buttons: bool = True
    """Whether posts get buttons."""


class DeliverySettings(Schema):
    """Delivery of posts. `rate` is in requests per second."""

    rate: int = Field(default=40, ge=1, le=50)
    """Requests a second that posting may use."""
    catch_up_gap: Duration = timedelta(minutes=10)
    """The time between late posts in one channel."""


class SuggestionSettings(Schema):
    """Limits on suggestions, and the channel for new ones. `words` may not occur in them."""

    review_channel: DiscordId | None = None
    """The channel in which new ideas are shown."""
    open_per_reader: int = Field(default=5, ge=1)
    """Undecided ideas that one reader may have per story."""
    open_per_story: int = Field(default=500, ge=1)
    """Undecided ideas that a story may have."""
    cooldown: Duration = timedelta(seconds=30)
    """The time between two ideas of one reader."""
    undo: Duration = Field(default=UNDO_TIME, le=timedelta(hours=1))
    """How long a decision can be undone, before anybody is told of it."""
    words: tuple[Annotated[str, Field(min_length=1, max_length=100)], ...] = ()
    """Words that may not occur in ideas."""


class HttpSettings(Schema):
    """The port for health checks and metrics; 0 turns it off."""

    host: str = Field(default="127.0.0.1", min_length=1)
    """The address that the port for health and metrics listens on."""
    port: int = Field(default=8080, ge=0, le=65535)
    """The port; 0 turns it off."""


class LogSettings(Schema):
    """Level and format of the log."""

    level: Literal["debug", "info", "warning", "error"] = "info"
    """What is logged."""
    format: Literal["text", "json"] = "text"
    """Lines for people, or JSON."""


class Settings(Schema):
    """All settings, frozen. `operators` may do everything an author may."""

    discord: DiscordSettings = DiscordSettings()
    """The Discord to connect to."""
    database: DatabaseSettings = DatabaseSettings()
    """The database."""
    content: ContentSettings = ContentSettings()
    """The stories."""
    reading: ReadingSettings = ReadingSettings()
    """How chapters look."""
    delivery: DeliverySettings = DeliverySettings()
    """How chapters are posted."""
    suggestions: SuggestionSettings = SuggestionSettings()
    """Readers’ ideas."""
    operators: tuple[DiscordId, ...] = ()
    """User ids of those who may do everything an author may."""
    http: HttpSettings = HttpSettings()
    """The port for health checks and metrics."""
    log: LogSettings = LogSettings()
    """The log."""
