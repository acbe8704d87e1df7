"""Whatever an author does to the files, reading what changed gives what reading everything anew gives; and so does a
restart with what was kept of the last run."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.content.content_folder import ContentFolder
from tests.content.samples import STORY, picture, put, story
from tests.support.profiles import examples

NAMES = [
    "1-one.md",
    "2-two.md",
    "02-two.md",
    "3.md",
    "notes.txt",
    "part-2/1-one.md",
    "part-2/_x.md",
    "README.md",
]
TEXTS = [
    "One.",
    "",
    "---\ndraft: true\n---\n",
    "---\nid: one\n---\nTwo.",
    "---\npublish_at: 2026-12-01 18:00\n---\nThree.",
    "---\ndraft: [\n---\nBroken.",
    "---\nwhat: ever\n---\nUnknown.",
    "![x](images/x.png)",
    "![far](../x.png)",
    b"\xff",
]
STORIES = [
    STORY,
    STORY.replace("Europe/London", "Asia/Tokyo"),
    "title: [",
    "title: Another\ncover: images/x.png\n",
]
EDITS = st.one_of(
    st.tuples(st.just("write"), st.sampled_from(NAMES), st.sampled_from(TEXTS)),
    st.tuples(st.just("remove"), st.sampled_from(NAMES)),
    st.tuples(st.just("rename"), st.sampled_from(NAMES), st.sampled_from(NAMES)),
    st.tuples(st.just("story"), st.sampled_from(STORIES)),
    st.tuples(st.just("picture"), st.sampled_from([picture(), b"broken", b""])),
    st.tuples(st.just("nothing")),
)


def edit(root: Path, what: str, *how: str | bytes) -> None:
    chapters = root / "lamp" / "chapters"
    match what, how:
        case "write", (str(name), text):
            put(chapters, {name: text})
        case "remove", (str(name),):
            (chapters / name).unlink(missing_ok=True)
        case "rename", (str(name), str(other)) if (chapters / name).exists():
            (chapters / other).parent.mkdir(exist_ok=True)
            (chapters / name).replace(chapters / other)
        case "story", (text,):
            put(root, {"lamp/story.yaml": text})
        case "picture", (data,):
            put(root, {"lamp/images/x.png": data})


@settings(max_examples=examples(60), deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(EDITS, max_size=8))
def test_reading_what_changed_is_as_good_as_reading_everything(edits: list[tuple[str | bytes, ...]]) -> None:
    place = Path(tempfile.mkdtemp(prefix="fascicle-"))
    root, cache = place / "content", place / "cache"
    try:
        story(root, {"chapters/1-one.md": "One."})
        library = ContentFolder(root, cache)
        library.load_now()
        for what, *how in edits:
            before = library.serials()
            edit(root, str(what), *how)
            library.load_now()
            fresh, restarted = ContentFolder(root), ContentFolder(root, cache)
            fresh.load_now()
            restarted.load_now()
            assert library.list_faults() == fresh.list_faults() == restarted.list_faults()
            assert fresh.serials() == restarted.serials()
            now = library.serials()["lamp"]
            anew = fresh.serials().get("lamp") or fresh.with_description(now.story) or before["lamp"]
            if "lamp" not in fresh.serials():
                assert now.story == before["lamp"].story, "the last good description stays"
            broken = {each.file for each in anew.broken}
            kept = [chapter for chapter in now.chapters if chapter.file not in broken]
            assert kept == list(anew.chapters), "a broken chapter stays as it was, and touches no other"
            assert [c.digest for c in kept] == [c.digest for c in anew.chapters]
            assert {each.file for each in now.broken} <= broken
            assert all(was in before["lamp"].chapters for was in now.chapters if was.file in broken)
            if library.serials() == before:
                assert library.serials()["lamp"] is before["lamp"], "what did not change is the same object"
    finally:
        shutil.rmtree(place)
