"""Front matter: taken apart without loss, and read as it was written."""

from __future__ import annotations

import json

from hypothesis import given
from hypothesis import strategies as st

from bot.content.chapters.front_matter import split
from bot.content.chapters.front_matter_schema import FrontMatterSchema
from bot.schemas.text_file import UnreadableFile, decode
from bot.schemas.validation import read_schema
from bot.schemas.yaml_source import YamlSource

line = st.text(
    st.characters(codec="utf-8", exclude_characters="\n\r\0\x85\u2028\u2029", exclude_categories=("Cc", "Cs"))
)
words = st.text(st.characters(categories=("L", "N", "P", "S", "Zs")), max_size=40).map(str.strip).filter(bool)
bodies = st.lists(line, max_size=6).map("\n".join)


@given(st.lists(line.filter(lambda text: text.strip(" \t") not in ("---", "...")), max_size=6), bodies)
def test_splitting_loses_nothing(more: list[str], body: str) -> None:
    matter = ["title: x", *more]
    text = "\n".join(["---", *matter, "---", body])
    parts = split(text)
    assert parts.matter == "".join(f"{kept}\n" for kept in matter)
    assert parts.body == body
    assert text.split("\n")[parts.body_line - 1 :] == body.split("\n")


@given(bodies)
def test_without_an_opening_line_everything_is_the_chapter(body: str) -> None:
    text = f"\n{body}"
    assert split(text).body == text
    assert split(text).matter is None


def test_a_scene_break_further_down_is_none() -> None:
    assert split("Text\n---\nMore\n---\n").matter is None


@given(
    st.fixed_dictionaries(
        {},
        optional={
            "id": words,
            "title": words,
            "draft": st.booleans(),
            "warnings": st.lists(words, max_size=3),
            "note_before": words,
            "pov": words,
            "thanks": st.lists(st.integers(1, 10**6), max_size=3),
            "revision": st.fixed_dictionaries({"number": st.integers(1, 99), "note": words}),
        },
    )
)
def test_what_is_written_is_what_is_read(written: dict[str, object]) -> None:
    # JSON is YAML, one that quotes all its text.
    yaml = "".join(f"{key}: {json.dumps(value, ensure_ascii=False)}\n" for key, value in written.items())
    form, faults = read_schema(FrontMatterSchema, YamlSource("x.md", yaml))
    assert faults == []
    assert form is not None
    assert form.model_dump(include=set(written), mode="json") == written


def test_plain_words_keep_none_of_yamls_surprises() -> None:
    form, _ = read_schema(
        FrontMatterSchema,
        YamlSource("x.md", "id: 007\ntitle: No\npov: 18:30\nwarnings: [1.50, yes]\ndraft: yes\n"),
    )
    assert form is not None
    assert (form.id, form.title, form.pov, form.warnings, form.draft) == (
        "007",
        "No",
        "18:30",
        ("1.50", "yes"),
        True,
    )


def test_a_key_without_value_is_as_if_it_were_not_there() -> None:
    form, faults = read_schema(FrontMatterSchema, YamlSource("x.md", "title:\nwarnings: ~\ndraft: null\n"))
    assert (form, faults) == (FrontMatterSchema(), [])


@given(line)
def test_any_text_as_yaml_is_read_or_is_a_fault(text: str) -> None:
    form, faults = read_schema(FrontMatterSchema, YamlSource("x.md", text))
    assert (form is None) == bool(faults)
    assert all(fault.line >= 1 and fault.problem and fault.mend for fault in faults)


@given(st.binary(max_size=40))
def test_any_bytes_are_text_or_a_fault(raw: bytes) -> None:
    fault = None
    try:
        text = decode(raw, "x")
        assert "\r" not in text
    except UnreadableFile as error:
        fault = error.fault
    assert fault is None or 1 <= fault.line <= raw.count(b"\n") + raw.count(b"\r") + 1
