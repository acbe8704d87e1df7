"""Routes of application commands, global and of one guild."""

from __future__ import annotations

from discord_sandbox.discord_objects import Json
from discord_sandbox.errors import ApiError
from discord_sandbox.rest.api_request import ApiRequest, Reply
from discord_sandbox.rest.router import RouteTable

routes = RouteTable()
_GLOBAL = "/applications/{application}/commands"
_GUILD = "/applications/{application}/guilds/{guild}/commands"


def _scope(request: ApiRequest) -> int | None:
    """Return the guild named in the path, or None for global commands.

    Raises:
        ApiError: 10002 for another's application.
    """
    if request.id("application") != request.bot_id:
        raise ApiError(10002)
    return request.guild().id if "guild" in request.params else None


def _listed(request: ApiRequest) -> list[Json]:
    """Get Application Commands; localizations only on request."""
    commands = request.state.commands.in_scope(_scope(request))
    if request.flag("with_localizations"):
        return commands
    return [
        {key: value for key, value in each.items() if not key.endswith("_localizations")} for each in commands
    ]


def _create(request: ApiRequest) -> Reply:
    """Create Application Command: 201 for a new one, 200 for one of the same name."""
    made, new = request.state.commands.upsert(_scope(request), request.body)
    return Reply(201 if new else 200, made)


def _replace(request: ApiRequest) -> list[Json]:
    """Bulk Overwrite Application Commands."""
    return request.state.commands.replace_all(_scope(request), request.body)


def _get(request: ApiRequest) -> Json:
    """Get Application Command."""
    return request.state.commands.get(_scope(request), request.id("command"))


def _change(request: ApiRequest) -> Json:
    """Edit Application Command."""
    return request.state.commands.change(_scope(request), request.id("command"), request.fields)


def _delete(request: ApiRequest) -> None:
    """Delete Application Command."""
    request.state.commands.drop(_scope(request), request.id("command"))


def _no_permissions(request: ApiRequest) -> list[Json]:
    """Get Guild Application Command Permissions: none are set."""
    _scope(request)
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
def permissions(request: ApiRequest) -> Json:
    """Get Application Command Permissions: none were set, which is an error of its own."""
    request.state.commands.get(_scope(request), request.id("command"))
    raise ApiError(10066)
