"""Tests of `fascicle schema`."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import yaml
from click.testing import CliRunner
from jsonschema import Draft202012Validator

from bot.cli import main
from bot.cli.schema import KINDS, schema_of

ROOT = Path(__file__).parents[2]


def faults(kind: str, text: str) -> list[str]:
    """Return what an editor would mark in a piece of YAML."""
    value = json.loads(json.dumps(yaml.safe_load(text), default=str))
    return [error.json_path for error in Draft202012Validator(schema_of(kind)).iter_errors(value)]


@pytest.mark.parametrize("kind", KINDS)
def test_is_a_schema_with_every_key_described(kind: str) -> None:
    made = schema_of(kind)
    Draft202012Validator.check_schema(made)
    groups = [made, *(each for each in made["$defs"].values() if "properties" in each)]
    for group in groups:
        described = [value for value in group["properties"].values() if value is not True]
        assert all(value["description"] for value in described)


@pytest.mark.parametrize("kind", KINDS)
def test_file_beside_the_samples_is_current(kind: str) -> None:
    file = ROOT / "content" / ".schemas" / f"{kind}.schema.json"
    assert json.loads(file.read_text(encoding="utf-8")) == schema_of(kind), (
        "Run `fascicle schema --to content/.schemas`."
    )


@pytest.mark.parametrize("file", sorted(ROOT.glob("content/*/story.yaml")), ids=lambda file: file.parent.name)
def test_sample_stories_fit_and_name_their_schema(file: Path) -> None:
    text = file.read_text(encoding="utf-8")
    assert faults("story", text) == []
    hint = text.splitlines()[0].partition("$schema=")[2]
    assert (file.parent / hint).is_file()


def test_example_configuration_fits_and_names_its_schema() -> None:
    text = (ROOT / "config.example.yaml").read_text(encoding="utf-8")
    assert faults("config", text) == []
    assert (ROOT / text.splitlines()[0].partition("$schema=")[2]).is_file()


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("story", "title: 1984\nlanguage: no\nrelease: {start: 2026-12-01, schedule: daily at 18:00}"),
        (
            "story",
            "title: A\nauthors: [Ada, {name: Bea, discord: '100000000000000001'}]\ncover:\nservers: any",
        ),
        ("story", "title: A\nservers: [100000000000000001]\nsuggestions:\nsample: yes"),
        ("chapter", "title: 3\npublish_at: 2026-12-01 18:00\nthanks: [1, '2']\ndraft: true\nlines: verse"),
        ("chapter", "tags: [a]\nlast-modified: 2026-01-01\nsuggestions: {until: next release}"),
        ("config", "delivery: {rate: '40', catch_up_gap: 10 minutes}\nhttp: {port: 0}"),
    ],
)
def test_takes_what_the_loader_takes(kind: str, text: str) -> None:
    assert faults(kind, text) == []


@pytest.mark.parametrize(
    ("kind", "text", "where"),
    [
        ("story", "titel: A", "$"),
        ("story", "title: A\nrating: adult", "$.rating"),
        ("story", "title: A\nrelease: {start: soon}", "$.release"),
        ("story", "title: A\nservers: all", "$.servers"),
        ("chapter", "drafts: true", "$"),
        ("chapter", "thanks: [twelve]", "$.thanks[0]"),
        ("config", "reading: {page_length: 9000}", "$.reading"),
    ],
)
def test_marks_what_the_loader_refuses(kind: str, text: str, where: str) -> None:
    assert where in faults(kind, text)


def test_prints_one_or_all_and_writes_files(tmp_path: Path) -> None:
    def run(*arguments: str) -> Any:
        result = CliRunner().invoke(main, ["schema", *arguments])
        assert result.exit_code == 0, result.output
        return result.output

    assert json.loads(run("story")) == schema_of("story")
    assert json.loads(run()) == {kind: schema_of(kind) for kind in KINDS}
    printed = run("--to", str(tmp_path / "new" / "folder"))
    files = [Path(line) for line in printed.split()]
    assert [file.name for file in files] == [f"{kind}.schema.json" for kind in KINDS]
    assert json.loads(files[1].read_text(encoding="utf-8")) == schema_of("chapter")
