"""The desk answers its own page on this machine, and nothing else."""

from __future__ import annotations

import pytest

from bot.desk.request_guard import KEY_HEADER

from .conftest import DeskClient


async def status(client: DeskClient, path: str, **headers: str) -> int:
    async with client.session.get(client.url + path, headers=headers) as answer:
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert "Access-Control-Allow-Origin" not in answer.headers
        return answer.status


@pytest.mark.parametrize(
    "headers",
    [
        {"Host": "rebound.example:80"},
        {"Host": "127.0.0.1.evil.example"},
        {"Host": "[broken"},
        {"Origin": "http://evil.example"},
        {"Origin": "http://127.0.0.1:3000"},
        {"Origin": "null"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
    ],
)
async def test_others_are_refused_even_with_the_key(client: DeskClient, headers: dict[str, str]) -> None:
    own = {KEY_HEADER: client.key}
    assert await status(client, "/api/stories", **own) == 200
    assert await status(client, "/api/stories", **own, **headers) == 403
    assert await status(client, "/pictures?story=tides&path=x.png", **headers) == 403


@pytest.mark.parametrize("shown", ["", "wrong", "é"])
async def test_without_the_key_no_call_is_answered(client: DeskClient, shown: str) -> None:
    assert await status(client, "/api/stories", **{KEY_HEADER: shown}) == 403


async def test_a_link_from_elsewhere_opens_the_page_and_nothing_else(client: DeskClient) -> None:
    opened = {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate"}
    assert await status(client, "/", **opened) == 200
    assert await status(client, "/api/stories", **{KEY_HEADER: client.key}, **opened) == 403
    assert await status(client, "/", **{"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "cors"}) == 403


async def test_the_policy_lets_nothing_in_from_outside(client: DeskClient) -> None:
    async with client.session.get(client.url) as answer:
        policy = answer.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "http" not in policy


@pytest.mark.parametrize(
    "path", ["/desk/../desk.py", "/desk/%2e%2e/desk.py", "/kit/../../setup.py", "/desk/none.js"]
)
async def test_only_files_of_the_page_are_served(client: DeskClient, path: str) -> None:
    assert await status(client, path) == 404
    assert await status(client, "/kit/js/components.js") == 200


@pytest.mark.parametrize("story", ["..", "%2e%2e%2f", "none"])
async def test_nothing_outside_of_the_stories_is_read(client: DeskClient, story: str) -> None:
    await client.ask("GET", f"/api/stories/{story}/text?file=story.yaml", status=404)
    await client.ask("GET", "/api/stories/tides/text?file=../story.yaml", status=404)
    assert await status(client, "/pictures?story=tides&path=../../secret.png") == 404
