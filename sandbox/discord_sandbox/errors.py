"""Errors with the status, code and message that Discord returns.

Source: Discord's "Opcodes and Status Codes". The HTTP status of a code is not documented there; it is the one observed
from the API.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

REFUSALS: dict[int, tuple[int, str]] = {
    0: (404, "404: Not Found"),
    10002: (404, "Unknown Application"),
    10003: (404, "Unknown Channel"),
    10004: (404, "Unknown Guild"),
    10007: (404, "Unknown Member"),
    10008: (404, "Unknown Message"),
    10009: (404, "Unknown Permission Overwrite"),
    10011: (404, "Unknown Role"),
    10013: (404, "Unknown User"),
    10014: (400, "Unknown Emoji"),
    10015: (404, "Unknown Webhook"),
    10062: (404, "Unknown interaction"),
    10063: (404, "Unknown application command"),
    10066: (404, "Unknown application command permissions"),
    20009: (403, "Explicit content cannot be sent to the desired recipient(s)"),
    20016: (429, "This action cannot be performed due to slowmode rate limit"),
    30003: (400, "Maximum number of pins reached (250)"),
    30007: (400, "Maximum number of webhooks reached (15)"),
    30010: (400, "Maximum number of reactions reached (20)"),
    30013: (400, "Maximum number of guild channels reached (500)"),
    30015: (400, "Maximum number of attachments in a message reached (10)"),
    30032: (400, "Maximum number of application commands reached"),
    30034: (400, "Max number of daily application command creates has been reached (200)"),
    30046: (429, "Maximum number of edits to messages older than 1 hour reached. Try again later"),
    40001: (401, "Unauthorized. Provide a valid token and try again"),
    40003: (429, "You are opening direct messages too fast"),
    40005: (413, "Request entity too large"),
    40033: (400, "This message has already been crossposted"),
    40058: (400, "Cannot message this channel until a thread is created"),
    40060: (400, "Interaction has already been acknowledged."),
    40067: (400, "A tag is required to create a forum post in this channel"),
    40094: (400, "This interaction has reached the maximum number of follow-up messages"),
    50001: (403, "Missing Access"),
    50003: (403, "Cannot execute action on a DM channel"),
    50005: (403, "Cannot edit a message authored by another user"),
    50006: (400, "Cannot send an empty message"),
    50007: (403, "Cannot send messages to this user"),
    50008: (400, "Cannot send messages in a non-text channel"),
    50013: (403, "Missing Permissions"),
    50014: (401, "Invalid authentication token provided"),
    50016: (400, "Provided too few or too many messages to delete. Must provide at least 2 and at most 100"),
    50021: (403, "Cannot execute action on a system message"),
    50024: (400, "Cannot execute action on this channel type"),
    50027: (401, "Invalid Webhook Token"),
    50028: (400, "Invalid role"),
    50033: (400, "Invalid Recipient(s)"),
    50034: (400, "You can only bulk delete messages that are under 14 days old."),
    50035: (400, "Invalid Form Body"),
    50045: (400, "File uploaded exceeds the maximum size"),
    50068: (400, "Invalid message type"),
    50083: (400, "Thread is archived"),
    50109: (400, "The request body contains invalid JSON."),
    50278: (403, "Cannot send messages to this user due to having no mutual guilds"),
    90001: (403, "Reaction was blocked"),
    110000: (503, "Index not yet available. Try again later"),
    130000: (503, "API resource is currently overloaded. Try again a little later"),
    160002: (400, "Cannot reply without permission to read message history"),
    160004: (400, "A thread has already been created for this message"),
    160005: (403, "Thread is locked"),
    160006: (400, "Maximum number of active threads reached"),
    160014: (400, "Cannot forward unread content"),
    200000: (400, "Message was blocked by automatic moderation"),
    240000: (400, "Message blocked by harmful links filter"),
    520000: (400, "Poll voting blocked"),
    520001: (400, "Poll expired"),
    520006: (400, "Cannot expire a poll that has already expired"),
}


class ApiError(Exception):
    """Request that Discord would refuse."""

    def __init__(
        self,
        code: int,
        *,
        status: int | None = None,
        message: str | None = None,
        errors: Mapping[str, Any] | None = None,
        extra: Mapping[str, Any] | None = None,
    ) -> None:
        known_status, known_message = REFUSALS.get(code, (400, "Refused"))
        self.code = code
        """Discord's error code; 0 when it has none."""
        self.status = status or known_status
        self.message = message or known_message
        self.errors = errors
        """Tree that names the faulty fields of a 50035."""
        self.extra = extra or {}
        super().__init__(f"{self.status} {code}: {self.message}")

    def body(self) -> dict[str, Any]:
        """Return the JSON body of the answer."""
        body: dict[str, Any] = {"message": self.message, "code": self.code, **self.extra}
        if self.errors:
            body["errors"] = self.errors
        return body


class Problems:
    """Collection of a body's faults, so that one 50035 names every faulty field."""

    def __init__(self) -> None:
        self._tree: dict[str, Any] = {}

    def add(self, path: tuple[str | int, ...], code: str, message: str) -> None:
        """Add a fault of the field at `path`."""
        node = self._tree
        for step in path:
            node = node.setdefault(str(step), {})
        node.setdefault("_errors", []).append({"code": code, "message": message})

    def raise_any(self) -> None:
        """Raise the collected faults, if there are any.

        Raises:
            ApiError: 50035.
        """
        if self._tree:
            raise ApiError(50035, errors=self._tree)


def invalid(path: tuple[str | int, ...], code: str, message: str) -> ApiError:
    """Return a 50035 about one field."""
    problems = Problems()
    problems.add(path, code, message)
    try:
        problems.raise_any()
    except ApiError as error:
        return error
    raise AssertionError("a noted problem always raises")


def problem_lines(errors: Mapping[str, Any], path: str = "") -> list[str]:
    """Return the faults of a 50035 as lines such as `embeds.0.title: Must be 256 or fewer in length.`."""
    lines = [f"{path}: {fault['message']}" for fault in errors.get("_errors", ())]
    for key, node in errors.items():
        if key != "_errors":
            lines += problem_lines(node, f"{path}.{key}" if path else key)
    return lines
