"""The command `fascicle schema`: JSON Schemas of the YAML that people write, for their editors."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import click

from bot.config.settings import Settings
from bot.content.chapters.front_matter_schema import FrontMatterSchema
from bot.content.chapters.third_party_front_matter import THIRD_PARTY_KEYS
from bot.content.stories.story_schema import StorySchema
from bot.schemas.json_schema import json_schema

KINDS = ("story", "chapter", "config")


@click.command()
@click.argument("kind", required=False, type=click.Choice(KINDS))
@click.option(
    "--to",
    metavar="DIR",
    type=click.Path(path_type=Path, file_okay=False),
    help="Write files into DIR instead.",
)
def schema(kind: str | None, to: Path | None) -> None:
    """Print the JSON Schema of story.yaml, of a chapter's front matter or of config.yaml, or all three.

    Editors that know YAML complete and check a file by its schema. Name it in the file's first line:

        # yaml-language-server: $schema=story.schema.json
    """
    kinds = KINDS if kind is None else (kind,)
    if to is None:
        made: Any = {each: schema_of(each) for each in kinds}
        click.echo(_text(made if kind is None else made[kind]), nl=False)
        return
    to.mkdir(parents=True, exist_ok=True)
    for each in kinds:
        file = to / f"{each}.schema.json"
        file.write_text(_text(schema_of(each)), encoding="utf-8", newline="\n")
        click.echo(str(file))


def schema_of(kind: str) -> dict[str, Any]:
    """Return the JSON Schema of `story`, `chapter` or `config`."""
    match kind:
        case "story":
            return json_schema(StorySchema, "story.yaml of Fascicle")
        case "chapter":
            title = "Front matter of a chapter of Fascicle"
            return json_schema(FrontMatterSchema, title, other_keys=THIRD_PARTY_KEYS)
        case _:
            return json_schema(Settings, "config.yaml of Fascicle")


def _text(value: Any) -> str:
    return json.dumps(value, indent=2, ensure_ascii=False) + "\n"
