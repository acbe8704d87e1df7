"""The application and its own emoji."""

from __future__ import annotations

from discord_sandbox import payloads
from discord_sandbox.errors import ApiError, Problems
from discord_sandbox.model import Json
from discord_sandbox.operations.guilds import INVITE
from discord_sandbox.rest.api_request import Call, Reply
from discord_sandbox.rest.router import Table
from discord_sandbox.validation.field_reader import Fields

routes = Table()


@routes("GET", "/oauth2/applications/@me")
def oauth_me(call: Call) -> Json:
    """Get Current Bot Application Information."""
    return application(call)


@routes("GET", "/applications/@me")
def me(call: Call) -> Json:
    """Get Current Application."""
    return application(call)


def application(call: Call) -> Json:
    """The application, which has the bot's id."""
    bot = call.world.bot
    owner = next((each for each in call.world.users.values() if not each.bot), bot)
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
        "flags": call.sandbox.application_flags,
        "rpc_origins": [],
        "redirect_uris": [],
        "interactions_endpoint_url": None,
        "role_connections_verification_url": None,
        "approximate_guild_count": sum(1 for guild in call.world.guilds.values() if bot.id in guild.members),
        "approximate_user_install_count": sum(each.installed for each in call.world.users.values()),
        "integration_types_config": {"0": {"oauth2_install_params": install}, "1": {}},
        "install_params": install,
        "tags": [],
    }


def _require_own(call: Call) -> None:
    if call.id("application") != call.bot_id:
        raise ApiError(50001)


@routes("GET", "/applications/{application}/emojis")
def emojis(call: Call) -> Json:
    """List Application Emojis."""
    _require_own(call)
    return {"items": list(call.world.emojis.values())}


@routes("POST", "/applications/{application}/emojis")
def create_emoji(call: Call) -> Reply:
    """Create Application Emoji."""
    _require_own(call)
    problems = Problems()
    fields = Fields(call.fields, problems)
    fields.require("name", "image")
    name = fields.text("name", 32, 2)
    problems.raise_any()
    number = call.world.ids.next()
    made: Json = {
        "id": str(number), "name": name, "roles": [], "user": payloads.user(call.world.bot), "require_colons": True,
        "managed": False, "animated": False, "available": True,
    }  # fmt: skip
    call.world.emojis[number] = made
    return Reply(201, made)


@routes("GET", "/applications/{application}/emojis/{emoji}")
def emoji(call: Call) -> Json:
    """Get Application Emoji."""
    _require_own(call)
    try:
        return call.world.emojis[call.id("emoji")]
    except KeyError:
        raise ApiError(10014) from None


@routes("DELETE", "/applications/{application}/emojis/{emoji}")
def delete_emoji(call: Call) -> None:
    """Delete Application Emoji."""
    _require_own(call)
    if call.world.emojis.pop(call.id("emoji"), None) is None:
        raise ApiError(10014)
