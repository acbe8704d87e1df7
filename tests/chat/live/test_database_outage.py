"""What people meet while the database is away, and what the log keeps of them whatever goes wrong."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from discord_sandbox.seed import ADMIN, AUTHOR, CHAPTERS, READERS
from discord_sandbox.server import Sandbox
from sqlalchemy import event

from bot.store.database import Database
from bot.store.engine import circuit_breaker
from bot.store.engine.errors import DatabaseAway
from tests.chat.live.running_bot import living, sample
from tests.chat.live.test_submission import file_of
from tests.chat.samples import chapter
from tests.support.log_setup import bot_log

AWAY = "I can’t reach my database right now. Please try again in a minute."
AWAY_GERMAN = "Ich komme gerade nicht an meine Datenbank. Bitte versuch es in einer Minute noch einmal."


@contextmanager
def away(store: Database) -> Iterator[None]:
    """The database is found to be away, and stays so."""
    rest, circuit_breaker.REST = circuit_breaker.REST, 3600.0
    gates = (store._writes, store._reads)
    for each in gates:
        each.shut(DatabaseAway("it is locked by another program"))
    try:
        yield
    finally:
        circuit_breaker.REST = rest
        for each in gates:
            each._open()


async def test_everybody_hears_it_and_the_log_once(sandbox: Sandbox, store: Database) -> None:
    async with living(sandbox, store, sample(chapter("one"), chapter("two"))) as bot:
        admin, author, reader = (sandbox.person(each) for each in (ADMIN, AUTHOR, READERS[0]))
        await admin.invoke(CHAPTERS, "/subscribe", story="the-lamp", start="latest")
        await bot.work()
        post = await reader.sees(CHAPTERS, lambda seen: "⭐" in seen.reactions)
        form = await reader.press(post, "Suggest")
        another = await reader.invoke(CHAPTERS, "/suggest")
        with bot_log("info") as told, away(store):
            assert (await admin.invoke(CHAPTERS, "/subscriptions")).text == AWAY
            assert (await author.invoke(CHAPTERS, "/author queue", story="the-lamp")).text == AWAY
            assert (await reader.press(post, "Read")).text == AWAY
            assert await reader.autocomplete(CHAPTERS, "/read", "story", "") == []
            kept = await reader.submit(form, {"idea": "A storm, dear to me."})
            assert AWAY in kept.text
            assert await file_of(sandbox, kept.message) == "A storm, dear to me."
            reader.react(post, "⭐")
            reader.speak("de")
            assert AWAY_GERMAN in (await reader.submit(another, {"idea": "Ein Sturm."})).text
            assert (await reader.invoke(CHAPTERS, "/library")).text == AWAY_GERMAN
        assert "Traceback" not in told.getvalue()
        assert len(told.getvalue().splitlines()) <= 2
        reader.speak("en-GB")
        again = await reader.press(kept.message, "Edit")
        assert "number **1**" in (await reader.submit(again, {"idea": "A storm, dear to me."})).text


SECRET, NAME = "Let Mrs Merriweather drown in lamp oil", "Zephyrine"


async def test_nothing_of_people_is_in_the_log_at_debug_level(sandbox: Sandbox, store: Database) -> None:
    """An idea is sent, by form and by command; a statement fails that carries it."""
    with bot_log("debug") as told:
        async with living(sandbox, store, sample(chapter("one"))):
            sandbox.world.users[READERS[0]].username = NAME
            reader = sandbox.person(READERS[0])
            await reader.invoke(CHAPTERS, "/suggest", idea=f"{SECRET}, one")
            form = await reader.invoke(CHAPTERS, "/suggest")
            await reader.submit(form, {"idea": f"{SECRET}, two"})
            with _failing(store):
                failed = await reader.invoke(CHAPTERS, "/suggest", idea=f"{SECRET}, three")
                assert "Something went wrong" in failed.text
                form = await reader.invoke(CHAPTERS, "/suggest")
                await reader.submit(form, {"idea": f"{SECRET}, four"})
    said = told.getvalue()
    assert "failed, reference" in said, "the operator hears of it"
    assert "Traceback" in said
    assert "Merriweather" not in said
    assert NAME not in said
    assert str(READERS[0]) not in said
    tokens = list(sandbox.state.interactions._by_token)
    assert tokens
    for token in tokens:
        assert token not in said


@contextmanager
def _failing(store: Database) -> Iterator[None]:
    """Every idea that is entered violates a rule of the schema, with all that it carries."""
    engine = store._backend.writing.sync_engine

    @event.listens_for(engine, "before_cursor_execute", retval=True)
    def spoil(_c: object, _cursor: object, statement: str, parameters: object, *_: object) -> object:
        if statement.startswith("INSERT INTO suggestion "):
            statement = statement.replace("INSERT INTO suggestion ", "INSERT INTO suggestion_of_nobody ", 1)
        return statement, parameters

    try:
        yield
    finally:
        event.remove(engine, "before_cursor_execute", spoil)
