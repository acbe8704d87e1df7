"""A sandbox, a folder of stories, a database, and `fascicle run` among them."""

from __future__ import annotations

import asyncio
import re
import socket
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

import yaml
from discord_sandbox.message_view import MessageView
from discord_sandbox.people.person import Person
from discord_sandbox.seed import AUTHOR
from discord_sandbox.server import Sandbox
from sqlalchemy import Row
from sqlalchemy.ext.asyncio import create_async_engine

from bot.store.tables import metadata
from tests.e2e.programs import ROOT, Program, Programs, answers_200

OPENAPI = ROOT / "../shared/discord/openapi.json"
SAMPLE = ROOT / "content" / "the-lamplighters"

_POLL = 0.05
_PATIENCE = 10.0

Rows = dict[str, list[Row[Any]]]


def free_port() -> int:
    """A port of loopback that nobody has just now."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])


class Stage:
    """Everything around the bot. `start` starts it; what it keeps is in the database at `database`."""

    def __init__(self, sandbox: Sandbox, programs: Programs, folder: Path, database: str) -> None:
        self.sandbox = sandbox
        self.programs = programs
        self.folder = folder
        self.database = database
        self.content = folder / "content"
        self.config = folder / "config.yaml"
        self.port = free_port()
        self.content.mkdir(exist_ok=True)

    @property
    def health(self) -> str:
        """Where the bot tells how it is."""
        return f"http://127.0.0.1:{self.port}"

    def configure(self, **more: Mapping[str, Any]) -> None:
        """Write config.yaml; `more` are sections, whose keys replace or join those that are always there."""
        settings: dict[str, dict[str, Any]] = {
            "discord": {"api_url": self.sandbox.api_url, "gateway_url": self.sandbox.gateway_url},
            "database": {"url": self.database},
            "content": {"path": str(self.content)},
            "suggestions": {"cooldown": "0 seconds", "undo": "1 second"},
            "http": {"port": self.port},
        }
        for section, keys in more.items():
            settings[section] = {**settings.get(section, {}), **keys}
        self.config.write_text(yaml.safe_dump(settings), encoding="utf-8")

    def story(
        self, slug: str, *chapters: str, release: Mapping[str, Any] | None = None, **about: Any
    ) -> Path:
        """Write a story by the sandbox's author; all its chapters are out from the start unless `release` says
        otherwise. Returns its folder."""
        folder = self.content / slug
        (folder / "chapters").mkdir(parents=True)
        given = {
            "title": slug.replace("-", " ").title(),
            "authors": [{"name": "Ada Quill", "discord": AUTHOR}],
            "release": dict(release) if release is not None else {"backlog": len(chapters)},
        }
        (folder / "story.yaml").write_text(yaml.safe_dump(given | about), encoding="utf-8")
        for number, text in enumerate(chapters, 1):
            (folder / "chapters" / f"{number:03}.md").write_text(text, encoding="utf-8")
        return folder

    async def begin(self, **environ: str) -> Program:
        """Start `fascicle run` without waiting for anything, with `environ` in its environment."""
        if not self.config.exists():
            self.configure()
        return await self.programs.start(
            "run", "-c", "config.yaml", DISCORD_TOKEN=self.sandbox.bot_token, **environ
        )

    async def start(self, **environ: str) -> Program:
        """Start `fascicle run`, and wait until it serves and its commands are there."""
        program = await self.begin(**environ)
        await answers_200(f"{self.health}/readyz", program)
        await self.sandbox.until(lambda: list(self.sandbox.commands.everywhere()))
        return program

    @asynccontextmanager
    async def running(self) -> AsyncIterator[Program]:
        """A bot that serves; at the end it is told to stop, and does."""
        program = await self.start()
        yield program
        assert await program.stop() == 0

    async def rows(self, *tables: str) -> Rows:
        """All that the database holds in these tables (none: in all)."""
        engine = create_async_engine(self.database)
        try:
            async with engine.connect() as connection:
                return {
                    table.name: list(await connection.execute(table.select()))
                    for table in metadata.sorted_tables
                    if not tables or table.name in tables
                }
        finally:
            await engine.dispose()


async def becomes(looked: Callable[[], Awaitable[Any]], wanted: Any) -> None:
    """Wait until a look finds what is wanted.

    Raises:
        AssertionError: it did not in time.
    """
    found = None
    try:
        async with asyncio.timeout(_PATIENCE):
            while True:
                found = await looked()
                if found == wanted:
                    return
                await asyncio.sleep(_POLL)
    except TimeoutError:
        raise AssertionError(f"{found!r} never became {wanted!r}") from None


def long_text(words: int, start: int = 1, every: int = 60) -> str:
    """Numbered words in paragraphs."""
    numbers = range(start, start + words)
    return "\n\n".join(
        " ".join(f"word{n}" for n in numbers[at : at + every]) + "." for at in range(0, words, every)
    )


# --- what people see and do ------------------------------------------------------------------------------------------


def page_number(post: MessageView) -> tuple[int, int]:
    """`Page 2 of 7` as (2, 7).

    Raises:
        AssertionError: it is no page of a chapter.
    """
    found = re.search(r"^-# Page (\d+) of (\d+)$", post.text, re.MULTILINE)
    assert found is not None, post.text
    return int(found[1]), int(found[2])


def sent_at(post: MessageView) -> datetime:
    """When a message was sent."""
    return datetime.fromisoformat(post.data["timestamp"])


def chapter_posts(person: Person, channel: int) -> list[MessageView]:
    """The public chapter posts of a channel, oldest first."""
    return [each for each in person.messages(channel) if "-# Page " in each.text and not each.private]


async def decorated(person: Person, channel: int, text: str) -> MessageView:
    """A chapter post with that text, once its controls are there."""
    return await person.sees(channel, lambda seen: text in seen.text and "⭐" in seen.reactions)


async def turn(reader: Person, post: MessageView, emoji: str) -> MessageView:
    """Turn a post by reaction as soon as the bot has taken the last one back; the post with its other page."""
    before, _ = page_number(reader.message(post))
    await reader.state.until(lambda: not reader.message(post).own_reactions)
    reader.react(post, emoji)

    def turned() -> MessageView | None:
        now = reader.message(post)
        return now if page_number(now)[0] != before else None

    found: MessageView = await reader.state.until(turned)
    return found


_COMPONENT_TEXT = 10


def story_text(post: MessageView) -> str:
    """The page's own words: the post's texts without its head, its foot and the author's question below that."""
    (container,) = (each for each in post.data["components"] if "components" in each)
    texts = [each["content"] for each in container["components"] if each["type"] == _COMPONENT_TEXT]
    assert texts[0].startswith("-# "), "the head names the story"
    foot = next((at for at, text in enumerate(texts) if at and "-# Page " in text), None)
    assert foot is not None, "the foot has the page's number"
    return "\n".join(
        line for text in texts[1:foot] for line in text.splitlines() if not line.startswith("-# ")
    )


def spoken_words(markdown: str) -> list[str]:
    """The words of a text with its markup taken away, as a reader would read them aloud."""
    without_pictures = re.sub(r"!\[[^]]*]\([^)]*\)", " ", markdown)
    without_rules = re.sub(r"(?m)^ *(?:\*{3,}|-{3,}|_{3,}|⁂) *$", " ", without_pictures)
    return re.sub(r"[*_~|>#\\`]", "", without_rules).split()


def words_of_chapter(file: Path) -> list[str]:
    """The words of a chapter's file: the note before it, its text, the note after it."""
    _, front, text = file.read_text(encoding="utf-8").split("---\n", 2)
    about = yaml.safe_load(front)
    return spoken_words("\n\n".join([about.get("note_before", ""), text, about.get("note_after", "")]))
