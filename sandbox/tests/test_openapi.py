"""Discord's own specification as a second opinion."""

from __future__ import annotations

from typing import Any

import aiohttp
import pytest
from discord_sandbox import seed
from discord_sandbox.clock import ManualClock
from discord_sandbox.rest.request_pipeline import TABLES
from discord_sandbox.server import Sandbox
from discord_sandbox.trace import Trace
from discord_sandbox.validation.openapi_schema import OpenApiSchema

from .bare_client import Api
from .conftest import OPENAPI

pytestmark = pytest.mark.skipif(
    not OPENAPI.exists(), reason="Discord's openapi.json is not beside the repository"
)


@pytest.fixture(scope="module")
def schema() -> OpenApiSchema:
    return OpenApiSchema(OPENAPI)


@pytest.mark.parametrize(
    ("method", "route", "body", "fits"),
    [
        ("POST", "/channels/{channel}/messages", {"content": "x", "nonce": "5", "enforce_nonce": True}, True),
        ("POST", "/channels/{channel}/messages", {"message_reference": {"message_id": 5}}, True),
        ("POST", "/channels/{channel}/messages", {"components": [{"type": 99}]}, False),
        ("POST", "/channels/{channel}/messages", {"content": 5}, False),
        ("POST", "/interactions/{interaction}/{token}/callback", {"type": 4, "data": {"content": "x"}}, True),
        ("POST", "/interactions/{interaction}/{token}/callback", {"type": 77}, False),
        ("PATCH", "/webhooks/{webhook}/{token}/messages/{message}", {"content": None}, True),
        ("PUT", "/applications/{application}/commands", [{"name": "x", "description": "y"}], True),
        ("PUT", "/applications/{application}/commands", [{"name": "x", "options": "y"}], False),
        ("POST", "/no/such/route", {"anything": "goes"}, True),
    ],
)
def test_what_the_specification_says(
    schema: OpenApiSchema, clock: ManualClock, method: str, route: str, body: Any, fits: bool
) -> None:
    trace = Trace(clock)
    schema.check(method, route, body, trace)
    assert bool(trace.breaches()) is not fits


async def test_a_strict_sandbox_refuses(clock: ManualClock, session: aiohttp.ClientSession) -> None:
    async with Sandbox(port=0, clock=clock, openapi=OPENAPI, strict=True) as sandbox:
        answer = await Api(sandbox, session).send(
            seed.CHAPTERS, {"content": "x", "allowed_mentions": {"parse": ["all"]}}
        )
        assert (answer.status, answer.code) == (400, 50035)


def test_every_route_is_one_of_discords(schema: OpenApiSchema) -> None:
    routes = [route for module in TABLES for route in module.routes.routes]
    unknown = [f"{each.method} {each.path}" for each in routes if not schema.knows(each.method, each.path)]
    assert unknown == []
