"""The sample stories: in a clone its content folder, in an installed package a folder inside it."""

from __future__ import annotations

from pathlib import Path

import click

from bot.cli.command_resources import require_stories
from bot.cli.output import diagnostic_line
from bot.content.content_check import find_missing_stories, is_part_of_story

_PACKAGE = Path(__file__).resolve().parents[1]
PACKAGED = "sample_content"
"""Where pyproject.toml puts the clone's `content` when the package is built."""


def find_samples(package: Path = _PACKAGE) -> Path | None:
    """Return the folder with the sample stories; None where they were left out."""
    packaged, clone = package / PACKAGED, package.parent
    if packaged.is_dir():
        return packaged
    of_clone = clone / "content"
    return of_clone if (clone / "pyproject.toml").is_file() and of_clone.is_dir() else None


def choose_demo_content(given: Path | None) -> tuple[Path, bool]:
    """Return the folder that a demo shows, and whether it is that of the samples.

    It is the `given` one, else `content` in the working directory, else the samples'. If there is something here that
    looks like stories in the wrong place, a line to stderr says so.

    Raises:
        UsageFailure: there is no story in the folder, and no sample either.
    """
    own = given or Path("content")
    samples = find_samples()
    if given is not None or samples is None:
        require_stories(own)
        return own, False
    here = own if own.exists() or not is_part_of_story(Path()) else Path()
    if not here.exists() or _is_empty(here):
        return samples, True
    missing = find_missing_stories(here)
    if missing is None:
        return own, False
    click.echo(f"{diagnostic_line(missing)} Until then, this demo shows the sample stories.", err=True)
    return samples, True


def _is_empty(folder: Path) -> bool:
    """Return whether nothing is in a folder, as in the image's where none is mounted."""
    return folder.is_dir() and next(folder.iterdir(), None) is None
