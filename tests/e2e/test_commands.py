"""`fascicle demo` and `fascicle sandbox` as a newcomer runs them."""

from __future__ import annotations

import asyncio
import contextlib
import re
import signal
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any

import aiohttp
from discord_sandbox.seed import AUTHOR, CHAPTERS, READERS, bot_token

from tests.e2e.programs import ROOT, Program, Programs

Json = dict[str, Any]
MINUTE = 60.0


class Page:
    """What the sandbox's page asks of its server, as one person."""

    def __init__(self, http: aiohttp.ClientSession, person: int) -> None:
        self._http = http
        self._person = str(person)

    async def see(self, path: str) -> Json:
        """Look at something."""
        async with self._http.get(f"/sandbox/{path}", params={"as": self._person}) as response:
            assert response.status == 200, await response.text()
            return dict(await response.json())

    async def do(self, what: str, **how: Any) -> Json:
        """Do something, and wait for what comes of it."""
        body = {"as": self._person, "channel": str(CHAPTERS), "wait": 10, **how}
        async with self._http.post(f"/sandbox/{what}", json=body) as response:
            assert response.status == 200, await response.text()
            return dict(await response.json())

    async def sees(self, met: Callable[[str], bool]) -> Json:
        """Wait for a message in #chapters whose JSON, as text, is as wanted."""
        async with asyncio.timeout(MINUTE):
            while True:
                for message in (await self.see(f"channels/{CHAPTERS}/messages"))["messages"]:
                    if met(str(message)):
                        return dict(message)
                await asyncio.sleep(0.1)


@asynccontextmanager
async def pages(address: str, *people: int) -> AsyncIterator[list[Page]]:
    """The page at that address, open for these people."""
    async with aiohttp.ClientSession(address) as http:
        yield [Page(http, each) for each in people]


def address_in(program: Program) -> str:
    """The address that a program printed."""
    found = re.search(r"http://127\.0\.0\.1:\d+", program.out)
    assert found is not None, program.out
    return found[0]


async def test_the_demo_shows_a_serial_within_a_minute(programs: Programs) -> None:
    demo = await programs.start("demo", "--port", "0", "--no-browser", folder=ROOT)
    await demo.says("Fascicle is ready at http://127.0.0.1:")
    async with pages(address_in(demo), READERS[0], AUTHOR) as (reader, author):
        post = await reader.sees(lambda text: "Page 1 of " in text and "⭐" in text)
        await reader.do("react", message=post["id"], emoji="▶️")
        await reader.sees(lambda text: "Page 2 of " in text)
        await reader.do("invoke", command="suggest", options={"idea": "A lamp that talks back."})
        queue = await author.do("invoke", command="author queue", options={})
        assert queue["state"] == "done"
        shown = await author.sees(lambda text: "A lamp that talks back." in text)
        accept = next(each for each in buttons(shown) if each["label"] == "Accept…")
        pressed = await author.do("press", message=shown["id"], custom_id=accept["custom_id"])
        sent = await author.do("submit", interaction=pressed["id"], values={"answer": "Yes, please."})
        assert sent["state"] == "done"
        await author.sees(lambda text: "accepted" in text)
        for _ in range(2):
            post = await starts_over(reader, post["id"])
    assert await demo.stop(signal.SIGINT) == 0
    assert demo.err == ""


async def starts_over(reader: Page, old: str) -> Json:
    """Have the demo begin anew: the first chapter comes again, at its first page, and nobody has said a thing."""
    said = await reader.do("actions/start-over")
    assert "starts over" in said["text"]
    async with asyncio.timeout(MINUTE):
        while True:
            with contextlib.suppress(aiohttp.ClientConnectionError):
                messages = (await reader.see(f"channels/{CHAPTERS}/messages"))["messages"]
                if messages and all(each["id"] != old for each in messages):
                    break
            await asyncio.sleep(0.1)
    post = await reader.sees(lambda text: "Page 1 of " in text and "⭐" in text)
    assert (await reader.see("upcoming"))["upcoming"][0]["title"] == "The Count"
    assert {each["name"] for each in (await reader.see("actions"))["actions"]} == {"release", "start-over"}
    return post


def buttons(tree: Any) -> list[Json]:
    """The labelled buttons in a message."""
    found = [each for each in tree.get("components", []) if each.get("label") and "custom_id" in each]
    return found + [button for each in tree.get("components", []) for button in buttons(each)]


async def test_the_sandbox_alone_tells_how_to_reach_it(programs: Programs) -> None:
    sandbox = await programs.start("sandbox", "--port", "0")
    await sandbox.says("Ctrl-C")
    told = dict(re.findall(r"^(\w+) +(\S+)$", sandbox.out, re.MULTILINE))
    assert told["API"] == f"{told['page']}/api/v10"
    assert told["token"] == bot_token()
    async with aiohttp.ClientSession(headers={"Authorization": f"Bot {told['token']}"}) as http:
        async with http.get(f"{told['API']}/users/@me") as response:
            assert (await response.json())["username"] == "fascicle"
        async with http.get(told["page"]) as response:
            assert response.status == 200
    taken = told["page"].rpartition(":")[2]
    code, second = await programs.run("sandbox", "--port", taken)
    assert code == 2
    assert len(second.lines) == 1
    assert await sandbox.stop(signal.SIGINT) == 0
    assert sandbox.err == ""
