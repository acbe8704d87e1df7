"""A desk over a content folder of its own, and a client that has opened its page."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio
from aiohttp import ClientSession

from bot.clock import ManualClock
from bot.desk.desk import Desk
from bot.desk.desk_server import DeskServer
from bot.desk.request_guard import KEY_HEADER

NOW = datetime(2026, 12, 1, 12, tzinfo=UTC)
SLUG = "tides"


@dataclass
class DeskClient:
    """A page that is open: it has the key."""

    url: str
    session: ClientSession
    key: str = ""

    async def open(self) -> str:
        """Get the page and its key."""
        async with self.session.get(self.url) as answer:
            page = await answer.text()
        found = re.search(r'name="desk-key" content="([^"]+)"', page)
        assert found is not None
        self.key = found[1]
        return page

    async def ask(self, method: str, path: str, *, status: int = 200, **body: Any) -> Any:
        """Send a request as the page does; return the JSON of the answer, which must have that status."""
        kwargs = {"json": body} if body else {}
        async with self.session.request(
            method, self.url + path, headers={KEY_HEADER: self.key}, **kwargs
        ) as answer:
            read = await answer.json()
            assert answer.status == status, read
            return read

    async def text(self, file: str) -> Any:
        """Get a chapter's saved text, its version and its draft."""
        return await self.ask("GET", f"/api/stories/{SLUG}/text?file={file}")

    async def files(self) -> list[str]:
        """Get the files of the chapters in order."""
        return [one["file"] for one in (await self.ask("GET", f"/api/stories/{SLUG}"))["chapters"]]


@pytest.fixture
def content(tmp_path: Path) -> Path:
    """A content folder with one story of three chapters."""
    chapters = tmp_path / "content" / SLUG / "chapters"
    chapters.mkdir(parents=True)
    story = (
        "# My own remark.\ntitle: The Tides\nrelease:\n"
        "  schedule: tue, fri at 18:00\n  timezone: Europe/London\n"
    )
    (chapters.parent / "story.yaml").write_text(story, encoding="utf-8")
    for number, name in enumerate(("neap", "making", "spring"), 1):
        text = f"---\ntitle: {name.title()} Tide\n---\nThe water was {name}.\n"
        (chapters / f"{number:03}-{name}.md").write_text(text, encoding="utf-8")
    return tmp_path / "content"


@pytest_asyncio.fixture
async def client(content: Path) -> AsyncIterator[DeskClient]:
    """The open page of a desk over that folder."""
    desk = Desk.open(content, ManualClock(NOW), page_length=3200)
    async with DeskServer(desk, port=0) as server, ClientSession() as session:
        client = DeskClient(server.url, session)
        await client.open()
        yield client
