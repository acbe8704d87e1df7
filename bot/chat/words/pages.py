"""What stands on a chapter's pages, in channels and in the private reader, around the story's own words."""

from __future__ import annotations

from collections.abc import Sequence

READ = "Read"
SUGGEST = "Suggest"
PREVIOUS_CHAPTER = "Previous chapter"
NEXT_CHAPTER = "Next chapter"
BACK = "Back"
ON = "On"
EARLIER = "Earlier chapters…"
LATER = "Later chapters…"
AUTHORS_NOTE = "Author’s note"
SCENE_BREAK = "⁂"
IN_THREAD = "-# 🧵 The whole chapter is in the thread under this post."
ON_CARD = "-# 📖 `/read` opens it in private, at your own place."
FOLLOWS = "-# 🧵 The chapter follows below."
WITHDRAWN = """The author has withdrawn this chapter for now.
-# When it returns it will stand here again. Places and stars are kept."""
WITHDRAWN_BRIEFLY = "withdrawn for now"

_WORDS_A_MINUTE = 230


def chapter_of(number: int, released: int | None = None) -> str:
    """Where the chapter stands."""
    return (
        f"Chapter {number} of {released}"
        if released is not None and released > number
        else f"Chapter {number}"
    )


def length(words: int) -> str:
    """How long the chapter is and takes."""
    minutes = max(1, round(words / _WORDS_A_MINUTE))
    return f"{words:,} words · {minutes} min"


def point_of_view(name: str) -> str:
    """Through whose eyes the page is told."""
    return f"Told by {name}"


def warnings(listed: str) -> str:
    """What readers may want to know first; they uncover it themselves."""
    return f"-# Content notes: ||{listed}||"


def revised(note: str) -> str:
    """What the author says of a change."""
    return f"-# ✏️ Revised: {note}"


def page_of(number: int, count: int) -> str:
    """The foot of every page."""
    return f"-# Page {number} of {count}"


def goes_on(link: str) -> str:
    """Leads to the chapter's next page, further down in the thread."""
    return f"**[The chapter goes on further down.]({link})**"


def next_release(moment: str) -> str:
    """When it goes on."""
    return f"-# Next chapter: {moment}"


def written_by(names: Sequence[str]) -> str:
    """Credits."""
    return f"-# Written by {_listed(names)}"


def thanks(numbers: Sequence[int]) -> str:
    """Readers' ideas that shaped the chapter."""
    return f"-# With thanks for the readers’ ideas {_listed([str(number) for number in numbers])}"


def picture(alt: str) -> str:
    """Stands for a picture that cannot be shown."""
    return f"-# [Picture: {alt}]" if alt else "-# [A picture]"


def skipped(count: int) -> str:
    """Introduces the chapters that came out while this channel could not be posted to."""
    return (
        "Also new since the last post here:"
        if count > 1
        else "Also new since the last post here, one chapter:"
    )


def and_more(count: int) -> str:
    """What did not fit in a list of chapters."""
    return f"-# … and {count} more. `/read` opens any of them."


def numbered(number: int, title: str) -> str:
    """A chapter in a list."""
    return f"{number}. {title}"


def _listed(names: Sequence[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
