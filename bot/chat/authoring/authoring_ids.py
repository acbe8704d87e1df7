"""Ids of the buttons, menus and forms with which authors make stories. See `bot.chat.interactions.custom_ids`."""

from __future__ import annotations

from bot.chat.interactions.custom_ids import story_token, up_to

_TOKEN = r"[^\s:]{1,48}"
_DRAFT = r"(?P<draft>[0-9a-f]{16})"
_MARK = r"(?P<mark>[0-9a-f]{8})"
_CHAPTER = r"(?P<chapter>[0-9a-f]{16})"
_STORY = rf"(?P<story>{_TOKEN})"
_PAGE = rf"(?P<page>{up_to(999_999)})"

NEW_FORM = r"new-story"
NEW_AGAIN = rf"new-again:{_DRAFT}"
UPLOAD = rf"upload:(?P<what>show|all|add|replace|discard):{_PAGE}:{_DRAFT}"
UPLOAD_PAGE = rf"upload-page:(?P<number>{up_to(999_999)}):{_PAGE}:{_DRAFT}"
UPLOAD_PICK = rf"upload-pick:{_PAGE}:{_DRAFT}"
UPLOAD_UNDO = rf"upload-undo:{_PAGE}:{_DRAFT}"
LIST = rf"chapter-list:{_PAGE}:{_STORY}"
PICK = rf"chapter-pick:{_PAGE}:{_STORY}"
CHANGE = rf"chapter-do:(?P<what>up|down|draft|ready|place|time|replace|ask|remove|show):{_MARK}:{_CHAPTER}:{_STORY}"
CHANGE_FORM = rf"chapter-form:(?P<what>place|time):{_MARK}:{_CHAPTER}:{_STORY}"
REMOVED = rf"chapter-gone:{_PAGE}:{_STORY}"
REMOVED_PICK = rf"chapter-gone-pick:{_PAGE}:{_STORY}"
RESTORE = rf"chapter-back:{_CHAPTER}:{_STORY}"
SCHEDULE = rf"schedule:(?P<what>show|form):{_STORY}"
SCHEDULE_DRAFT = rf"schedule-draft:(?P<what>save|again):{_DRAFT}"
SCHEDULE_FORM = rf"schedule-form:{_STORY}"
NOTE = rf"note:(?P<what>send|discard):{_DRAFT}"
NOTE_LOOK = rf"note-look:(?P<number>{up_to(2**31 - 1)}):{_STORY}"
NOTE_FORM = rf"note-form:{_STORY}"


def new_again(draft: str) -> str:
    """Open the form of a new story again, with what was typed."""
    return f"new-again:{draft}"


def upload(what: str, draft: str, page: int = 0) -> str:
    """Show an upload or all its decisions, write it (`add`, or `replace` what is known too), or discard it."""
    return f"upload:{what}:{page}:{draft}"


def upload_page(draft: str, chapter: int, page: int) -> str:
    """Show that page of that chapter of an upload."""
    return f"upload-page:{chapter}:{page}:{draft}"


def upload_pick(draft: str, page: int) -> str:
    """Pick a chapter of an upload to look at."""
    return f"upload-pick:{page}:{draft}"


def upload_undo(draft: str, page: int) -> str:
    """Pick a decision to undo, or to make again."""
    return f"upload-undo:{page}:{draft}"


def chapter_list(slug: str, page: int) -> str:
    """Show that page of a story's chapters."""
    return f"chapter-list:{page}:{story_token(slug)}"


def chapter_pick(slug: str, page: int) -> str:
    """Pick a chapter of that page."""
    return f"chapter-pick:{page}:{story_token(slug)}"


def change(what: str, slug: str, mark: str, chapter: str) -> str:
    """Change a chapter, if the list is still as it was shown."""
    return f"chapter-do:{what}:{mark}:{chapter}:{story_token(slug)}"


def change_form(what: str, story: str, mark: str, chapter: str) -> str:
    """Identify the form that asks for a chapter's place or time."""
    return f"chapter-form:{what}:{mark}:{chapter}:{story}"


def removed_list(slug: str, page: int) -> str:
    """Show that page of the chapters that were taken out."""
    return f"chapter-gone:{page}:{story_token(slug)}"


def removed_pick(slug: str, page: int) -> str:
    """Pick a chapter of that page to bring it back."""
    return f"chapter-gone-pick:{page}:{story_token(slug)}"


def restore(slug: str, chapter: str) -> str:
    """Bring back a chapter that was taken out."""
    return f"chapter-back:{chapter}:{story_token(slug)}"


def schedule(what: str, slug: str) -> str:
    """Show a story's schedule, or open its form."""
    return f"schedule:{what}:{story_token(slug)}"


def schedule_draft(what: str, draft: str) -> str:
    """Save a previewed schedule, or open the form with it again."""
    return f"schedule-draft:{what}:{draft}"


def schedule_form(slug: str) -> str:
    """Identify the form of a schedule."""
    return f"schedule-form:{story_token(slug)}"


def note(what: str, draft: str) -> str:
    """Send a previewed note, or discard it."""
    return f"note:{what}:{draft}"


def note_look(slug: str, number: int) -> str:
    """Show how far a note has come."""
    return f"note-look:{-number}:{story_token(slug)}"


def note_form(slug: str) -> str:
    """Identify the form of a note."""
    return f"note-form:{story_token(slug)}"
