"""`fascicle schema`: schemas that are valid, accept what the bot accepts and refuse what it refuses."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft202012Validator

from bot.cli.schema import KINDS, json_schema, schema_file
from bot.content.chapters.front_matter import split
from bot.schemas.base import Schema
from tests.cli.test_check import fascicle

ROOT = Path(__file__).parents[2]
COMMITTED = ROOT / "docs" / "schemas"
STORIES = sorted((ROOT / "content").glob("*/story.yaml"))


class _Loader(yaml.SafeLoader):
    """YAML as editors read it: 1.2, which has no dates and takes yes and no for words."""


_Loader.yaml_implicit_resolvers = {
    first: [
        (tag, re.compile(r"^(true|false)$", re.IGNORECASE) if tag.endswith(":bool") else rule)
        for tag, rule in rules
        if not tag.endswith(":timestamp")
    ]
    for first, rules in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def faults(kind: str, text: str) -> list[str]:
    """The places that an editor would mark."""
    found = Draft202012Validator(json_schema(kind)).iter_errors(yaml.load(text, _Loader))
    return sorted("/".join(map(str, each.absolute_path)) or each.message for each in found)


@pytest.mark.parametrize("kind", KINDS)
def test_schemas_are_valid_and_tell_of_every_key(kind: str) -> None:
    made = json_schema(kind)
    Draft202012Validator.check_schema(made)
    groups = [made, *(each for each in made["$defs"].values() if "properties" in each)]
    assert all(group["additionalProperties"] is False for group in groups)
    silent = [
        name for group in groups for name, value in group["properties"].items() if "description" not in value
    ]
    assert silent == []
    assert list(made["properties"]) == list(KINDS[kind][0].model_fields)


@pytest.mark.parametrize("kind", KINDS)
def test_the_files_in_docs_are_current(kind: str) -> None:
    assert (COMMITTED / f"{kind}.json").read_bytes() == schema_file(kind), (
        "run: fascicle schema --to docs/schemas"
    )


@pytest.mark.parametrize("file", [*STORIES, ROOT / "config.example.yaml"], ids=lambda file: file.parent.name)
def test_samples_name_their_schema_and_keep_to_it(file: Path) -> None:
    text = file.read_text(encoding="utf-8")
    hint = re.match(r"# yaml-language-server: \$schema=(\S+)\n", text)
    assert hint is not None
    named = (file.parent / hint[1]).resolve()
    assert named.parent == COMMITTED
    assert faults(named.stem, text) == []


@pytest.mark.parametrize(
    "file", sorted((ROOT / "content").glob("*/chapters/*.md")), ids=lambda file: file.name
)
def test_front_matter_of_the_samples_keeps_to_it(file: Path) -> None:
    assert faults("chapter", split(file.read_text(encoding="utf-8")).matter or "{}") == []


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("story", "title: 1984"),
        (
            "story",
            "title: x\nauthors: [Ada, {name: Bo, discord: 100000000000000001}, {name: Cy, discord: '12'}]",
        ),
        (
            "story",
            "title: x\nservers: [1, '2']\ncover:\nrelease: {start: 2026-12-01, schedule: daily at 18:00}",
        ),
        ("story", "title: x\nscene_break: '* * *'\nsuggestions: {open: yes, window: 3 days}"),
        (
            "chapter",
            "publish_at: 2026-12-01 18:00\ndraft: off\nthanks: [3]\nsuggestions: {until: next release}",
        ),
        ("config", "operators: [1]\ndelivery: {catch_up_gap: 10 minutes}\ndatabase: {url: 'sqlite:///x'}"),
    ],
)
def test_what_the_bot_accepts_is_not_marked(kind: str, text: str) -> None:
    form: type[Schema] = KINDS[kind][0]
    form.model_validate(yaml.load(text, yaml.BaseLoader))
    assert faults(kind, text) == []


@pytest.mark.parametrize(
    ("kind", "text", "places"),
    [
        ("story", "summary: x", ["'title' is a required property"]),
        ("story", "title:", ["title"]),
        ("story", "title: x\nrating: teeen\nstatus: 3\nlanguage: english", ["language", "rating", "status"]),
        ("story", "title: x\nservers: all\nrelease: {backlog: -1}", ["release", "servers"]),
        ("story", "title: x\ncover: [a]\nrelease: {start: soon}", ["cover", "release"]),
        ("chapter", "lines: vers\ndraft: maybe\nthanks: [0]", ["draft", "lines", "thanks"]),
        ("chapter", "publish_at: tomorrow", ["publish_at"]),
        ("config", "log: {level: loud}\nhttp: {port: 99999}\noperators: [me]", ["http", "log", "operators"]),
        ("config", "database: {url: mysql://x}\ndiscord: {api_url: ftp://x}", ["database", "discord"]),
    ],
)
def test_what_the_bot_refuses_is_marked(kind: str, text: str, places: list[str]) -> None:
    assert faults(kind, text) == places


@pytest.mark.parametrize("kind", KINDS)
def test_unknown_keys_are_marked(kind: str) -> None:
    (said,) = faults(kind, "{title: x, titel: y}" if kind != "config" else "{titel: y}")
    assert "'titel'" in said


def test_it_is_printed_or_written(tmp_path: Path) -> None:
    printed: dict[str, Any] = json.loads(fascicle("schema", "story").stdout)
    assert printed == json_schema("story")
    assert fascicle("schema", "--to", tmp_path).exit_code == 0
    assert sorted(each.name for each in tmp_path.glob("*.json")) == [
        "chapter.json",
        "config.json",
        "story.json",
    ]
    assert fascicle("schema", "config", "--to", tmp_path).exit_code == 0
    assert fascicle("schema").exit_code == 2
    assert fascicle("schema", "story", "--to", tmp_path / "none").exit_code == 2
    assert fascicle("schema", "stroy").exit_code == 2
