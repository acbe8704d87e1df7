"""Interactions by hand: the three seconds, the fifteen minutes, and every kind of answer."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from discord_sandbox import seed
from discord_sandbox.clock import ManualClock
from discord_sandbox.errors import ApiError
from discord_sandbox.gateway import intents as table
from discord_sandbox.interactions.interaction import Interaction
from discord_sandbox.interactions.option_values import WrongInput
from discord_sandbox.operations import channels, guilds
from discord_sandbox.permissions import P
from discord_sandbox.server import Sandbox

from .bare_client import Answer, Api, Gateway

COMMANDS = f"/applications/{seed.BOT}/commands"
STRING, INTEGER, CHANNEL = 3, 4, 7
TELL = {
    "name": "tell",
    "description": "Tells.",
    "options": [
        {
            "type": STRING,
            "name": "what",
            "description": "w",
            "required": True,
            "max_length": 10,
            "autocomplete": True,
        },
        {"type": INTEGER, "name": "times", "description": "t", "min_value": 1, "max_value": 3},
        {"type": CHANNEL, "name": "where", "description": "w", "channel_types": [0]},
    ],
}
AUTHOR = {
    "name": "author",
    "description": "For authors.",
    "options": [
        {"type": 1, "name": "queue", "description": "Q."},
        {
            "type": 2,
            "name": "board",
            "description": "B.",
            "options": [{"type": 1, "name": "show", "description": "S."}],
        },
    ],
}
FORM = {
    "custom_id": "form",
    "title": "Idea",
    "components": [
        {"type": 18, "label": "Idea", "component": {"type": 4, "custom_id": "idea", "style": 2, "min_length": 3}},
        {"type": 18, "label": "Story", "component": {"type": 3, "custom_id": "story", "required": False, "options": [
            {"label": "A", "value": "a"}, {"label": "B", "value": "b"}]}},
    ],
}  # fmt: skip


class Bot:
    """A bot that answers by hand."""

    def __init__(self, api: Api) -> None:
        self.api = api

    async def answer(self, one: Interaction, kind: int, data: Any = None, **more: Any) -> Answer:
        path = f"/interactions/{one.id}/{one.token}/callback"
        return await self.api("POST", path, {"type": kind, "data": data}, auth=False, **more)

    async def webhook(self, method: str, one: Interaction, rest: str = "", body: Any = None) -> Answer:
        return await self.api(method, f"/webhooks/{seed.BOT}/{one.token}{rest}", body, auth=False)


@pytest.fixture
async def bot(api: Api) -> Bot:
    assert (await api("PUT", COMMANDS, [TELL, AUTHOR])).status == 200
    return Bot(api)


def call(sandbox: Sandbox, who: str = "Imke", **options: Any) -> Interaction:
    return sandbox.person(who).begin("chapters", "/tell", {"what": "x"} | options)


async def test_what_the_bot_is_told(bot: Bot, gateway: Gateway, sandbox: Sandbox) -> None:
    socket, _ = await gateway.identify(table.GUILDS)
    call(sandbox, times=2, where=str(seed.WELCOME))
    told = (await socket.event("INTERACTION_CREATE"))["d"]
    assert [each["value"] for each in told["data"]["options"]] == ["x", 2, str(seed.WELCOME)]
    assert told["data"]["resolved"]["channels"][str(seed.WELCOME)]["name"] == "welcome"
    assert told["member"]["user"]["id"] == str(seed.READERS[0])
    assert int(told["app_permissions"]) & P.SEND_MESSAGES
    assert (told["context"], told["authorizing_integration_owners"]) == (0, {"0": str(seed.GUILD)})


async def test_subcommands_nest(bot: Bot, sandbox: Sandbox) -> None:
    one = sandbox.person("Imke").begin("chapters", "/author board show", {})
    assert one.data["options"] == [
        {"type": 2, "name": "board", "options": [{"type": 1, "name": "show", "options": []}]}
    ]
    assert sandbox.person("Imke").commands("chapters") == ["tell", "author queue", "author board show"]


@pytest.mark.parametrize(
    "options",
    [{}, {"what": "x" * 11}, {"what": "x", "times": 4}, {"what": "x", "times": "many"},
     {"what": "x", "where": str(seed.SERIALS)}, {"what": "x", "where": "1"}, {"what": "x", "other": 1}],
)  # fmt: skip
async def test_what_a_client_does_not_send(bot: Bot, sandbox: Sandbox, options: dict[str, Any]) -> None:
    with pytest.raises(WrongInput):
        sandbox.person("Imke").begin("chapters", "/tell", options)


async def test_a_private_answer_is_seen_by_one(bot: Bot, sandbox: Sandbox) -> None:
    one = call(sandbox)
    answer = await bot.answer(one, 4, {"content": "psst", "flags": 64}, params={"with_response": "true"})
    assert answer.body["resource"]["message"]["content"] == "psst"
    assert answer.body["interaction"]["response_message_ephemeral"] is True
    imke, ada = sandbox.person("Imke"), sandbox.person("Ada Quill")
    seen = imke.last("chapters")
    assert seen is not None
    assert (seen.text, seen.private) == ("psst", True)
    assert ada.last("chapters") is None
    imke.dismiss(seen)
    assert imke.last("chapters") is None
    assert (await bot.webhook("GET", one, "/messages/@original")).code == 10008


async def test_three_seconds(bot: Bot, sandbox: Sandbox, clock: ManualClock) -> None:
    in_time, late = call(sandbox), call(sandbox)
    clock.advance(timedelta(seconds=3))
    assert (await bot.answer(in_time, 4, {"content": "x"})).status == 204
    clock.advance(timedelta(milliseconds=1))
    sandbox.tick()
    assert (late.state, late.error) == ("failed", "The application did not respond")
    refused = await bot.answer(late, 4, {"content": "x"})
    assert (refused.status, refused.code) == (404, 10062)


async def test_answering_twice(bot: Bot, sandbox: Sandbox) -> None:
    one = call(sandbox)
    assert (await bot.answer(one, 4, {"content": "x"})).status == 204
    again = await bot.answer(one, 4, {"content": "x"})
    assert (again.status, again.code) == (400, 40060)


async def test_a_faulty_answer_leaves_the_interaction_open(bot: Bot, sandbox: Sandbox) -> None:
    one = call(sandbox)
    assert (await bot.answer(one, 4, {"content": "x" * 2001})).code == 50035
    assert (await bot.answer(one, 4, {"content": "x"})).status == 204


@pytest.mark.parametrize("how", ["edit", "follow up"])
async def test_thinking_ends_with_the_first_words(bot: Bot, sandbox: Sandbox, how: str) -> None:
    one = call(sandbox)
    assert (await bot.answer(one, 5, {"flags": 64})).status == 204
    imke = sandbox.person("Imke")
    seen = imke.last("chapters")
    assert seen is not None
    assert (seen.thinking, seen.private, one.state) == (True, True, "thinking")
    if how == "edit":
        said = await bot.webhook("PATCH", one, "/messages/@original", {"content": "done"})
    else:
        said = await bot.webhook("POST", one, "", {"content": "done"})
    assert said.body["id"] == str(seen.id)
    assert imke.message(seen).text == "done"
    assert not imke.message(seen).thinking
    assert one.state == "done"


async def test_follow_ups_and_fifteen_minutes(bot: Bot, sandbox: Sandbox, clock: ManualClock) -> None:
    one = call(sandbox)
    assert (await bot.webhook("POST", one, "", {"content": "too early"})).code == 10015
    await bot.answer(one, 4, {"content": "first"})
    second = await bot.webhook("POST", one, "", {"content": "second", "flags": 64})
    changed = await bot.webhook("PATCH", one, f"/messages/{second.body['id']}", {"content": "changed"})
    assert changed.body["content"] == "changed"
    assert changed.body["flags"] & 64, "private stays private"
    clock.advance(timedelta(minutes=15, seconds=1))
    sandbox.tick()
    assert (await bot.webhook("POST", one, "", {"content": "late"})).code == 50027
    await bot.api("GET", "/users/@me")
    clock.advance(timedelta(minutes=15))
    sandbox.tick()
    assert (await bot.webhook("POST", one, "", {"content": "late"})).code == 10015


async def test_thinking_for_ever_fails(bot: Bot, sandbox: Sandbox, clock: ManualClock) -> None:
    one = call(sandbox)
    await bot.answer(one, 5)
    clock.advance(timedelta(minutes=15))
    sandbox.tick()
    assert one.state == "failed"


async def test_buttons_and_menus(bot: Bot, sandbox: Sandbox) -> None:
    menu = {"type": 3, "custom_id": "menu", "options": [{"label": "A", "value": "a"}], "placeholder": "Pick"}
    off = {"type": 2, "style": 1, "label": "Off", "custom_id": "off", "disabled": True}
    press = {"type": 2, "style": 1, "label": "Press", "custom_id": "press"}
    rows = [{"type": 1, "components": [press, off]}, {"type": 1, "components": [menu]}]
    await bot.api.send(seed.CHAPTERS, {"content": "x", "components": rows})
    imke = sandbox.person("Imke")
    seen = imke.last("chapters")
    assert seen is not None
    assert seen.buttons == ["Press", "Off"]
    one = imke.begin_press(seen.channel_id, seen.id, "press")
    assert (await bot.answer(one, 7, {"content": "pressed", "components": []})).status == 204
    assert imke.message(seen).content == "pressed"
    assert (await bot.webhook("GET", one, "/messages/@original")).body["content"] == "pressed"
    with pytest.raises(WrongInput):
        imke.begin_press(seen.channel_id, seen.id, "press")
    await bot.api.send(seed.CHAPTERS, {"content": "x", "components": rows})
    seen = imke.last("chapters")
    assert seen is not None
    for wrong in ([], ["b"], ["a", "a"]):
        with pytest.raises(WrongInput):
            imke.begin_press(seen.channel_id, seen.id, "menu", wrong)
    with pytest.raises(WrongInput):
        imke.begin_press(seen.channel_id, seen.id, "off")
    chosen = imke.begin_press(seen.channel_id, seen.id, "menu", ["a"])
    assert chosen.data["values"] == ["a"]
    assert (await bot.answer(chosen, 6)).status == 204
    follow = await bot.webhook("POST", chosen, "", {"content": "noted", "flags": 64})
    assert follow.body["content"] == "noted"


async def test_forms(bot: Bot, sandbox: Sandbox) -> None:
    one = call(sandbox)
    assert (await bot.answer(one, 9, FORM)).status == 204
    assert one.state == "form"
    imke = sandbox.person("Imke")
    with pytest.raises(WrongInput) as caught:
        imke.begin_submit(one.id, {"idea": "no", "story": ["c"]})
    assert set(caught.value.fields) == {"idea", "story"}
    sent = imke.begin_submit(one.id, {"idea": "a lamp", "story": ["b"]})
    labels = sent.data["components"]
    assert labels[0]["component"]["value"] == "a lamp"
    assert labels[1]["component"]["values"] == ["b"]
    assert (await bot.answer(sent, 9, FORM)).code == 50035, "a form does not answer a form"
    assert (await bot.answer(sent, 7, {"content": "x"})).code == 50035, "there is no message to change"
    assert (await bot.answer(sent, 4, {"content": "thanks"})).status == 204
    with pytest.raises(WrongInput):
        imke.begin_submit(one.id, {"idea": "again"})


@pytest.mark.parametrize(
    "change",
    [{"title": "x" * 46}, {"components": []}, {"components": [FORM["components"][0]] * 6}, {"custom_id": "x" * 101},
     {"components": [FORM["components"][0]] * 2}],
)  # fmt: skip
async def test_forms_that_discord_refuses(bot: Bot, sandbox: Sandbox, change: dict[str, Any]) -> None:
    assert (await bot.answer(call(sandbox), 9, FORM | change)).code == 50035


async def test_autocomplete(bot: Bot, sandbox: Sandbox) -> None:
    one = sandbox.state.invocations.call(
        seed.AUTHOR, sandbox.world.channel(seed.CHAPTERS), "/tell", {"what": "la"}, focused="what"
    )
    assert one.data["options"] == [{"type": STRING, "name": "what", "value": "la", "focused": True}]
    assert (await bot.answer(one, 4, {"content": "x"})).code == 50035
    many = [{"name": str(number), "value": str(number)} for number in range(26)]
    assert (await bot.answer(one, 8, {"choices": many})).code == 50035
    assert (await bot.answer(one, 8, {"choices": many[:25]})).status == 204
    assert one.choices is not None
    assert len(one.choices) == 25


async def test_where_a_command_can_be_called(bot: Bot, sandbox: Sandbox) -> None:
    only = {"description": "x", "integration_types": [0, 1]}
    restricted = only | {
        "name": "managed",
        "default_member_permissions": str(int(P.MANAGE_GUILD)),
        "contexts": [0],
    }
    adult = only | {"name": "adult", "nsfw": True}
    await bot.api("PUT", COMMANDS, [restricted, adult, only | {"name": "free"}])
    imke, mara = sandbox.person("Imke"), sandbox.person("Mara Lind")
    assert imke.commands("chapters") == ["free"]
    assert mara.commands("chapters") == ["managed", "free"]
    assert imke.commands("after-dark") == ["adult", "free"]
    assert imke.commands(imke.dm()) == ["adult", "free"]
    guilds.leave(sandbox.world, sandbox.world.guild(seed.GUILD), seed.BOT)
    assert imke.commands("chapters") == []
    imke.install_app()
    assert imke.commands("chapters") == ["free"]
    channels.allow(
        sandbox.world, sandbox.world.channel(seed.CHAPTERS), imke.id, P.USE_APPLICATION_COMMANDS, False
    )
    assert imke.commands("chapters") == []


async def test_a_user_installed_app_follows_up_five_times_and_in_private(bot: Bot, sandbox: Sandbox) -> None:
    await bot.api("PUT", COMMANDS, [{"name": "free", "description": "x", "integration_types": [1]}])
    guilds.leave(sandbox.world, sandbox.world.guild(seed.GUILD), seed.BOT)
    imke = sandbox.person("Imke")
    imke.install_app()
    channels.allow(sandbox.world, sandbox.world.channel(seed.CHAPTERS), imke.id, P.USE_EXTERNAL_APPS, False)
    sandbox.limits.on = False
    one = imke.begin("chapters", "/free", {})
    await bot.answer(one, 4, {"content": "hello"})
    seen = imke.last("chapters")
    assert seen is not None
    assert seen.private
    codes = [(await bot.webhook("POST", one, "", {"content": "x"})).code for _ in range(6)]
    assert codes == [None] * 5 + [40094]


@pytest.mark.parametrize(
    "command",
    [
        {"name": "Big", "description": "x"},
        {"name": "two words", "description": "x"},
        {"name": "x" * 33, "description": "x"},
        {"name": "x"},
        {"name": "x", "description": "x" * 101},
        {
            "name": "x",
            "description": "x",
            "options": [TELL["options"][0] | {"name": f"n{n}"} for n in range(26)],
        },
        {"name": "x", "description": "x", "options": [TELL["options"][1], TELL["options"][0]]},
        {"name": "x", "description": "x", "options": [AUTHOR["options"][0], TELL["options"][1]]},
        {"name": "x", "description": "x", "options": [TELL["options"][1], TELL["options"][1]]},
    ],
)
async def test_commands_that_discord_refuses(api: Api, command: dict[str, Any]) -> None:
    assert (await api("POST", COMMANDS, command)).code == 50035


async def test_commands_keep_their_ids(api: Api) -> None:
    first = (await api("POST", COMMANDS, TELL)).body
    again = await api("POST", COMMANDS, TELL)
    assert (again.status, again.body["id"]) == (200, first["id"])
    replaced = (await api("PUT", COMMANDS, [AUTHOR, TELL])).body
    assert [each["id"] == first["id"] for each in replaced] == [False, True]
    assert (await api("DELETE", f"{COMMANDS}/{first['id']}")).status == 204
    assert (await api("GET", f"{COMMANDS}/{first['id']}")).code == 10063
    assert [each["name"] for each in (await api("GET", COMMANDS)).body] == ["author"]


async def test_nobody_calls_where_they_cannot_see(bot: Bot, sandbox: Sandbox) -> None:
    with pytest.raises(ApiError) as caught:
        sandbox.person("Imke").begin(seed.STAFF, "/tell", {"what": "x"})
    assert caught.value.code == 50001
