"""Application commands: global ones, and those of one guild."""

from __future__ import annotations

from discord_sandbox.errors import ApiError
from discord_sandbox.model import Json
from discord_sandbox.rest.api_request import Call, Reply
from discord_sandbox.rest.router import Table

routes = Table()
_GLOBAL = "/applications/{application}/commands"
_GUILD = "/applications/{application}/guilds/{guild}/commands"


def _scope(call: Call) -> int | None:
    """The guild of the path, or None for global commands. Raises ApiError 10002 for another's application."""
    if call.id("application") != call.bot_id:
        raise ApiError(10002)
    return call.guild().id if "guild" in call.params else None


def _listed(call: Call) -> list[Json]:
    """Get Application Commands; localisations only when asked for."""
    commands = call.sandbox.commands.listed(_scope(call))
    if call.flag("with_localizations"):
        return commands
    return [
        {key: value for key, value in each.items() if not key.endswith("_localizations")} for each in commands
    ]


def _create(call: Call) -> Reply:
    """Create Application Command: 201 for a new one, 200 for one of the same name."""
    made, new = call.sandbox.commands.upsert(_scope(call), call.body)
    return Reply(201 if new else 200, made)


def _replace(call: Call) -> list[Json]:
    """Bulk Overwrite Application Commands."""
    return call.sandbox.commands.replace_all(_scope(call), call.body)


def _get(call: Call) -> Json:
    """Get Application Command."""
    return call.sandbox.commands.get(_scope(call), call.id("command"))


def _change(call: Call) -> Json:
    """Edit Application Command."""
    return call.sandbox.commands.change(_scope(call), call.id("command"), call.fields)


def _delete(call: Call) -> None:
    """Delete Application Command."""
    call.sandbox.commands.drop(_scope(call), call.id("command"))


def _no_permissions(call: Call) -> list[Json]:
    """Get Guild Application Command Permissions: nobody has set any."""
    _scope(call)
    return []


for _path in (_GLOBAL, _GUILD):
    routes("GET", _path)(_listed)
    routes("POST", _path)(_create)
    routes("PUT", _path)(_replace)
    routes("GET", _path + "/{command}")(_get)
    routes("PATCH", _path + "/{command}")(_change)
    routes("DELETE", _path + "/{command}")(_delete)
routes("GET", _GUILD + "/permissions")(_no_permissions)


@routes("GET", _GUILD + "/{command}/permissions")
def permissions(call: Call) -> Json:
    """Get Application Command Permissions: none were set, which is an error of its own."""
    call.sandbox.commands.get(_scope(call), call.id("command"))
    raise ApiError(10066)
