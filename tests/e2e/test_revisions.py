"""An author edits, withdraws and brings back a chapter that is out, while people read it."""

from __future__ import annotations

import pytest
from discord_sandbox.message_view import MessageView
from discord_sandbox.people.person import Person
from discord_sandbox.seed import ADMIN, CHAPTERS, READERS

from tests.e2e.processes import Stage, decorated, long_text, page_number, turn

pytestmark = pytest.mark.slow

STORY = "the-lamp"
TEXT = long_text(800)
ONE = "# The First Lamp\n\n" + TEXT
NEW_WORDS = "\n\n".join(" ".join(f"new{n}x{i}" for i in range(60)) + "." for n in range(9))
PAGE = {"page_length": 1000}


async def becomes_with(person: Person, post: MessageView, text: str) -> MessageView:
    """The post once it holds that text."""

    def found() -> MessageView | None:
        now = person.message(post)
        return now if text in now.text else None

    seen: MessageView = await person.state.until(found)
    return seen


def first_word(post: MessageView) -> str:
    return next(word for word in post.text.split() if word.startswith("word"))


async def test_a_post_is_revised_withdrawn_and_brought_back_in_place(stage: Stage) -> None:
    stage.configure(reading=PAGE)
    file = stage.story(STORY, ONE) / "chapters" / "001.md"
    admin, reader = stage.sandbox.person(ADMIN), stage.sandbox.person(READERS[0])
    async with stage.running():
        assert (await admin.invoke(CHAPTERS, "/subscribe", story=STORY, start="latest")).state == "done"
        post = await decorated(admin, CHAPTERS, "The First Lamp")
        third = await turn(reader, await turn(reader, post, "▶️"), "▶️")
        own = (await reader.press(post, "Read")).message
        second = (await reader.press(own, "▶️")).message
        word, own_second = first_word(third), first_word(second)
        own = (await reader.press(second, "◀️")).message

        note = "---\nrevision: {number: 1, note: A new beginning.}\n---\n"
        file.write_text(f"{note}# The First Lamp\n\n{NEW_WORDS}\n\n{TEXT}", encoding="utf-8")
        revised = await becomes_with(reader, post, "Revised: A new beginning.")
        assert word in revised.text
        assert page_number(revised)[0] > 3
        moved_on = (await reader.press(own, "▶️")).message
        assert own_second in moved_on.text, (
            "a reader opened before the change goes on in the text, not in the pages"
        )
        assert page_number(moved_on)[0] > 2

        file.write_text(f"---\ndraft: true\n---\n{ONE}", encoding="utf-8")
        withdrawn = await becomes_with(reader, post, "The author has withdrawn this chapter for now.")
        assert "word" not in withdrawn.text
        by_command = await reader.invoke(CHAPTERS, "/read", story=STORY)
        assert "The author has withdrawn this chapter for now." in by_command.text
        assert "withdrawn for now" in (await reader.invoke(CHAPTERS, "/story", story=STORY)).text

    async with stage.running():
        assert "withdrawn" in (await reader.invoke(CHAPTERS, "/read", story=STORY)).text
        file.write_text(ONE, encoding="utf-8")
        back = await becomes_with(reader, post, first_word(revised))
        assert page_number(back)[0] > 1
        assert first_word(moved_on) in (await reader.invoke(CHAPTERS, "/read", story=STORY)).text
    assert [each.id for each in admin.messages(CHAPTERS) if not each.private] == [post.id]
