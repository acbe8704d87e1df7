"""Callbacks of interactions. They count against no limit and need no token but the interaction's own."""

from __future__ import annotations

from discord_sandbox.rest.api_request import Call, Reply
from discord_sandbox.rest.router import Table

routes = Table()


@routes("POST", "/interactions/{interaction}/{token}/callback", bound=False, limited=False)
def respond(call: Call) -> Reply:
    """Create Interaction Response."""
    body = call.fields
    one = call.sandbox.answers.respond(call.id("interaction"), call.params["token"], body, call.uploads)
    if call.flag("with_response"):
        return Reply(200, call.sandbox.answers.resource(one, int(body["type"])))
    return Reply(204, None)
