"""Importing at the desk: what is given, what is shown before anything is written, and what is written."""

from __future__ import annotations

import zipfile
from io import BytesIO
from pathlib import Path
from typing import Any

from PIL import Image

from bot.desk.request_guard import KEY_HEADER
from tests.desk.conftest import DeskClient

TEXT = "# One\n\nThe lamp was *lit*.\n"


async def give(client: DeskClient, **files: bytes) -> str:
    preview = (await client.ask("POST", "/api/imports", status=200, begin=True))["id"]
    for name, data in files.items():
        async with client.session.put(
            f"{client.url}/api/imports/{preview}/files",
            params={"path": f"novel/{name}.md"},
            data=data,
            headers={KEY_HEADER: client.key},
        ) as answer:
            assert answer.status == 200
    return str(preview)


async def test_pasted_text_becomes_a_story_when_it_is_accepted(client: DeskClient, content: Path) -> None:
    found = await client.ask("POST", "/api/imports", text=TEXT)
    (chapter,) = found["chapters"]
    assert names(content) == ["tides"]
    path = f"/api/imports/{found['id']}"
    shown = await client.ask("GET", f"{path}/chapter?key={chapter['key'].replace('#', '%23')}")
    results = [row["result"] for row in shown["rows"]]
    assert next(result for result in results if result) == "The lamp was *lit*."
    assert len(shown["pages"]) == 1

    await client.ask("PUT", path, titles={chapter["key"]: "The  Lamp"})
    await client.ask("POST", f"{path}/accept", status=400, title=" ")
    slug = (await client.ask("POST", f"{path}/accept", title="Lamp Light"))["slug"]
    (file,) = (content / slug / "chapters").glob("*.md")
    assert file.read_text(encoding="utf-8").startswith("---\ntitle: The Lamp\n---\n")
    assert names(content) == ["lamp-light", "tides"]
    await client.ask("GET", path, status=404)


async def test_files_of_a_folder_are_read_and_some_left_out(client: DeskClient, content: Path) -> None:
    preview = await give(client, one=b"# One\n\nFirst.\n", two=b"# Two\n\nSecond.\n")
    found = await client.ask("POST", f"/api/imports/{preview}/read", go=True)
    assert len(found["chapters"]) == 2
    out = [found["chapters"][0]["key"]]
    changed = await client.ask("PUT", f"/api/imports/{preview}", left_out=out)
    assert [each["included"] for each in changed["chapters"]] == [False, True]
    await client.ask("POST", f"/api/imports/{preview}/accept", slug="tides")
    (added,) = (content / "tides" / "chapters").glob("004-*.md")
    assert "Second." in added.read_text(encoding="utf-8")


async def test_a_refusal_is_one_line_and_leaves_nothing_behind(client: DeskClient) -> None:
    preview = await give(client, one=b"%PDF-1.4\n\0\0\0")
    refused = await client.ask("POST", f"/api/imports/{preview}/read", status=400, go=True)
    assert "PDF" in refused["error"]
    await client.ask("GET", f"/api/imports/{preview}", status=404)


async def test_names_cannot_lead_out_of_the_folder(client: DeskClient) -> None:
    preview = await give(client)
    for path in ("../x.md", "a/../../x.md", "", "/"):
        async with client.session.put(
            f"{client.url}/api/imports/{preview}/files",
            params={"path": path},
            data=b"x",
            headers={KEY_HEADER: client.key},
        ) as answer:
            assert answer.status in (400, 404)


async def test_more_than_may_be_given_is_refused(client: DeskClient, monkeypatch: Any) -> None:
    monkeypatch.setattr("bot.desk.import_routes.MOST_BYTES", 1000)
    preview = await give(client)
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("one.md", "x" * 2000)
    async with client.session.put(
        f"{client.url}/api/imports/{preview}/files",
        params={"path": "novel.zip"},
        data=packed.getvalue(),
        headers={KEY_HEADER: client.key},
    ) as answer:
        assert answer.status == 400
    await client.ask("GET", f"/api/imports/{preview}", status=404)


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


async def test_pictures_of_the_source_are_on_the_pages_before_anything_is_written(
    client: DeskClient, content: Path
) -> None:
    drawn = BytesIO()
    Image.new("RGB", (40, 30), "teal").save(drawn, "PNG")
    text = "# One\n\nA lamp.\n\n![A lamp](lamp.png)\n\n![A door](door.png)\n\nIt was lit.\n"
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("one.md", text)
        archive.writestr("lamp.png", drawn.getvalue())
    preview = await give(client)
    async with client.session.put(
        f"{client.url}/api/imports/{preview}/files",
        params={"path": "novel.zip"},
        data=packed.getvalue(),
        headers={KEY_HEADER: client.key},
    ) as answer:
        assert answer.status == 200
    found = await client.ask("POST", f"/api/imports/{preview}/read", go=True)
    key = found["chapters"][0]["key"].replace("#", "%23")
    shown = await client.ask("GET", f"/api/imports/{preview}/chapter?key={key}")
    (picture,) = [each for page in shown["pages"] for each in page["attachments"]]
    async with client.session.get(client.url + picture["url"]) as answer:
        assert answer.content_type == "image/png"
        assert await answer.read() == drawn.getvalue()
    async with client.session.get(
        client.url + picture["url"], headers={"Sec-Fetch-Site": "cross-site"}
    ) as answer:
        assert answer.status == 403
    for path in ("../given/novel.zip", "../../etc/passwd", "images/none.png"):
        async with client.session.get(
            f"{client.url}/pictures", params={"story": preview, "path": path}
        ) as answer:
            assert answer.status == 404
    (lost,) = shown["lost_pictures"]
    assert lost.startswith("door.png")
    assert names(content) == ["tides"]
    await client.ask("DELETE", f"/api/imports/{preview}")
    async with client.session.get(client.url + picture["url"]) as answer:
        assert answer.status == 404


async def test_files_that_are_left_out_and_what_was_mended_are_told_apart(client: DeskClient) -> None:
    older = "# Two\n\nThe café was “open” — all night, and nobody’s coffee was warm.\n".encode("cp1252")
    many = {
        f"part{number}": f"# Part {number}\n\nThe wind came up.{number}\n".encode() for number in range(5)
    }
    preview = await give(
        client, one=b"# One\n\nFirst.\n", two=older, notes=b"Ask Ada about the lamp.\n", **many
    )
    found = await client.ask("POST", f"/api/imports/{preview}/read", go=True)
    told = {each["name"].rpartition("/")[2]: each["left_out"] for each in found["remarks"]}
    assert told == {"notes.md": True, "two.md": False}
