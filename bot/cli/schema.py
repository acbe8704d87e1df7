"""The command `fascicle schema`: JSON Schemas for editors."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import click

from bot.cli.output import UsageFailure, print_json
from bot.cli.output_files import write_whole_file
from bot.config import Settings
from bot.content.chapters.front_matter_schema import FrontMatterSchema
from bot.content.stories.story_schema import StorySchema
from bot.domain.text.terminal_escaping import printable
from bot.schemas.base import Schema
from bot.schemas.json_schema import make_json_schema

KINDS: dict[str, tuple[type[Schema], str]] = {
    "story": (StorySchema, "story.yaml"),
    "chapter": (FrontMatterSchema, "Front matter of a chapter"),
    "config": (Settings, "config.yaml"),
}


@click.command()
@click.argument("kind", metavar="[story|chapter|config]", required=False, type=click.Choice(list(KINDS)))
@click.option("--to", "folder", type=click.Path(path_type=Path), help="Write the files into this folder.")
def schema(kind: str | None, folder: Path | None) -> None:
    """Print the JSON Schema of story.yaml, of a chapter's front matter or of config.yaml.

    With --to, write story.json, chapter.json and config.json into a folder. An editor that knows YAML then completes
    keys and marks mistakes in a file that begins with the line `# yaml-language-server: $schema=story.json`.
    """
    wanted = [kind] if kind else list(KINDS)
    if folder is None:
        if kind is None:
            raise UsageFailure("Name one of story, chapter and config, or a folder for all three: --to .")
        print_json(json_schema(kind))
        return
    if not folder.is_dir():
        raise UsageFailure(f"{folder}: there is no such folder. Make it first, or name another.")
    for name in wanted:
        target = folder / f"{name}.json"
        write_whole_file(target, schema_file(name))
        click.echo(f"{printable(str(target))}: the schema of {KINDS[name][1]}")


def json_schema(kind: str) -> dict[str, Any]:
    """Return the JSON Schema of one of the `KINDS`."""
    return make_json_schema(*KINDS[kind])


def schema_file(kind: str) -> bytes:
    """Return the JSON Schema of one of the `KINDS` as a file."""
    return (json.dumps(json_schema(kind), ensure_ascii=False, indent=2) + "\n").encode()
