"""The command `fascicle export`: a story as an EPUB book, or as a folder of Markdown."""

from __future__ import annotations

from pathlib import Path

import click

from bot.cli.book_contents import PublishedStory, published_book, read_published, whole_book
from bot.cli.command_resources import (
    config_option,
    content_option,
    find_story,
    load_settings_or_fail,
    read_content,
)
from bot.cli.output import UsageFailure
from bot.cli.output_files import allow_replacing, require_parent, write_whole_file, write_whole_folder
from bot.config import Settings
from bot.content.exporting.book import Book
from bot.content.exporting.epub_writer import write_epub
from bot.content.exporting.markdown_folder import folder_files
from bot.content.stories.story_folders import STORY_FILE
from bot.domain.text.terminal_escaping import printable
from bot.store.database_inspection import is_missing
from bot.store.engine.errors import StoreError

_BOOK = ".epub"


@click.command()
@click.argument("story")
@click.option(
    "--to", "target", required=True, type=click.Path(path_type=Path), help="FILE.epub, or a folder."
)
@click.option("--all", "everything", is_flag=True, help="All chapters of the files, out or not, drafts too.")
@click.option("--force", is_flag=True, help="Replace what is there without asking.")
@content_option
@config_option
def export(
    story: str, target: Path, everything: bool, force: bool, content: Path | None, config: Path | None
) -> None:
    """Write STORY as an EPUB book or as a folder of Markdown files.

    If the bot has published the story, the book holds what is out, with the readers whose ideas it uses; `--all` adds
    the rest. Without a database it holds every chapter that is no draft.
    """
    settings = load_settings_or_fail(config)
    root = content if content is not None else settings.content.path
    folder = read_content(root)
    serials = folder.serials()
    slug = find_story(story, {key: serial.story.title for key, serial in serials.items()})
    serial, own = serials[slug], root / slug
    require_parent(target)
    is_book = target.suffix.lower() == _BOOK
    _require_fit(target, root, is_book=is_book)
    published = _published(settings, slug, needed=config is not None and not everything)
    if everything or published is None:
        book = whole_book(own, serial, published, drafts=everything)
    else:
        book = published_book(own, serial, published)
    if not book.chapters:
        hint = (
            "Nothing of it is out yet; --all takes all chapters."
            if published
            else "It has no finished chapter."
        )
        raise UsageFailure(f"“{serial.story.title}” has nothing to export. {hint}")
    for broken in serial.broken:
        click.echo(printable(f"{broken.file}: this chapter is broken; run `fascicle check`."), err=True)
    allow_replacing(target, force=force)
    _write(book, target, own, is_book=is_book)
    count = len(book.chapters)
    which = "out so far" if published is not None and not everything else "of the files"
    click.echo(
        printable(f"{target}: “{book.story.title}”, {count} chapter{'' if count == 1 else 's'} {which}.")
    )


def _write(book: Book, target: Path, own: Path, *, is_book: bool) -> None:
    if is_book:
        write_whole_file(target, write_epub(book))
    else:
        write_whole_folder(target, folder_files(book, (own / STORY_FILE).read_bytes()))


def _require_fit(target: Path, root: Path, *, is_book: bool) -> None:
    """Require a target that holds nothing else.

    Raises:
        UsageFailure: the export would take the place of other things.
    """
    if is_book:
        if target.is_dir():
            raise UsageFailure(f"{target}: this is a folder. Name a file that ends in {_BOOK}.")
        return
    if target.exists() and not target.is_dir():
        raise UsageFailure(f"{target}: this is a file. Name a folder, or a file that ends in {_BOOK}.")
    inside = target.resolve()
    if inside.is_relative_to(root.resolve()) or root.resolve().is_relative_to(inside):
        raise UsageFailure(f"{target}: your stories are there. Name a folder elsewhere.")
    if target.is_dir() and any(target.iterdir()) and not (target / STORY_FILE).exists():
        raise UsageFailure(f"{target}: this folder holds something else. Name a new one.")


def _published(settings: Settings, slug: str, *, needed: bool) -> PublishedStory | None:
    """Return what the database has of the story, None without one.

    Raises:
        UsageFailure: it is `needed`, since only it knows what is out, and cannot be read.
    """
    url = settings.database.url
    try:
        if is_missing(url):
            return None
        return read_published(url, slug)
    except (UsageFailure, StoreError) as error:
        said = error.message if isinstance(error, UsageFailure) else str(error)
        if needed:
            raise UsageFailure(
                f"{said} Without it I cannot tell what is out; --all takes all chapters."
            ) from error
        click.echo(printable(f"{said} So I take the files alone."), err=True)
        return None
