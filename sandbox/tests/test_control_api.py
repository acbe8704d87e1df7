"""The driver over HTTP: acting as people, the live socket, and what is kept out."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import pytest
from discord_sandbox import seed
from discord_sandbox.clock import ManualClock
from discord_sandbox.sandbox_state import Action
from discord_sandbox.server import Sandbox

from .bare_client import Api

IMKE, MARA = str(seed.READERS[0]), str(seed.ADMIN)
CHAPTERS = str(seed.CHAPTERS)


class Driver:
    """The driver API, called by hand."""

    def __init__(self, sandbox: Sandbox, session: aiohttp.ClientSession) -> None:
        self.sandbox = sandbox
        self.session = session

    async def __call__(self, method: str, path: str, body: Any = None, **more: Any) -> tuple[int, Any]:
        url = f"{self.sandbox.url}/sandbox/{path}"
        async with self.session.request(method, url, json=body, **more) as response:
            return response.status, await response.json()

    async def get(self, path: str, **query: str) -> Any:
        status, body = await self("GET", path, params=query)
        assert status == 200, body
        return body

    async def post(self, path: str, **body: Any) -> Any:
        status, answer = await self("POST", path, body)
        assert status == 200, answer
        return answer


@pytest.fixture
def driver(sandbox: Sandbox, session: aiohttp.ClientSession) -> Driver:
    return Driver(sandbox, session)


@pytest.fixture
async def live(driver: Driver) -> AsyncIterator[aiohttp.ClientWebSocketResponse]:
    async with driver.session.ws_connect(f"{driver.sandbox.url}/sandbox/live?as={IMKE}&trace=1") as socket:
        yield socket


async def frame(socket: aiohttp.ClientWebSocketResponse, kind: str) -> Any:
    """The data of the next frame of a kind."""
    while True:
        told = json.loads((await socket.receive(timeout=5)).data)
        if told["type"] == kind:
            return told["data"]


async def test_a_snapshot_shows_what_one_may_see(driver: Driver) -> None:
    state = await driver.get("state", **{"as": IMKE})
    [guild] = state["guilds"]
    shown = {each["name"]: each for each in guild["channels"]}
    assert "staff" not in shown
    assert shown["after-dark"]["gated"]
    assert shown["chapters"]["can"]["send"]
    assert state["bot"]["online"] is False
    await driver.post("gate", **{"as": IMKE}, channel=str(seed.AFTER_DARK))
    again = (await driver.get("state", **{"as": IMKE}))["guilds"][0]["channels"]
    assert not any(each["gated"] for each in again)
    mara = (await driver.get("state", **{"as": MARA}))["guilds"][0]["channels"]
    assert "staff" in {each["name"] for each in mara}


async def test_writing_reacting_and_unread(driver: Driver) -> None:
    said = await driver.post("say", **{"as": MARA}, channel=CHAPTERS, content=f"hello <@{IMKE}>")
    await driver.post("react", **{"as": IMKE}, channel=CHAPTERS, message=said["id"], emoji="⭐")
    page = await driver.get(f"channels/{CHAPTERS}/messages", **{"as": IMKE})
    [seen] = page["messages"]
    assert seen["pings_me"]
    assert seen["reactions"][0]["me"]
    mine = {each["id"]: each for each in (await driver.get("state", **{"as": IMKE}))["guilds"][0]["channels"]}
    assert (mine[CHAPTERS]["unread"], mine[CHAPTERS]["mentions"]) == (True, 1)
    await driver.post("read", **{"as": IMKE}, channel=CHAPTERS)
    mine = {each["id"]: each for each in (await driver.get("state", **{"as": IMKE}))["guilds"][0]["channels"]}
    assert (mine[CHAPTERS]["unread"], mine[CHAPTERS]["mentions"]) == (False, 0)


async def test_history_goes_back_in_pages(driver: Driver, sandbox: Sandbox) -> None:
    ids = [str(sandbox.person("Imke").say("chapters", str(number)).id) for number in range(7)]
    page = await driver.get(f"channels/{CHAPTERS}/messages", **{"as": IMKE}, limit="3")
    assert ([each["id"] for each in page["messages"]], page["more"]) == (ids[4:], True)
    page = await driver.get(f"channels/{CHAPTERS}/messages", **{"as": IMKE}, limit="10", before=ids[4])
    assert ([each["id"] for each in page["messages"]], page["more"]) == (ids[:4], False)


async def test_commands_through_the_driver(driver: Driver, api: Api, sandbox: Sandbox) -> None:
    command = {"name": "hello", "description": "Says hello."}
    await api("PUT", f"/applications/{seed.BOT}/commands", [command])
    listed = (await driver.get("commands", **{"as": IMKE}, channel=CHAPTERS))["commands"]
    assert [(each["name"], each["description"]) for each in listed] == [("hello", "Says hello.")]
    asked = await driver.post("invoke", **{"as": IMKE}, channel=CHAPTERS, command="/hello")
    assert asked["state"] == "waiting"
    one = sandbox.state.interactions.get(int(asked["id"]))
    assert one is not None
    body = {"type": 4, "data": {"content": "hi", "flags": 64}}
    await api("POST", f"/interactions/{one.id}/{one.token}/callback", body)
    page = await driver.get(f"channels/{CHAPTERS}/messages", **{"as": IMKE})
    [answer] = page["messages"]
    assert (answer["ephemeral"], answer["interaction_metadata"]["name"]) == (True, "hello")
    await driver.post("dismiss", **{"as": IMKE}, message=answer["id"])
    assert (await driver.get(f"channels/{CHAPTERS}/messages", **{"as": IMKE}))["messages"] == []


async def test_the_live_socket(driver: Driver, live: aiohttp.ClientWebSocketResponse, api: Api) -> None:
    assert (await frame(live, "state"))["me"]["id"] == IMKE
    sent = (await api.send(seed.CHAPTERS, {"content": "one"})).body
    assert (await frame(live, "message"))["id"] == sent["id"]
    await driver.post("react", **{"as": MARA}, channel=CHAPTERS, message=sent["id"], emoji="👍")
    assert (await frame(live, "message_edit"))["reactions"][0]["count"] == 1
    await driver.post("say", **{"as": MARA}, channel=str(seed.STAFF), content="secret")
    await api("DELETE", f"/channels/{CHAPTERS}/messages/{sent['id']}")
    told = json.loads((await live.receive(timeout=5)).data)
    while told["type"] == "trace":
        told = json.loads((await live.receive(timeout=5)).data)
    assert told == {"type": "message_delete", "data": {"channel_id": CHAPTERS, "id": sent["id"]}}
    assert (await frame(live, "trace"))[0]["kind"] == "request"
    await driver.post("faults", kind="error", status=503)
    assert (await frame(live, "faults"))[0]["status"] == 503
    await driver.post(f"guilds/{seed.GUILD}/kick")
    assert (await frame(live, "state"))["guilds"][0]["bot_member"] is False


async def test_channels_and_rights(driver: Driver, api: Api) -> None:
    made = await driver.post("channels", guild=str(seed.GUILD), name="New Place", type=0)
    assert made["name"] == "new-place"
    assert (await api.send(int(made["id"]), {"content": "x"})).status == 200
    await driver.post("permissions", channel=made["id"], permission="SEND_MESSAGES", state="deny")
    assert (await api.send(int(made["id"]), {"content": "x"})).code == 50013
    names = (await driver.get("permissions", channel=made["id"]))["names"]
    assert "SEND_MESSAGES" not in names
    assert "VIEW_CHANNEL" in names
    await driver.post("permissions", channel=made["id"], permission="SEND_MESSAGES", state="inherit")
    assert (await api.send(int(made["id"]), {"content": "x"})).status == 200
    await driver.post("permissions", guild=str(seed.GUILD), permission="MANAGE_MESSAGES", state="deny")
    assert (await driver.post(f"channels/{made['id']}", nsfw=True))["nsfw"] is True
    assert (await driver("DELETE", f"channels/{made['id']}"))[0] == 200
    assert (await api.send(int(made["id"]), {"content": "x"})).code == 10003


async def test_threads_in_a_forum(driver: Driver) -> None:
    opened = await driver.post(
        "thread",
        **{"as": IMKE},
        channel=str(seed.SERIALS),
        name="A post",
        content="first",
        tags=[str(seed.SERIALS + 1000)],
    )
    posts = (await driver.get(f"channels/{seed.SERIALS}/threads", **{"as": MARA}))["threads"]
    assert [each["id"] for each in posts] == [opened["id"]]
    assert posts[0]["starter"]["content"] == "first"


async def test_actions_and_upcoming(clock: ManualClock, session: aiohttp.ClientSession) -> None:
    async def release() -> str:
        return "Chapter 4 is out."

    async def fail() -> str:
        raise RuntimeError("there is no next chapter")

    async def upcoming() -> list[dict[str, Any]]:
        return [{"story": "s", "chapter": "c", "title": "t", "at": "2026-12-01T18:00:00Z"}]

    actions = {"release": Action("Release the next chapter now", release), "fail": Action("Fail", fail)}
    async with Sandbox(port=0, clock=clock, actions=actions, upcoming=upcoming) as sandbox:
        driver = Driver(sandbox, session)
        listed = (await driver.get("actions"))["actions"]
        assert listed[0] == {"name": "release", "label": "Release the next chapter now"}
        assert (await driver.post("actions/release"))["text"] == "Chapter 4 is out."
        assert await driver("POST", "actions/fail", {}) == (
            409,
            {"error": "there is no next chapter", "code": 0},
        )
        assert (await driver("POST", "actions/none", {}))[0] == 400
        assert (await driver.get("upcoming"))["upcoming"][0]["at"] == "2026-12-01T18:00:00Z"


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("say", {}),
        ("say", {"as": "1", "channel": CHAPTERS, "content": "x"}),
        ("say", {"as": str(seed.BOT), "channel": CHAPTERS, "content": "x"}),
        ("say", {"as": IMKE, "channel": "1", "content": "x"}),
        ("say", {"as": IMKE, "channel": CHAPTERS, "content": "x" * 2001}),
        ("say", {"as": IMKE, "channel": CHAPTERS, "content": ["x"]}),
        (
            "say",
            {
                "as": IMKE,
                "channel": CHAPTERS,
                "content": "x",
                "attachments": [{"filename": "x", "data": "%"}],
            },
        ),
        ("say", {"as": IMKE, "channel": str(seed.STAFF), "content": "x"}),
        ("react", {"as": IMKE, "channel": CHAPTERS, "message": "1", "emoji": "⭐"}),
        ("invoke", {"as": IMKE, "channel": CHAPTERS, "command": "/none"}),
        ("invoke", {"as": IMKE, "channel": CHAPTERS, "command": "/none", "options": [1]}),
        ("submit", {"as": IMKE, "interaction": "1", "values": {}}),
        ("faults", {"kind": "nonsense"}),
        ("faults", {"kind": "error", "count": "many"}),
        ("gateway", {"do": "nonsense"}),
        ("permissions", {"channel": CHAPTERS, "permission": "FLY", "state": "allow"}),
        ("guilds/1/kick", {}),
        ("channels", {"guild": str(seed.GUILD), "name": ""}),
    ],
)
async def test_nonsense_is_refused_in_words(driver: Driver, path: str, body: dict[str, Any]) -> None:
    status, answer = await driver("POST", path, body)
    assert 400 <= status < 500
    assert answer["error"]


@pytest.mark.parametrize(
    "path", ["/", "/sandbox/people", "/api/v10/gateway", "/gateway", "/attachments/1/1/x"]
)
async def test_foreign_hosts_and_origins_are_refused(
    sandbox: Sandbox, session: aiohttp.ClientSession, path: str
) -> None:
    for headers in ({"Host": "evil.example"}, {"Host": f"evil.example:{sandbox.port}"}, {"Origin": "http://evil.example"},
                    {"Origin": "null"}, {"Origin": "http://127.0.0.1:1"}, {"Host": "["}):  # fmt: skip
        async with session.get(sandbox.url + path, headers=headers) as response:
            assert response.status in (400, 403), headers
    own = {"Origin": sandbox.url}
    async with session.get(sandbox.url + "/sandbox/people", headers=own) as response:
        assert response.status == 200


async def test_the_page_is_fenced_in(sandbox: Sandbox, session: aiohttp.ClientSession) -> None:
    for path in ("/", "/no-such-file", "/../server.py", "/%2e%2e/server.py", "/..%2f..%2fclock.py"):
        async with session.get(sandbox.url + path) as response:
            assert "script-src 'self'" in response.headers["Content-Security-Policy"]
            assert "class Sandbox" not in await response.text()


async def test_a_form_post_from_another_page_does_nothing(driver: Driver) -> None:
    url = f"{driver.sandbox.url}/sandbox/say"
    async with driver.session.post(url, data={"as": IMKE, "channel": CHAPTERS, "content": "x"}) as response:
        assert response.status == 400
    assert not driver.sandbox.world.channel(seed.CHAPTERS).messages


async def test_avatars(sandbox: Sandbox, session: aiohttp.ClientSession) -> None:
    sandbox.world.users[seed.AUTHOR].global_name = "<script> & Co"
    async with session.get(f"{sandbox.url}/sandbox/avatars/{seed.AUTHOR}.svg") as response:
        assert response.content_type == "image/svg+xml"
        assert "<&" not in await response.text()
        assert "&lt;&amp;" in await response.text()


async def test_everybody_has_a_part(driver: Driver) -> None:
    notes = {each["username"]: each["note"] for each in (await driver.get("people"))["people"]}
    assert notes == {
        "mara": "admin, owner of Lantern House",
        "adaquill": "author",
        "bea": "author",
        "imke": "reader",
        "tomasz": "reader",
        "yuki": "reader",
    }


async def test_the_last_message_read_is_remembered(driver: Driver, api: Api) -> None:
    async def last_read() -> Any:
        state = await driver.get("state", **{"as": IMKE})
        return {each["id"]: each for each in state["guilds"][0]["channels"]}[CHAPTERS]["last_read_id"]

    sent = (await api.send(seed.CHAPTERS, {"content": "one"})).body["id"]
    assert await last_read() is None
    await driver.post("read", **{"as": IMKE}, channel=CHAPTERS)
    await api.send(seed.CHAPTERS, {"content": "two"})
    assert await last_read() == sent
    said = await driver.post("say", **{"as": IMKE}, channel=CHAPTERS, content="three")
    assert await last_read() == said["id"]


async def test_a_file_keeps_its_description(driver: Driver) -> None:
    files = [
        {"filename": "lamp.txt", "data": "TGFtcA==", "description": "A lamp"},
        {"filename": "bare.txt", "data": "TGFtcA=="},
    ]
    said = await driver.post("say", **{"as": IMKE}, channel=CHAPTERS, content="see", attachments=files)
    assert [(each["filename"], each.get("description")) for each in said["attachments"]] == [
        ("lamp.txt", "A lamp"),
        ("bare.txt", None),
    ]
    long = [{"filename": "x", "data": "TGFtcA==", "description": "x" * 1025}]
    body = {"as": IMKE, "channel": CHAPTERS, "content": "see", "attachments": long}
    assert (await driver("POST", "say", body))[0] == 400


async def test_a_super_reaction(driver: Driver, api: Api, live: aiohttp.ClientWebSocketResponse) -> None:
    sent = (await api.send(seed.CHAPTERS, {"content": "one"})).body["id"]
    where = {"as": IMKE, "channel": CHAPTERS, "message": sent, "emoji": "⭐"}
    await driver.post("react", **where, burst=True)
    await driver.post("react", **where | {"as": MARA})
    seen = await driver.get(f"channels/{CHAPTERS}/messages/{sent}", **{"as": IMKE})
    [star] = seen["reactions"]
    assert (star["count"], star["me"], star["me_burst"]) == (2, False, True)
    assert star["count_details"] == {"burst": 1, "normal": 1}
    path = f"/channels/{CHAPTERS}/messages/{sent}/reactions/⭐"
    assert [each["id"] for each in (await api("GET", path)).body] == [MARA]
    assert [each["id"] for each in (await api("GET", path + "?type=1")).body] == [IMKE]
    await driver.post("unreact", **where)
    [star] = (await driver.get(f"channels/{CHAPTERS}/messages/{sent}", **{"as": IMKE}))["reactions"]
    assert (star["count"], star["me_burst"]) == (1, False)


async def test_commands_are_shown_in_the_language_of_whoever_looks(driver: Driver, api: Api) -> None:
    registered = {
        "name": "read",
        "name_localizations": {"de": "lesen"},
        "description": "Read a chapter",
        "description_localizations": {"de": "Ein Kapitel lesen", "en-GB": "Read a chapter, please"},
        "options": [
            {
                "type": 3,
                "name": "style",
                "name_localizations": {"de": "stil"},
                "description": "How",
                "choices": [{"name": "plain", "name_localizations": {"de": "schlicht"}, "value": "p"}],
            }
        ],
    }
    answer = await api("POST", f"/applications/{seed.BOT}/commands", registered)
    assert answer.status == 201, answer
    await driver.post("language", **{"as": IMKE}, locale="de")
    (german,) = (await driver.get("commands", **{"as": IMKE}, channel=CHAPTERS))["commands"]
    assert (german["name"], german["shown"], german["description"]) == ("read", "lesen", "Ein Kapitel lesen")
    (option,) = german["options"]
    assert (option["name"], option["shown"], option["description"]) == ("style", "stil", "How")
    assert [(each["name"], each["value"]) for each in option["choices"]] == [("schlicht", "p")]
    (english,) = (await driver.get("commands", **{"as": MARA}, channel=CHAPTERS))["commands"]
    assert (english["shown"], english["description"]) == ("read", "Read a chapter, please"), (
        "the nearest English"
    )
    await api("POST", f"/applications/{seed.BOT}/commands", {"type": 3, "name": "Quote this"})
    listed = (await driver.get("commands", **{"as": IMKE}, channel=CHAPTERS))["commands"]
    assert [each["shown"] for each in listed] == ["Quote this", "lesen"]
    me = (await driver.get("state", **{"as": IMKE}))["me"]
    assert me["locale"] == "de"
    assert (await driver("POST", "language", {"as": IMKE, "locale": "tlh"}))[0] == 400


async def test_a_localised_name_keeps_the_rules_of_names(api: Api) -> None:
    bad = {"name": "read", "description": "Read", "name_localizations": {"de": "Jetzt Lesen"}}
    answer = await api("POST", f"/applications/{seed.BOT}/commands", bad)
    assert answer.status == 400
    assert "APPLICATION_COMMAND_INVALID_NAME" in json.dumps(answer.body)
