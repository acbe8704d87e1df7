"""Route of interaction callbacks, which has no rate limit and needs only the interaction's own token."""

from __future__ import annotations

from discord_sandbox.rest.api_request import ApiRequest, Reply
from discord_sandbox.rest.router import RouteTable

routes = RouteTable()


@routes("POST", "/interactions/{interaction}/{token}/callback", bound=False, limited=False)
def respond(request: ApiRequest) -> Reply:
    """Create Interaction Response."""
    body = request.fields
    one = request.state.responses.respond(
        request.id("interaction"), request.params["token"], body, request.uploads
    )
    if request.flag("with_response"):
        return Reply(200, request.state.responses.resource(one, int(body["type"])))
    return Reply(204, None)
