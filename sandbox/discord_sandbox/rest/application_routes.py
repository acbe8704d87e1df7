"""Routes of the application and its own emoji."""

from __future__ import annotations

from discord_sandbox import payloads
from discord_sandbox.discord_objects import Json
from discord_sandbox.errors import ApiError, Problems
from discord_sandbox.operations.guilds import INVITE
from discord_sandbox.rest.api_request import ApiRequest, Reply
from discord_sandbox.rest.router import RouteTable
from discord_sandbox.validation.field_reader import FieldReader

routes = RouteTable()


@routes("GET", "/oauth2/applications/@me")
def oauth_me(request: ApiRequest) -> Json:
    """Get Current Bot Application Information."""
    return application(request)


@routes("GET", "/applications/@me")
def me(request: ApiRequest) -> Json:
    """Get Current Application."""
    return application(request)


def application(request: ApiRequest) -> Json:
    """Return the application, which has the bot's id."""
    bot = request.world.bot
    owner = next((each for each in request.world.users.values() if not each.bot), bot)
    install = {"scopes": ["bot", "applications.commands"], "permissions": str(INVITE)}
    return {
        "id": str(bot.id),
        "name": bot.shown,
        "icon": None,
        "description": "A bot in the sandbox.",
        "summary": "",
        "type": None,
        "bot": payloads.user(bot),
        "bot_public": True,
        "bot_require_code_grant": False,
        "verify_key": "0" * 64,
        "owner": payloads.user(owner),
        "team": None,
        "flags": request.state.application_flags,
        "rpc_origins": [],
        "redirect_uris": [],
        "interactions_endpoint_url": None,
        "role_connections_verification_url": None,
        "approximate_guild_count": sum(
            1 for guild in request.world.guilds.values() if bot.id in guild.members
        ),
        "approximate_user_install_count": sum(each.installed for each in request.world.users.values()),
        "integration_types_config": {"0": {"oauth2_install_params": install}, "1": {}},
        "install_params": install,
        "tags": [],
    }


def _require_own(request: ApiRequest) -> None:
    if request.id("application") != request.bot_id:
        raise ApiError(50001)


@routes("GET", "/applications/{application}/emojis")
def emojis(request: ApiRequest) -> Json:
    """List Application Emojis."""
    _require_own(request)
    return {"items": list(request.world.emojis.values())}


@routes("POST", "/applications/{application}/emojis")
def create_emoji(request: ApiRequest) -> Reply:
    """Create Application Emoji."""
    _require_own(request)
    problems = Problems()
    fields = FieldReader(request.fields, problems)
    fields.require("name", "image")
    name = fields.text("name", 32, 2)
    problems.raise_any()
    number = request.world.ids.next()
    made: Json = {
        "id": str(number), "name": name, "roles": [], "user": payloads.user(request.world.bot), "require_colons": True,
        "managed": False, "animated": False, "available": True,
    }  # fmt: skip
    request.world.emojis[number] = made
    return Reply(201, made)


@routes("GET", "/applications/{application}/emojis/{emoji}")
def emoji(request: ApiRequest) -> Json:
    """Get Application Emoji."""
    _require_own(request)
    try:
        return request.world.emojis[request.id("emoji")]
    except KeyError:
        raise ApiError(10014) from None


@routes("DELETE", "/applications/{application}/emojis/{emoji}")
def delete_emoji(request: ApiRequest) -> None:
    """Delete Application Emoji."""
    _require_own(request)
    if request.world.emojis.pop(request.id("emoji"), None) is None:
        raise ApiError(10014)
