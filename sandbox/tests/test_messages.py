"""Messages: what Discord takes, what it refuses, and with which words."""

from __future__ import annotations

import json
from datetime import timedelta
from io import BytesIO

import aiohttp
import pytest
from discord_sandbox import seed
from discord_sandbox.clock import ManualClock
from discord_sandbox.operations import channels
from discord_sandbox.permissions import P
from discord_sandbox.server import Sandbox
from PIL import Image

from .bare_client import Api

CHAPTERS = seed.CHAPTERS
V2 = 1 << 15


def text(content: str) -> dict[str, object]:
    return {"type": 10, "content": content}


def row(*children: dict[str, object]) -> dict[str, object]:
    return {"type": 1, "components": list(children)}


def button(custom_id: str) -> dict[str, object]:
    return {"type": 2, "style": 1, "label": "Press", "custom_id": custom_id}


@pytest.mark.parametrize(
    ("body", "code", "field"),
    [
        ({}, 50006, None),
        ({"content": "   \n "}, 50006, None),
        ({"content": "x" * 2001}, 50035, "content"),
        ({"content": 7}, 50035, "content"),
        ({"embeds": [{"title": "x" * 257}]}, 50035, "embeds"),
        ({"embeds": [{"description": "x" * 4097}]}, 50035, "embeds"),
        ({"embeds": [{"description": "x" * 3001}, {"description": "x" * 3000}]}, 50035, "embeds"),
        ({"embeds": [{"fields": [{"name": "a", "value": "b"}] * 26}]}, 50035, "embeds"),
        ({"embeds": [{}]}, 50035, "embeds"),
        ({"embeds": [{"title": "x"}] * 11}, 50035, "embeds"),
        ({"components": [text("hi")]}, 50035, "components"),
        ({"components": [row(button("a"))] * 6, "content": "x"}, 50035, "components"),
        ({"components": [row(button("a"), button("a"))], "content": "x"}, 50035, "components"),
        ({"components": [row(button("a" * 101))], "content": "x"}, 50035, "components"),
        ({"components": [row(*(button(str(n)) for n in range(6)))], "content": "x"}, 50035, "components"),
        ({"flags": V2, "content": "x", "components": [text("y")]}, 50035, "content"),
        ({"flags": V2, "embeds": [{"title": "x"}], "components": [text("y")]}, 50035, "embeds"),
        ({"flags": V2, "components": [text("x" * 2500), text("y" * 1501)]}, 50035, "components"),
        ({"flags": V2, "components": [text("x")] * 41}, 50035, "components"),
        ({"flags": V2, "components": [{"type": 17, "components": [text("x")] * 40}]}, 50035, "components"),
        ({"flags": V2, "components": [{"type": 9, "components": [text("x")]}]}, 50035, "components"),
        ({"flags": V2, "components": [{"type": 12, "items": []}]}, 50035, "components"),
        ({"flags": V2, "components": [{"type": 13, "file": {"url": "attachment://no.txt"}}]}, 50035, None),
        ({"content": "x", "nonce": "n" * 26}, 50035, "nonce"),
        (
            {"content": "x", "allowed_mentions": {"parse": ["users"], "users": ["1"]}},
            50035,
            "allowed_mentions",
        ),
        ({"content": "x", "message_reference": {"message_id": "1"}}, 50035, "message_reference"),
        (
            {"poll": {"question": {"text": "x" * 301}, "answers": [{"poll_media": {"text": "a"}}]}},
            50035,
            "poll",
        ),
    ],
)
async def test_what_discord_refuses(api: Api, body: object, code: int, field: str | None) -> None:
    answer = await api.send(CHAPTERS, body)
    assert (answer.status, answer.code) == (400, code)
    if field:
        assert field in answer.body["errors"]
    assert not api.sandbox.world.channel(CHAPTERS).messages


@pytest.mark.parametrize(
    "body",
    [
        {"content": "x" * 2000},
        {"content": "👩‍👩‍👧‍👦" * 285},
        {"embeds": [{"description": "x" * 4096}, {"description": "  " + "y" * 1904 + "\n"}]},
        {"flags": V2, "components": [text("x" * 4000)]},
        {"flags": V2, "components": [{"type": 17, "components": [text("x")] * 39}]},
        {"flags": V2, "components": [row(button("a" * 100))]},
        {"content": "x", "components": [row(*(button(str(n)) for n in range(5)))]},
    ],
)
async def test_what_just_fits(api: Api, body: object) -> None:
    assert (await api.send(CHAPTERS, body)).status == 200


async def test_components_get_their_numbers(api: Api) -> None:
    tree = [{"type": 17, "components": [text("a"), {"type": 10, "content": "b", "id": 2}]}, row(button("x"))]
    sent = (await api.send(CHAPTERS, {"flags": V2, "components": tree})).body["components"]
    container, buttons = sent
    assert [container["id"], *(each["id"] for each in container["components"])] == [1, 3, 2]
    assert [buttons["id"], buttons["components"][0]["id"]] == [4, 5]


async def test_components_v2_cannot_be_taken_back(api: Api) -> None:
    sent = (await api.send(CHAPTERS, {"flags": V2, "components": [text("a")]})).body
    path = f"/channels/{CHAPTERS}/messages/{sent['id']}"
    edited = await api("PATCH", path, {"flags": 0, "components": [text("b")]})
    assert edited.body["flags"] & V2
    assert (await api("PATCH", path, {"content": "plain"})).code == 50035


async def test_an_enforced_nonce_answers_with_the_first_message(api: Api, clock: ManualClock) -> None:
    body = {"content": "one", "nonce": "42", "enforce_nonce": True}
    first = await api.send(CHAPTERS, body)
    again = await api.send(CHAPTERS, body | {"content": "changed"})
    elsewhere = await api.send(seed.WELCOME, body)
    assert first.body["id"] == again.body["id"] == elsewhere.body["id"]
    assert again.body["content"] == "one"
    assert len(api.sandbox.world.channel(CHAPTERS).messages) == 1
    clock.advance(timedelta(minutes=5, seconds=1))
    assert (await api.send(CHAPTERS, body)).body["id"] != first.body["id"]


async def test_without_enforcing_a_nonce_protects_nothing(api: Api) -> None:
    first = await api.send(CHAPTERS, {"content": "one", "nonce": 42})
    second = await api.send(CHAPTERS, {"content": "one", "nonce": 42})
    assert first.body["id"] != second.body["id"]


async def test_a_nonce_whose_message_was_deleted_says_so(api: Api) -> None:
    body = {"content": "one", "nonce": "42", "enforce_nonce": True}
    sent = (await api.send(CHAPTERS, body)).body
    await api("DELETE", f"/channels/{CHAPTERS}/messages/{sent['id']}")
    again = await api.send(CHAPTERS, body)
    assert (again.status, again.code) == (404, 10008)


async def test_history_is_empty_not_refused_without_the_right_to_read_it(api: Api, sandbox: Sandbox) -> None:
    await api.send(CHAPTERS, {"content": "one"})
    path = f"/channels/{CHAPTERS}/messages"
    assert len((await api("GET", path)).body) == 1
    channels.allow(sandbox.world, sandbox.world.channel(CHAPTERS), seed.BOT, P.READ_MESSAGE_HISTORY, False)
    assert (await api("GET", path)).body == []


async def test_history_pages(api: Api, sandbox: Sandbox) -> None:
    ada = sandbox.person("Ada Quill")
    ids = [ada.say("chapters", str(number)).id for number in range(10)]
    path = f"/channels/{CHAPTERS}/messages?limit=3"

    async def got(query: str) -> list[int]:
        return [int(each["id"]) for each in (await api("GET", path + query)).body]

    assert await got("") == ids[:-4:-1]
    assert await got(f"&before={ids[5]}") == [ids[4], ids[3], ids[2]]
    assert await got(f"&after={ids[5]}") == [ids[8], ids[7], ids[6]]
    assert await got(f"&around={ids[5]}") == [ids[6], ids[5], ids[4]]
    assert (await api("GET", f"/channels/{CHAPTERS}/messages?limit=101")).code == 50035


async def test_who_is_pinged(api: Api, sandbox: Sandbox) -> None:
    words = f"@everyone <@{seed.AUTHOR}> <@&{seed.READERS_ROLE}> `<@{seed.ADMIN}>` <@12345>"
    quiet = await api.send(CHAPTERS, {"content": words, "allowed_mentions": {"parse": []}})
    assert quiet.body["mentions"] == quiet.body["mention_roles"] == []
    assert sandbox.pings == []
    only = {"parse": [], "roles": [str(seed.READERS_ROLE)]}
    sent = (await api.send(CHAPTERS, {"content": words, "allowed_mentions": only})).body
    assert sandbox.pings[-1].roles == (seed.READERS_ROLE,)
    assert (sandbox.pings[-1].users, sandbox.pings[-1].everyone) == ((), False)
    await api("PATCH", f"/channels/{CHAPTERS}/messages/{sent['id']}", {"content": words})
    assert len(sandbox.pings) == 1, "an edit pings nobody"
    await api.send(CHAPTERS, {"content": words})
    assert sandbox.pings[-1].users == (seed.AUTHOR,)
    assert not sandbox.pings[-1].everyone, "the bot may not mention everyone"


async def test_a_role_that_is_not_mentionable_is_not_pinged(api: Api, sandbox: Sandbox) -> None:
    sandbox.world.guild(seed.GUILD).roles[seed.READERS_ROLE].mentionable = False
    await api.send(CHAPTERS, {"flags": V2, "components": [text(f"<@&{seed.READERS_ROLE}>")]})
    assert sandbox.pings == []


async def test_files_are_kept_served_and_found_by_their_names(
    api: Api, sandbox: Sandbox, session: aiohttp.ClientSession
) -> None:
    picture = BytesIO()
    Image.new("RGB", (7, 5)).save(picture, "PNG")
    form = aiohttp.FormData()
    gallery = {"type": 12, "items": [{"media": {"url": "attachment://lamp.png"}}]}
    body = {"flags": V2, "components": [gallery], "attachments": [{"id": 0, "description": "a lamp"}]}
    form.add_field("payload_json", json.dumps(body))
    form.add_field(
        "files[0]", picture.getvalue(), filename="lamp.png", content_type="application/octet-stream"
    )
    sent = await api("POST", f"/channels/{CHAPTERS}/messages", data=form)
    assert sent.status == 200
    media = sent.body["components"][0]["items"][0]["media"]
    assert (media["width"], media["height"]) == (7, 5)
    assert sent.body["attachments"][0]["description"] == "a lamp"
    async with session.get(media["url"]) as response:
        assert await response.read() == picture.getvalue()
        assert response.content_type == "image/png"
    path = f"/channels/{CHAPTERS}/messages/{sent.body['id']}"
    kept = await api("PATCH", path, {"components": [gallery]})
    assert (
        kept.body["components"][0]["items"][0]["media"]["attachment_id"] == sent.body["attachments"][0]["id"]
    )
    bare = await api("PATCH", path, {"components": [text("no picture")], "attachments": []})
    assert bare.body["attachments"] == []


async def test_announcements_are_published_once_and_copied_to_followers(api: Api, sandbox: Sandbox) -> None:
    sandbox.world.channel(seed.ANNOUNCEMENTS).followers.append(seed.READING_ROOM)
    sent = (await api.send(seed.ANNOUNCEMENTS, {"content": "news"})).body
    path = f"/channels/{seed.ANNOUNCEMENTS}/messages/{sent['id']}/crosspost"
    assert (await api("POST", path)).body["flags"] & 1
    assert (await api("POST", path)).code == 40033
    copy = sandbox.person("Imke").last("reading-room")
    assert copy is not None
    assert copy.content == "news"
    plain = (await api.send(CHAPTERS, {"content": "x"})).body
    assert (await api("POST", f"/channels/{CHAPTERS}/messages/{plain['id']}/crosspost")).code == 50024


async def test_old_messages_may_be_edited_three_times_in_six_seconds(api: Api, clock: ManualClock) -> None:
    sent = (await api.send(CHAPTERS, {"content": "old"})).body
    path = f"/channels/{CHAPTERS}/messages/{sent['id']}"
    clock.advance(timedelta(hours=1, seconds=1))
    statuses = [(await api("PATCH", path, {"content": str(number)})).status for number in range(4)]
    assert statuses == [200, 200, 200, 429]
    refused = await api("PATCH", path, {"content": "x"})
    assert refused.code == 30046
    clock.advance(timedelta(seconds=refused.body["retry_after"] + 0.001))
    assert (await api("PATCH", path, {"content": "x"})).status == 200


async def test_pins_need_their_own_right(api: Api, sandbox: Sandbox) -> None:
    sent = (await api.send(CHAPTERS, {"content": "x"})).body
    path = f"/channels/{CHAPTERS}/messages/pins/{sent['id']}"
    assert (await api("PUT", path)).code == 50013
    channels.allow(sandbox.world, sandbox.world.channel(CHAPTERS), seed.BOT, P.PIN_MESSAGES, True)
    assert (await api("PUT", path)).status == 204
    pinned = (await api("GET", f"/channels/{CHAPTERS}/messages/pins")).body
    assert [each["message"]["id"] for each in pinned["items"]] == [sent["id"]]


async def test_another_persons_message_cannot_be_edited(api: Api, sandbox: Sandbox) -> None:
    said = sandbox.person("Imke").say("chapters", "mine")
    path = f"/channels/{CHAPTERS}/messages/{said.id}"
    assert (await api("PATCH", path, {"content": "no"})).code == 50005
    assert (await api("DELETE", path)).status == 204, "the invitation has Manage Messages"


async def test_direct_messages_can_be_refused(api: Api, sandbox: Sandbox) -> None:
    imke = sandbox.person("Imke")
    channel = (await api("POST", "/users/@me/channels", {"recipient_id": str(imke.id)})).body
    assert (await api.send(channel["id"], {"content": "hello"})).status == 200
    imke.accept_dms(False)
    assert (await api.send(channel["id"], {"content": "hello"})).code == 50007
    sandbox.world.guild(seed.GUILD).members.pop(imke.id)
    assert (await api.send(channel["id"], {"content": "hello"})).code == 50278


@pytest.mark.parametrize(
    ("method", "path", "status", "code"),
    [
        ("GET", "/channels/1", 404, 10003),
        ("POST", "/channels/1/messages", 404, 10003),
        ("GET", f"/channels/{CHAPTERS}/messages/1", 404, 10008),
        ("GET", "/guilds/1", 404, 10004),
        ("GET", "/users/1", 404, 10013),
        ("GET", f"/guilds/{seed.GUILD}/members/1", 404, 10007),
        ("GET", f"/guilds/{seed.GUILD}/roles/1", 404, 10011),
        ("POST", "/webhooks/1/token", 404, 10015),
        ("POST", "/interactions/1/token/callback", 404, 10062),
        ("GET", f"/channels/{seed.STAFF}", 403, 50001),
        ("GET", "/channels/abc", 400, 50035),
        ("GET", "/no/such/thing", 404, 0),
        ("PUT", "/users/@me", 405, 0),
    ],
)
async def test_unknown_things(api: Api, method: str, path: str, status: int, code: int) -> None:
    body = {"content": "x"} if method == "POST" else None
    answer = await api(method, path, body)
    assert (answer.status, answer.code) == (status, code)
    assert answer.headers["Content-Type"] == "application/json"


async def test_a_wrong_token_is_refused(api: Api) -> None:
    assert (await api("GET", "/users/@me", auth=False)).status == 401
    assert (await api("GET", "/gateway", auth=False)).status == 200


async def test_a_body_that_is_no_json(api: Api) -> None:
    answer = await api("POST", f"/channels/{CHAPTERS}/messages", data=b"{", auth=True)
    assert answer.code == 50109


async def test_polls_open_are_voted_on_and_close(api: Api, sandbox: Sandbox, clock: ManualClock) -> None:
    answers = [{"poll_media": {"text": "left"}}, {"poll_media": {"text": "right"}}]
    poll = {"question": {"text": "Where?"}, "answers": answers, "duration": 1}
    sent = (await api.send(CHAPTERS, {"poll": poll})).body
    imke = sandbox.person("Imke")
    seen = imke.last("chapters")
    assert seen is not None
    imke.vote(seen, 2)
    voters = await api("GET", f"/channels/{CHAPTERS}/polls/{sent['id']}/answers/2")
    assert [each["username"] for each in voters.body["users"]] == ["imke"]
    clock.advance(timedelta(hours=1))
    sandbox.tick()
    closed = (await api("GET", f"/channels/{CHAPTERS}/messages/{sent['id']}")).body
    assert closed["poll"]["results"]["is_finalized"]
    result = imke.last("chapters")
    assert result is not None
    assert result.data["type"] == 46
    assert (await api("POST", f"/channels/{CHAPTERS}/polls/{sent['id']}/expire")).code == 520006
