"""Logging set-up: one line a record, as text or JSON, with the token struck out everywhere."""

from __future__ import annotations

import json
import logging
import sys
from datetime import UTC, datetime
from typing import Any

from prometheus_client import CollectorRegistry, Counter

from bot.domain.text.terminal_escaping import printable, printable_json, printable_lines
from bot.observability.log_redaction import redact
from bot.observability.log_throttling import LogThrottle

_PLAIN = set(vars(logging.makeLogRecord({}))) | {"message", "asctime", "taskName"}


class TextFormatter(logging.Formatter):
    """Formats a record as one line.

    Nothing in it starts another line or moves the cursor, whoever wrote it; tracebacks are indented so that
    none of their lines looks like a record.
    """

    def __init__(self) -> None:
        super().__init__("{asctime} {levelname:<7} {name}: {message}", style="{")

    def formatMessage(self, record: logging.LogRecord) -> str:  # noqa: N802 - logging's own name
        """Return the record's own line."""
        return printable(super().formatMessage(record))

    def formatException(self, ei: Any) -> str:  # noqa: N802 - logging's own name
        """Return the indented traceback."""
        return "\n".join(f"  {line}" for line in printable_lines(super().formatException(ei)).split("\n"))


class JsonFormatter(logging.Formatter):
    """Formats a record as a JSON object with its own fields and any traceback."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the record as one line."""
        fields: dict[str, object] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
        }
        fields.update((key, value) for key, value in vars(record).items() if key not in _PLAIN)
        if record.exc_info:
            fields["traceback"] = self.formatException(record.exc_info)
        shown = {key: redact(each) if isinstance(each, str) else each for key, each in fields.items()}
        return printable_json(json.dumps(shown, ensure_ascii=False, default=lambda each: redact(str(each))))


class RedactionFilter(logging.Formatter):
    """Wraps a formatter and strikes out secrets and what people wrote, in tracebacks too."""

    def __init__(self, inner: logging.Formatter, secrets: tuple[str, ...]) -> None:
        super().__init__()
        self._inner = inner
        self._secrets = tuple(secret for secret in secrets if secret)

    def format(self, record: logging.LogRecord) -> str:
        """Return the redacted line."""
        line = self._inner.format(record)
        for secret in self._secrets:
            line = line.replace(secret, "[token]")
        # In JSON each field is seen to before it is quoted.
        return line if isinstance(self._inner, JsonFormatter) else redact(line)


class ActionCounter(logging.Handler):
    """Counts records by `action`, so that /metrics has the sum of what the log lists one by one."""

    def __init__(self, registry: CollectorRegistry) -> None:
        super().__init__(logging.INFO)
        self._counter = Counter("fascicle_actions", "Log records by action", ["action"], registry=registry)

    def emit(self, record: logging.LogRecord) -> None:
        """Count the record if it has an action."""
        action = getattr(record, "action", None)
        if isinstance(action, str):
            self._counter.labels(action).inc()


def set_up_logging(
    level: str, form: str, *, secrets: tuple[str, ...] = (), registry: CollectorRegistry | None = None
) -> None:
    """Send the log to stderr at `level` (debug, info, warning, error), as `text` or `json`."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(RedactionFilter(JsonFormatter() if form == "json" else TextFormatter(), secrets))
    handler.addFilter(LogThrottle())
    root = logging.getLogger()
    root.handlers[:] = [handler]
    if registry is not None:
        root.addHandler(ActionCounter(registry))
    root.setLevel(level.upper())
    # They tell every event, request and statement in full: what people wrote, and the tokens to answer them by.
    for loud in ("discord", "aiosqlite", "aiohttp", "asyncpg", "sqlalchemy", "websockets"):
        logging.getLogger(loud).setLevel(logging.INFO if level == "debug" else logging.WARNING)
    if level != "debug":
        # They tell every job at the level at which we tell what was published.
        for chatty in ("apscheduler", "alembic", "watchfiles"):
            logging.getLogger(chatty).setLevel(logging.WARNING)
        # discord.py waits out a rate limit by itself: no reason to alarm anybody.
        logging.getLogger("discord.http").setLevel(logging.ERROR)
