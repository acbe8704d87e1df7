"""Whatever a bot sends, the sandbox answers with one of Discord's refusals, never with an accident of its own."""

from __future__ import annotations

import copy
from typing import Any

import pytest
from discord_sandbox import seed
from discord_sandbox.clock import ManualClock
from discord_sandbox.errors import ApiError
from discord_sandbox.rest.api_request import ApiRequest, RateLimited
from discord_sandbox.rest.request_pipeline import TABLES
from discord_sandbox.rest.router import Route
from discord_sandbox.server import Sandbox
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from .conftest import START
from .test_interactions import AUTHOR, FORM, TELL

leaves = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(2**70), 2**70),
    st.floats(allow_nan=False),
    st.text(max_size=12),
    st.sampled_from(["", "0", str(seed.CHAPTERS), "attachment://x", "https://x", "⭐", "x" * 7000]),
)
anything = st.recursive(
    leaves,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=12,
)

MESSAGE = {
    "content": "x",
    "nonce": "1",
    "enforce_nonce": True,
    "tts": False,
    "flags": 0,
    "embeds": [{"title": "t", "url": "https://x", "fields": [{"name": "n", "value": "v"}], "author": {"name": "a"},
                "image": {"url": "attachment://x"}, "footer": {"text": "f"}}],
    "components": [{"type": 1, "components": [{"type": 2, "style": 1, "label": "l", "custom_id": "c"}]},
                   {"type": 1, "components": [{"type": 3, "custom_id": "s",
                                               "options": [{"label": "l", "value": "v"}]}]}],
    "attachments": [{"id": "0", "filename": "f", "description": "d"}],
    "allowed_mentions": {"parse": ["users"], "roles": ["1"], "replied_user": True},
    "message_reference": {"message_id": "1", "type": 0},
    "applied_tags": ["1"],
}  # fmt: skip
V2 = {
    "flags": 1 << 15,
    "components": [{"type": 17, "components": [
        {"type": 10, "content": "x"},
        {"type": 9, "components": [{"type": 10, "content": "x"}],
         "accessory": {"type": 11, "media": {"url": "https://x"}}},
        {"type": 12, "items": [{"media": {"url": "https://x"}}]}, {"type": 14, "spacing": 1}]}],
}  # fmt: skip
POLL = {"poll": {"question": {"text": "?"}, "answers": [{"poll_media": {"text": "a"}}], "duration": 1}}
BODIES: list[dict[str, Any]] = [
    MESSAGE,
    V2,
    POLL,
    TELL,
    AUTHOR,
    {"type": 4, "data": MESSAGE},
    {"type": 9, "data": FORM},
    {"type": 8, "data": {"choices": [{"name": "a", "value": "a"}]}},
    {"type": 5, "data": {"flags": 64}},
    {"name": "thread", "type": 11, "auto_archive_duration": 60, "applied_tags": ["1"], "message": MESSAGE},
    {"name": "channel", "type": 0, "topic": "t", "nsfw": True, "parent_id": "1", "permission_overwrites": [
        {"id": "1", "type": 0, "allow": "0"}], "available_tags": [{"name": "a"}], "archived": True, "locked": False},
    {"allow": "0", "deny": "0", "type": 1, "color": 1, "permissions": "0", "hoist": True, "nick": "n"},
    {"messages": ["1", "2"], "recipient_id": str(seed.AUTHOR), "webhook_channel_id": "1", "image": "data:",
     "name": "xx"},
]  # fmt: skip
ROUTES = [route for table in TABLES for route in table.routes.routes]


def nodes(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """The paths to every value within a body."""
    found = [path]
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, inner in items:
        found += nodes(inner, (*path, key))
    return found


@st.composite
def bodies(draw: st.DrawFn) -> Any:
    """A sound body with up to three values replaced by anything."""
    body = copy.deepcopy(draw(st.sampled_from(BODIES)))
    for _ in range(draw(st.integers(0, 3))):
        path = draw(st.sampled_from(nodes(body)))
        value = draw(anything)
        if not path:
            body = value
            continue
        holder = body
        for step in path[:-1]:
            holder = holder[step]
        holder[path[-1]] = value
    return body


@pytest.fixture(scope="module")
def sandbox() -> Sandbox:
    return Sandbox(port=0, clock=ManualClock(START), limits=False)


def params(sandbox: Sandbox, route: Route) -> dict[str, str]:
    """Path parameters that stand for something."""
    imke = sandbox.person("Imke")
    sandbox.world.guild(seed.GUILD).roles[seed.BOT] = sandbox.world.guild(seed.GUILD).roles[seed.GUILD]
    said = imke.say("chapters", "x")
    known = {
        "channel": seed.CHAPTERS, "message": said.id, "guild": seed.GUILD, "user": imke.id, "emoji": "⭐",
        "application": seed.BOT, "command": "1", "webhook": seed.BOT, "token": "none", "role": seed.READERS_ROLE,
        "answer": "1", "overwrite": imke.id, "interaction": "1",
    }  # fmt: skip
    if "token" in route.path:
        sandbox.commands.upsert(None, {"name": "hello", "description": "x"})
        one = imke.begin("chapters", "/hello", {})
        known |= {"interaction": one.id, "token": one.token}
        if "messages" in route.path:
            sandbox.state.responses.respond(one.id, one.token, {"type": 4, "data": {"content": "x"}}, {})
            known["message"] = one.answer_id or 0
    return {name: str(value) for name, value in known.items() if f"{{{name}}}" in route.path}


def answered(route: Route, call: ApiRequest) -> int:
    """The status that a request is answered with. What is no refusal of Discord's kind is an accident, and fails."""
    try:
        route.handler(call)
    except ApiError as error:
        return error.status
    except RateLimited:
        return 429
    return 200


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(body=bodies())
@pytest.mark.parametrize(
    "route",
    [each for each in ROUTES if each.method in ("POST", "PUT", "PATCH")],
    ids=lambda route: f"{route.method} {route.path}",
)
def test_no_body_is_an_accident(sandbox: Sandbox, route: Route, body: Any) -> None:
    status = answered(route, ApiRequest(sandbox.state, params(sandbox, route), {}, body))
    assert 200 <= status < 500, "the fault is never the server's"


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    value=st.text(max_size=25),
    query=st.dictionaries(
        st.sampled_from(["limit", "before", "after", "around", "type", "query"]), st.text(max_size=25)
    ),
)
@pytest.mark.parametrize(
    "route",
    [each for each in ROUTES if each.method != "POST"],
    ids=lambda route: f"{route.method} {route.path}",
)
def test_no_path_or_query_is_an_accident(route: Route, value: str, query: dict[str, str]) -> None:
    sandbox = Sandbox(port=0, clock=ManualClock(START), limits=False)
    given = params(sandbox, route)
    for name in given:
        for path in (given, given | {name: value}):
            status = answered(route, ApiRequest(sandbox.state, path, query))
            assert 200 <= status < 500, "the fault is never the server's"
