"""What a newcomer does on the demo’s page, step by step; used by the tests, the screenshots and the moving picture."""

from __future__ import annotations

import asyncio
import re
import sys
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from pathlib import Path

from playwright.async_api import Locator, Page, expect

ROOT = Path(__file__).parents[2]
READER, AUTHOR, ADMIN = "Imke", "Ada Quill", "Mara Lind"
HINTS_CLOSED = "localStorage.setItem('fascicle-helper-closed', '1')"
"""The script that makes the page show no hints for newcomers."""
CLONE = (sys.executable, "-m", "bot")
"""The command of a clone, as `make demo` runs it."""
IDEA = "Somebody on the Hill remembers lighting the seventy-ninth lamp."

Moment = Callable[[str], Awaitable[None]]


@asynccontextmanager
async def demo(
    command: Sequence[str | Path] = (*CLONE, "demo"),
    folder: Path = ROOT,
    variables: Mapping[str, str] | None = None,
) -> AsyncIterator[str]:
    """The demo as a program of its own, at a free port; gives its address.

    `command` is run in `folder`, with the environment `variables`, or with that of the tests.
    """
    program = await asyncio.create_subprocess_exec(
        *command, "--port", "0", "--no-browser", "--every", "5 minutes",
        cwd=folder, env=variables, stdout=asyncio.subprocess.PIPE,
    )  # fmt: skip
    assert program.stdout is not None
    try:
        async with asyncio.timeout(60):
            async for line in program.stdout:
                if found := re.search(rb"http://\S+", line):
                    break
            else:
                raise AssertionError("the demo ended before it was ready")
        yield found[0].decode()
    finally:
        if program.returncode is None:
            program.terminate()
        await asyncio.wait_for(program.communicate(), 20)


async def pass_by(_name: str) -> None:
    """Do nothing at a moment."""


class Newcomer:
    """Somebody at the page. `moment(name)` is called at what is worth a look."""

    def __init__(self, page: Page, moment: Moment = pass_by) -> None:
        self.page = page
        self.moment = moment

    async def walk(self) -> None:
        """Everything, in order."""
        await self.read_suggest_decide()
        await self.hear_of_it()
        await self.subscribe()
        await self.read_privately()
        await self.park()
        await self.start_over()

    async def read_suggest_decide(self) -> None:
        """The first steps: a chapter is read, an idea is sent, and the idea is decided."""
        await self.be(READER)
        await self.read_a_chapter()
        await self.suggest()
        await self.decide()
        await self.moment("decided")

    # --- getting about -----------------------------------------------------------------------------------------------

    async def places(self) -> None:
        """Have the list of places on the screen; on a phone it is a drawer."""
        toggle = self.page.locator(".nav-toggle")
        if await toggle.is_visible() and await toggle.get_attribute("aria-expanded") == "false":
            await toggle.click()
        await expect(self.page.locator(".nav")).to_be_visible()

    async def go(self, name: str) -> None:
        """Open a channel."""
        await self.places()
        await self.page.locator(".place", has_text=name).first.click()
        await expect(self.page.locator("h1")).to_have_text(name)

    async def arrive(self, url: str) -> None:
        """Open the page and wait for the first chapter; the bot may not have posted it yet."""
        await self.page.goto(url)
        await self.go("chapters")
        await expect(self.page.locator("article.message").first).to_be_visible()

    async def be(self, name: str) -> None:
        """Be somebody else."""
        await self.places()
        await self.page.locator("#me").click()
        await self.page.locator(".person", has_text=name).click()
        await expect(self.page.locator("#me")).to_contain_text(name)
        await expect(self.page.locator("#say")).to_be_enabled()

    async def command(self, name: str) -> None:
        """Choose a command in the picker, by typing."""
        await self.page.locator("#say").click()
        await self.page.keyboard.type(f"/{name}")
        await expect(self.page.locator(".suggestions .option").first).to_contain_text(f"/{name}")
        await self.moment(f"picker-{name.replace(' ', '-')}")
        await self.page.keyboard.press("Enter")

    async def run(self) -> None:
        """Send the command."""
        await self.page.get_by_role("button", name="Run", exact=True).click()

    async def settle(self) -> None:
        """Wait until the page has come to rest: what was sent is drawn, and nothing moves."""
        await self.page.wait_for_timeout(500)

    async def scroll_to(self, target: Locator) -> None:
        """Have something on the screen, and the page at rest."""
        await target.scroll_into_view_if_needed()
        await self.settle()
        await expect(target).to_be_in_viewport()

    async def answer(self, words: str) -> None:
        """Wait for an answer that only this person sees."""
        last = self.page.locator("article.message.private").last
        await expect(last).to_contain_text(re.compile(words, re.I))

    # --- the steps ---------------------------------------------------------------------------------------------------

    async def read_a_chapter(self) -> None:
        """Turn the first chapter's pages to its end."""
        await self.go("chapters")
        chapter = self.page.locator("article.message").first
        footing = chapter.get_by_text(re.compile(r"Page \d+ of \d+"))
        await expect(footing).to_have_text(re.compile("Page 1 of"))
        await self.moment("chapter")
        last = int((await footing.inner_text()).split()[-1])
        assert last > 1
        turn = chapter.get_by_role("button", name="▶️")
        for number in range(2, last + 1):
            # The bot takes the press back when it has turned the page; a press at that very moment would be lost.
            await expect(turn).to_have_attribute("aria-pressed", "false")
            await turn.click()
            await expect(footing).to_have_text(f"Page {number} of {last}")
        await self.moment("last-page")

    async def suggest(self) -> None:
        """Make a suggestion through the command picker."""
        await self.command("suggest")
        await self.page.keyboard.type(IDEA)
        await self.moment("suggest")
        await self.run()
        await self.answer("thank you")
        await self.moment("suggested")

    async def decide(self) -> None:
        """As the author: find it in the queue and accept it."""
        await self.be(AUTHOR)
        await self.command("author queue")
        await self.run()
        await self.answer("seventy-ninth")
        await self.moment("queue")
        await self.page.get_by_role("button", name="Accept").last.click()
        await self.page.get_by_role("dialog").get_by_role("button", name="Submit").click()
        await self.answer("accepted")

    async def hear_of_it(self) -> None:
        """As the reader: the notice in the direct messages, once the author can no longer undo it."""
        for _ in range(10):
            await self.be(READER)
            if await self.page.locator(".place").filter(has_text="Fascicle").count():
                break
            await asyncio.sleep(2)
            await self.be(AUTHOR)
        await self.go("Fascicle")
        notice = self.page.locator("article.message").last
        await expect(notice).to_contain_text(re.compile("accepted"))
        await self.moment("notice")

    async def subscribe(self) -> None:
        """As the admin: another channel."""
        await self.be(ADMIN)
        await self.go("reading-room")
        await self.command("subscribe")
        await self.page.keyboard.type("lamp")
        options = self.page.locator(".option-field .option:visible")
        await expect(options).to_have_text(["The Lamplighters"])
        await self.moment("subscribe")
        await self.page.keyboard.press("Enter")
        await self.run()
        await self.answer("reading-room")

    async def read_privately(self) -> None:
        """As the reader: the private reader behind the Read button."""
        await self.be(READER)
        await self.go("chapters")
        await self.page.get_by_role("button", name="Read", exact=True).first.click()
        await self.answer(r"page \d+ of \d+")
        await self.moment("reader")

    async def park(self) -> None:
        """As the admin: the bot may not write any more, a chapter comes out, and the subscription says why it waits."""
        await self.be(ADMIN)
        await self.go("reading-room")
        await self.page.get_by_role("button", name="Behind the scenes").click()
        await self.page.get_by_role("tab", name="Make trouble").click()
        await self.page.get_by_role("switch", name="Write messages").click()
        await expect(self.page.locator("label", has_text="Write messages")).to_contain_text("no")
        await self.moment("trouble")
        await self.page.locator("#drawer").get_by_role("button", name="Close", exact=True).click()
        await self.page.get_by_role("button", name="Release it now").click()
        notice = self.page.locator(".toast", has_text="is out")
        await notice.get_by_role("button", name="Close this notice").click()
        await self.parked()
        await self.moment("parked")

    async def parked(self) -> None:
        """Ask for the subscriptions until the one here has stopped: the bot needs a moment to find out."""
        for _ in range(10):
            await self.command("subscriptions")
            await self.answer("subscriptions of this server")
            words = await self.page.locator("article.message.private").last.inner_text()
            if re.search(r"not allowed|permission|send messages", words, re.I):
                return
            await asyncio.sleep(1)
        raise AssertionError(f"the subscription goes on: {words}")

    async def start_over(self) -> None:
        """Have the demo begin anew, once it has asked: the story's first chapter is there, and nothing else."""
        direct = self.page.get_by_role("button", name="Start over")
        if await direct.is_visible():
            await direct.click()
        else:
            await self.page.get_by_role("button", name="More to do").click()
            await self.page.get_by_role("menuitem", name="Start over").click()
        dialog = self.page.get_by_role("dialog", name="Start over")
        await expect(dialog).to_contain_text("forgets everything")
        async with self.page.expect_event("load"):
            await dialog.get_by_role("button", name="Start over").click()
        await self.go("chapters")
        await expect(self.page.get_by_text(re.compile(r"Page 1 of \d+"))).to_have_count(1)
        await self.moment("started-over")
