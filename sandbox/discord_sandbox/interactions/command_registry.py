"""Registered application commands."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from discord_sandbox.discord_objects import Json
from discord_sandbox.errors import ApiError
from discord_sandbox.events import Event
from discord_sandbox.validation.command_rules import GROUP, MESSAGE, SLASH, SUBCOMMAND, USER, read_command
from discord_sandbox.world import World

MOST = {SLASH: 100, USER: 15, MESSAGE: 15}
"""Maximum number of commands of each kind in one scope."""
CREATES_A_DAY = 200

Key = tuple[int, str]


class CommandRegistry:
    """Global commands (scope None) and those of each guild, by kind and name."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._scopes: dict[int | None, dict[Key, Json]] = {}
        self._created: dict[int | None, list[float]] = {}

    def in_scope(self, scope: int | None) -> list[Json]:
        """Return the commands of one scope."""
        return list(self._scopes.get(scope, {}).values())

    def everywhere(self) -> Iterator[Json]:
        """Yield the commands of every scope."""
        for scope in self._scopes.values():
            yield from scope.values()

    def get(self, scope: int | None, command_id: int) -> Json:
        """Return a command of a scope.

        Raises:
            ApiError: 10063 unknown.
        """
        for command in self._scopes.get(scope, {}).values():
            if command["id"] == str(command_id):
                return command
        raise ApiError(10063)

    def upsert(self, scope: int | None, body: Any) -> tuple[Json, bool]:
        """Add a command or replace the one of its kind and name; also return whether it is new."""
        read = read_command(body)
        standing = self._scopes.setdefault(scope, {})
        new = (read["type"], read["name"]) not in standing
        made = self._put(scope, dict(standing), [read])
        self._tell()
        return made[0], new

    def replace_all(self, scope: int | None, bodies: Any) -> list[Json]:
        """Replace the commands of a scope; those that keep kind and name keep their id."""
        if not isinstance(bodies, list):
            raise ApiError(50035)
        read = [read_command(each, (number,)) for number, each in enumerate(bodies)]
        keys = {(each["type"], each["name"]) for each in read}
        if len(keys) != len(read):
            raise ApiError(50035, message="Invalid Form Body: Application command names must be unique")
        standing = self._scopes.get(scope, {})
        made = self._put(scope, {key: value for key, value in standing.items() if key in keys}, read)
        self._tell()
        return made

    def change(self, scope: int | None, command_id: int, body: Json) -> Json:
        """Change one command."""
        standing = self.get(scope, command_id)
        merged = {key: value for key, value in standing.items() if key not in ("id", "version")} | body
        read = read_command(merged | {"type": standing["type"]})
        scoped = self._scopes[scope]
        del scoped[standing["type"], standing["name"]]
        made = self._finish(scope, read, standing["id"])
        scoped[made["type"], made["name"]] = made
        self._tell()
        return made

    def drop(self, scope: int | None, command_id: int) -> None:
        """Delete one command.

        Raises:
            ApiError: 10063 unknown.
        """
        standing = self.get(scope, command_id)
        del self._scopes[scope][standing["type"], standing["name"]]
        self._tell()

    def _put(self, scope: int | None, kept: dict[Key, Json], read: list[Json]) -> list[Json]:
        """Store commands beside `kept`, all or none."""
        result = dict(kept)
        made = []
        created = 0
        for each in read:
            key = (each["type"], each["name"])
            standing = kept.get(key)
            created += standing is None
            command = self._finish(scope, each, standing["id"] if standing else None)
            result[key] = command
            made.append(command)
        for kind, most in MOST.items():
            if sum(1 for key in result if key[0] == kind) > most:
                raise ApiError(30032, message=f"Maximum number of application commands reached ({most})")
        self._count_creates(scope, created)
        self._scopes[scope] = result
        return made

    def _finish(self, scope: int | None, read: Json, command_id: str | None) -> Json:
        made = {
            "id": command_id or str(self._world.ids.next()),
            "application_id": str(self._world.bot.id),
            "version": str(self._world.ids.next()),
            **read,
        }
        if scope is not None:
            made["guild_id"] = str(scope)
        return made

    def _count_creates(self, scope: int | None, created: int) -> None:
        now = self._world.now().timestamp()
        day = timedelta(days=1).total_seconds()
        recent = [at for at in self._created.get(scope, []) if at > now - day]
        if len(recent) + created > CREATES_A_DAY:
            raise ApiError(30034)
        self._created[scope] = recent + [now] * created

    def _tell(self) -> None:
        self._world.publish(Event("SANDBOX_COMMANDS", dict))


def flatten(command: Json) -> Iterator[tuple[str, Json]]:
    """Yield a command's invocable forms by full path (`author decide` for a subcommand), with their options."""
    yield from _flatten(command, command["name"])


def _flatten(node: Json, path: str) -> Iterator[tuple[str, Json]]:
    options = node.get("options", [])
    inner = [each for each in options if each["type"] in (SUBCOMMAND, GROUP)]
    if not inner:
        yield path, node
    for each in inner:
        yield from _flatten(each, f"{path} {each['name']}")
