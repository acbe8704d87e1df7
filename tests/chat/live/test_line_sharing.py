"""Readers share a line: a picture that only they see, then a post that gives nothing away where it stands."""

from __future__ import annotations

from typing import Any

from discord_sandbox.discord_objects import Overwrite
from discord_sandbox.message_view import InteractionOutcome, MessageView
from discord_sandbox.people.observer import Place
from discord_sandbox.people.person import Person
from discord_sandbox.permissions import Permission
from discord_sandbox.seed import CHAPTERS, GUILD, READERS
from discord_sandbox.server import Sandbox

from bot.store.database import Database
from tests.chat.live.running_bot import living, sample
from tests.chat.samples import chapter

LINE = "Nobody put it out."
FOREIGN = "نهاية القصة"
ONE = f"“You came back,” she *said*.\n\n{LINE} It burned. It went on burning.\n\n{FOREIGN}."


async def preview(reader: Person, number: str, paragraph: str, place: Place = CHAPTERS) -> MessageView:
    """The picture of a paragraph, from the private reader on."""
    opened = await reader.invoke(place, "/read", story="the-lamp", chapter=number)
    asked = await reader.press(opened.message, "Share a line")
    assert asked.private
    options = asked.message.control("share-pick:")["options"]
    value = next(each["value"] for each in options if paragraph in each["label"])
    shown = await changed(reader, await reader.choose(asked.message, "share-pick:", value), place, paragraph)
    assert shown.private
    return shown


async def changed(reader: Person, outcome: InteractionOutcome, place: Place, *words: str) -> MessageView:
    """The message after its answer, which is sent after the picture was drawn."""
    assert outcome.message is not None
    return await reader.sees(
        place,
        lambda seen: (
            seen.id == outcome.message.id
            and "Post here" in seen.buttons
            and all(w in said(seen) for w in words)
        ),
    )


def said(message: MessageView) -> str:
    """What a message says, in text or in its picture."""
    shown = pictures(message)
    return f"{message.text} {shown[0]['description'] if shown else ''}"


def pictures(message: MessageView) -> list[dict[str, Any]]:
    """The pictures of a message, as its gallery has them."""
    boxes = message.data["components"]
    return [each["items"][0] for box in boxes for each in box.get("components", []) if each["type"] == 12]


def picture(message: MessageView) -> dict[str, Any]:
    """The picture of a message."""
    (one,) = pictures(message)
    return one


async def test_a_line_is_shortened_and_posted_with_a_way_to_read_on(
    sandbox: Sandbox, store: Database
) -> None:
    async with living(sandbox, store, sample(chapter("one", ONE), chapter("two", "Later it rained."))):
        reader, other = sandbox.person(READERS[0]), sandbox.person(READERS[1])
        shown = await preview(reader, "1", LINE)
        assert picture(shown)["description"] == f"{LINE} It burned. It went on burning."
        assert "Only you see this" in shown.text
        await reader.choose(shown, "share-cut:", "0")
        cut = await reader.sees(CHAPTERS, lambda seen: seen.id == shown.id and said(seen).endswith(LINE))
        await reader.press(cut, "Post here")
        await reader.sees(CHAPTERS, lambda seen: seen.id == shown.id and seen.text.startswith("Posted"))
        post = await other.sees(CHAPTERS, lambda seen: "shared by" in seen.text)
        assert f"<@{READERS[0]}>" in post.text
        assert not post.data["mentions"]
        assert picture(post)["description"] == LINE
        assert not picture(post)["spoiler"], "the first chapter gives nothing away"
        read = await other.press(post, "Read")
        assert read.private
        assert LINE in read.text
        again = await reader.press(await preview(reader, "1", LINE), "Post here")
        assert "One line at a time" in again.text
        written = await preview(other, "1", FOREIGN)
        assert "draw this line as a picture" in written.text
        await other.press(written, "Post here")
        text = await reader.sees(CHAPTERS, lambda seen: not seen.private and FOREIGN in seen.text)
        assert "by Ada Quill" in text.text


async def test_it_is_a_spoiler_where_the_channel_is_not_there_yet_and_kept_out_where_one_may_not_write(
    sandbox: Sandbox, store: Database
) -> None:
    chapters = [chapter("one", ONE), chapter("two", "Later it rained.")]
    async with living(sandbox, store, sample(*chapters)) as bot:
        reader, other = sandbox.person(READERS[0]), sandbox.person(READERS[1])
        shown = await preview(reader, "2", "Later")
        assert "as a spoiler" in shown.text
        assert not picture(shown)["spoiler"]
        await reader.press(shown, "Post here")
        post = await other.sees(CHAPTERS, lambda seen: "shared by" in seen.text)
        assert picture(post)["spoiler"]
        assert "Later" not in post.text
        stale = await preview(other, "2", "Later")
        await bot.revise(sample(chapters[0], chapter("two", "Later it snowed.")))
        refused = await other.press(stale, "Post here")
        assert "has changed since then" in refused.text
        sandbox.world.channel(CHAPTERS).overwrites[GUILD] = Overwrite(
            GUILD, 0, allow=0, deny=Permission.SEND_MESSAGES
        )
        refused = await other.press(await preview(other, "1", LINE), "Post here")
        assert "you need these permissions there yourself: Send Messages" in refused.text
