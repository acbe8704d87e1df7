"""The command `fascicle new`: well-formed files to begin with."""

from __future__ import annotations

from pathlib import Path

import click

from bot.cli.command_resources import content_option, load_settings_or_fail
from bot.cli.output import UsageFailure
from bot.content.authoring.story_files import StoryFiles
from bot.content.authoring.story_slugs import slug_from_title
from bot.content.stories.story_folders import CHAPTERS, STORY_FILE
from bot.domain.text.terminal_escaping import printable


@click.group()
def new() -> None:
    """Begin a story or a chapter."""


@new.command()
@click.argument("name")
@content_option
def story(name: str, content: Path | None) -> None:
    """Begin the story NAME, its title."""
    root, slug = _root(content), slug_from_title(name)
    try:
        StoryFiles(root).create_story(slug, {"title": name, "language": "en"}, hints=True)
    except ValueError as error:
        raise UsageFailure(f"{root / slug}: {error}") from error
    click.echo(printable(f"{root / slug / STORY_FILE}: fill in what you like."))
    click.echo(f"Next: fascicle new chapter {slug} TITLE, or fascicle import SOURCE --story {slug}.")


@new.command()
@click.argument("slug", metavar="STORY")
@click.argument("title")
@content_option
def chapter(slug: str, title: str, content: Path | None) -> None:
    """Begin a chapter of STORY, as a draft after all others."""
    root = _root(content)
    if not (root / slug / STORY_FILE).exists():
        raise UsageFailure(f"{slug}: there is no such story in {root}. Begin it with fascicle new story.")
    file = StoryFiles(root).add_chapter(slug, title, "")
    where = root / slug / CHAPTERS / file
    click.echo(printable(f"{where}: write below the lines at its top. Take out draft when it may appear."))


def _root(content: Path | None) -> Path:
    return content if content is not None else load_settings_or_fail(None).content.path
