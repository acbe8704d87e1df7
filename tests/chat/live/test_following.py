"""Following from a post's end and a story's page, and finding stories in the library."""

from __future__ import annotations

from dataclasses import replace

from discord_sandbox.seed import CHAPTERS, READERS
from discord_sandbox.server import Sandbox

from bot.domain.stories.story import Author
from bot.store.database import Database
from tests.chat.live.running_bot import living, sample
from tests.chat.live.test_page_turns import subscribed
from tests.chat.samples import chapter


async def test_a_reader_follows_from_a_post_and_looks_through_the_library(
    sandbox: Sandbox, store: Database
) -> None:
    birds = sample(chapter("nest"), slug="birds", title="Birds")
    birds = replace(birds, story=replace(birds.story, tags=("wings",), authors=(Author("Bea"),)))
    async with living(sandbox, store, sample(chapter("one")), birds) as bot:
        reader = sandbox.person(READERS[0])
        post = await subscribed(bot)
        assert post.buttons == ["Read", "Suggest", "Follow"]
        followed = await reader.press(post, "Follow")
        assert followed.private
        assert followed.message.buttons == ["Unfollow", "What you follow"]
        assert "already" in (await reader.press(post, "Follow")).text
        mine = await reader.press(followed.message, "What you follow")
        assert mine.message.id == followed.message.id
        assert "🔔 The Lamp" in mine.text
        assert "Birds" not in mine.text

        form = await reader.press(mine.message, "Search")
        nothing = await reader.submit(form, search="wings")
        assert "Nothing fits “wings”" in nothing.text, "of what one follows"
        found = await reader.press(nothing.message, "All")
        assert "1 story fits “wings”" in found.text
        assert "Birds" in found.text
        about = await reader.choose(found.message, "Open a story…", "birds")
        assert "by Bea" in about.text
        back = await reader.press(about.message, "Library")
        assert "1 story fits “wings”" in back.text
        everything = await reader.press(back.message, "End the search")
        assert everything.text.index("The Lamp") < everything.text.index("Birds"), (
            "what one follows comes first"
        )

        page = await reader.invoke(CHAPTERS, "/story", story="the-lamp")
        ended = await reader.press(page.message, "Unfollow")
        assert ended.message.id == page.message.id
        assert "Follow" in ended.message.buttons
        assert "You follow it" not in ended.text
        assert "🔔" not in (await reader.invoke(CHAPTERS, "/library", search="lamp")).text
