"""Preview that follows the author: the pages are shown again whenever a file of the story is saved.

The system's reports of changes only wake the watch up. Times and sizes of the files decide, and are looked at every
second anyway, since a network share may report nothing and an editor may replace a file or the whole folder.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Protocol

import click
from watchfiles import watch

from bot.cli.output import UsageFailure
from bot.cli.preview_page import PagedChapter
from bot.content.change_detection import signature
from bot.domain.pages import Picture, Prose
from bot.domain.text.terminal_escaping import printable, printable_lines

_SETTLE = 200
"""Milliseconds that files must rest before they are read, so that a save of many is shown once."""

_LOOK_EVERY = 1.0
"""Seconds."""


class WatchedPreview(Protocol):
    """Pages that can be shown again."""

    root: Path

    @property
    def story_folder(self) -> Path:
        """The folder whose files make the pages."""

    def show_again(self) -> None:
        """Read what has changed, and show the pages.

        Raises:
            UsageFailure: they are not there.
        """

    def finish(self) -> None:
        """Leave the pages as they are."""


def watch_preview(pages: WatchedPreview) -> None:
    """Show the pages, and again at each save, until Ctrl-C.

    Raises:
        UsageFailure: they are not there at the beginning.
    """
    try:
        seen = signature(pages.story_folder)
        pages.show_again()
        _tell_end(pages)
        for _ in _wakings(pages.root):
            now = signature(pages.story_folder)
            if now == seen:
                continue
            seen = now
            click.clear()
            try:
                pages.show_again()
            except UsageFailure as failure:
                failure.show()
            except OSError:
                # A file went away while it was read.
                seen = b""
            _tell_end(pages)
    except KeyboardInterrupt:
        click.echo(err=True)
        pages.finish()


def _tell_end(pages: WatchedPreview) -> None:
    click.echo(
        printable(f"I watch {pages.story_folder} and show it again at each save. Ctrl-C ends."), err=True
    )


def _wakings(root: Path) -> Iterator[None]:
    """Yield when something may have changed, and every second."""
    while True:
        try:
            for _ in watch(
                root,
                watch_filter=None,
                debounce=4 * _SETTLE,
                step=_SETTLE,
                rust_timeout=int(_LOOK_EVERY * 1000),
                yield_on_timeout=True,
                ignore_permission_denied=True,
            ):
                yield
                if not root.exists():
                    break
        except (OSError, RuntimeError):
            # The folder went away, or the system has no watch to give or ended it.
            yield
        time.sleep(_LOOK_EVERY)


def print_pages(chapters: Sequence[PagedChapter], *, whole: bool) -> None:
    """Print how many pages each chapter has; or the `whole` pages, as far as a terminal can show them."""
    for number, each in enumerate(chapters, 1):
        count = len(each.pages)
        title = printable(each.chapter.title)
        if not whole:
            click.echo(f"{number:>4}  {title}: {count} page{'' if count == 1 else 's'}")
            continue
        for place, page in enumerate(each.pages, 1):
            click.echo(f"\n── {title} · Page {place} of {count} ──\n")
            for block in page.blocks:
                if isinstance(block, Prose):
                    click.echo(printable_lines(block.text))
                elif isinstance(block, Picture):
                    click.echo(printable(f"[{block.alt or block.path}]"))
                else:
                    click.echo("* * *")
