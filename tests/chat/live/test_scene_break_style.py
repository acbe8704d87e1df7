"""A story's scene breaks in channel, thread, private reader and preview; a change of style moves nothing."""

from __future__ import annotations

from discord_sandbox.message_view import MessageView
from discord_sandbox.seed import AUTHOR, CHAPTERS, READERS
from discord_sandbox.server import Sandbox

from bot.domain.stories.story import Serial
from bot.store.database import Database
from tests.chat.live.running_bot import Living, living, sample
from tests.chat.live.test_page_turns import subscribed
from tests.chat.samples import chapter


def styled(style: str) -> Serial:
    return sample(chapter("one", "One.\n\n***\n\nTwo."), scene_break=style)


def lines(seen: MessageView) -> list[str]:
    said = seen.text.splitlines()
    return said[said.index("One.") : said.index("Two.") + 1]


async def read(bot: Living, who: int) -> MessageView:
    return (await bot.sandbox.person(who).invoke(CHAPTERS, "/read", story="the-lamp")).message


async def test_the_style_of_now_is_drawn_and_a_change_of_it_edits_no_post(
    sandbox: Sandbox, store: Database
) -> None:
    async with living(sandbox, store, styled("~ ❖ ~")) as bot:
        post = await subscribed(bot)
        assert lines(post) == ["One.", r"\~ ❖ \~", "Two."]
        assert lines(await read(bot, READERS[0])) == ["One.", r"\~ ❖ \~", "Two."]

        await bot.revise(styled("# *"))
        [same] = [each for each in sandbox.person(READERS[0]).messages(CHAPTERS) if each.id == post.id]
        assert lines(same) == ["One.", r"\~ ❖ \~", "Two."]
        assert lines(await read(bot, READERS[1])) == ["One.", r"\# \*", "Two."]
        previewed = await bot.sandbox.person(AUTHOR).invoke(
            CHAPTERS, "/author preview", story="the-lamp", chapter="1"
        )
        assert lines(previewed.message) == ["One.", r"\# \*", "Two."]
        public = sandbox.person(READERS[2]).messages(CHAPTERS)
        assert [each.id for each in public if "Page 1" in each.text] == [post.id]
        assert sandbox.pings == []
