"""What readers see of the manuscripts in `content/`; `python -m tests.manuscripts.expected_pages` writes it anew.

Read the difference as a careful reader would before you commit it: nothing may be shown that the author did not mean
to show, and nothing may be missing.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from bot.content.content_folder import ContentFolder
from bot.domain.pages import Page, Picture, Prose, paginate
from bot.domain.stories.story import Chapter, Serial

HERE = Path(__file__).parent
CONTENT = HERE / "content"
EXPECTED = HERE / "expected"
FAULTS = EXPECTED / "faults.txt"


def read_content() -> ContentFolder:
    """The manuscripts, read."""
    folder = ContentFolder(CONTENT)
    folder.load_now()
    return folder


def shown(serial: Serial) -> str:
    """All pages of a story."""
    return "\n".join(line for chapter in serial.chapters for line in _chapter(chapter)) + "\n"


def _chapter(chapter: Chapter) -> Iterator[str]:
    yield f"== {chapter.title}{f' ({chapter.part})' if chapter.part else ''}"
    for page in paginate(chapter.text):
        yield from _page(page)
    yield ""


def _page(page: Page) -> Iterator[str]:
    for block in page.blocks:
        match block:
            case Prose(text=text):
                yield text.replace("\xa0", "␣").replace("\u200b", "[zero width]")
            case Picture(alt=alt, path=path):
                yield f"[picture: {alt}, {path}]"
            case _:
                yield "[scene break]"


def faults(folder: ContentFolder) -> str:
    """All faults and warnings, one a line."""
    prefix = f"{CONTENT}/"
    return "".join(f"{str(fault).replace(prefix, '')}\n" for fault in folder.list_faults())


def main() -> None:
    """Write what is expected anew."""
    folder = read_content()
    EXPECTED.mkdir(exist_ok=True)
    for slug, serial in folder.serials().items():
        (EXPECTED / f"{slug}.txt").write_text(shown(serial), encoding="utf-8")
    FAULTS.write_text(faults(folder), encoding="utf-8")


if __name__ == "__main__":
    main()
