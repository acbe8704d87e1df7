"""The custom ids of buttons, menus and forms: all the state there is, so that they work after any restart.

An id is a word and its facts, joined by colons, at most 100 characters (docs: components/reference, Custom ID).
"""

from __future__ import annotations

import hashlib
import re

LIMIT = 100

LARGEST = 2**63 - 1
"""The largest number that an id may have: more fits into no database, so nobody but a forger writes it."""

_LONGEST_SLUG = 48
_PLAIN_SLUG = re.compile(r"[^\s:#][^\s:]*")
_TOKEN = r"[^\s:]{1,48}"


def up_to(largest: int) -> str:
    """The pattern of the whole numbers from 0 to `largest`, in plain digits and without zeros before them."""
    digits = str(largest)
    same_length = (
        f"{digits[:place]}[{1 if place == 0 else 0}-{int(digit) - 1}][0-9]{{{len(digits) - place - 1}}}"
        for place, digit in enumerate(digits)
        if int(digit) > (1 if place == 0 else 0)
    )
    shorter = f"0|[1-9][0-9]{{0,{len(digits) - 2}}}" if len(digits) > 1 else "0"
    return f"(?:{shorter}|{'|'.join(same_length)}|{digits})"


_NUMBER = up_to(LARGEST)
_PAGE = up_to(999_999)


READ = rf"read:(?P<release>{_NUMBER})"
OPEN = rf"open:(?P<story>{_TOKEN})"
SUGGEST = rf"suggest:(?P<chapter>{_NUMBER}):(?P<story>{_TOKEN})"
SUGGEST_FORM = rf"idea:(?P<chapter>{_NUMBER}):(?P<story>{_TOKEN}):(?P<anonymous>[01])"
_REVISION = rf"(?P<revision>{up_to(999_999_999)})"
PAGE = rf"page:(?P<release>{_NUMBER}):(?P<page>-1|{_PAGE}):{_REVISION}"
CHAPTERS = rf"chapters:(?P<release>{_NUMBER}):(?P<page>{_PAGE}):{_REVISION}"
PICKED = rf"from:(?P<start>{up_to(999_999_999)})|(?P<release>{_NUMBER})"
GO = rf"go:(?P<release>{_NUMBER})"
BACK = rf"back:(?P<release>{_NUMBER})"
SETTLE = rf"here:(?P<release>{_NUMBER}):(?P<page>{_PAGE}):{_REVISION}"
STAR = rf"star:(?P<release>{_NUMBER}):(?P<page>{_PAGE}):{_REVISION}"
SEND = rf"send:(?P<release>{_NUMBER}):(?P<page>{_PAGE}):{_REVISION}"
JUMP = rf"jump:(?P<release>{_NUMBER}):(?P<count>{_PAGE}):{_REVISION}"
JUMP_FORM = rf"jumped:(?P<release>{_NUMBER}):{_REVISION}"
FOLLOW = rf"follow:(?P<story>{_TOKEN})"
STORY = rf"story:(?P<page>{_PAGE}):(?P<story>{_TOKEN})"
STATS = rf"stats:(?P<page>{_PAGE}):(?P<story>{_TOKEN})"
PREVIEW = rf"preview:(?P<page>{_PAGE}):(?P<chapter>[0-9a-f]{{16}}):(?P<story>{_TOKEN})"
SHELF = rf"shelf:(?P<page>{_PAGE})"
SHELF_PICK = "pick"
SUBSCRIPTIONS = rf"subscriptions:(?P<page>{_PAGE})"
MINE = rf"mine:(?P<page>{_PAGE})"
LOOK = rf"look:(?P<number>{_NUMBER}):(?P<page>{_PAGE}):(?P<list>{_PAGE})"
PEEK = rf"peek:(?P<number>{_NUMBER}):(?P<page>{_PAGE}):(?P<shown>[01])"
TOP = rf"top:(?P<page>{_PAGE}):(?P<story>{_TOKEN})"
WHERE = rf"where:(?P<number>{_NUMBER})"
SUPPORT = rf"support:(?P<number>{_NUMBER}):(?P<page>|{_PAGE})"
INSTEAD = rf"instead:(?P<own>{_NUMBER}):(?P<number>{_NUMBER})"
NAME_ME = rf"name:(?P<number>{_NUMBER})"
TOLD = rf"told:(?P<number>{_NUMBER}):(?P<told>[01])"
EDIT = rf"edit:(?P<chapter>{_NUMBER}):(?P<story>{_TOKEN}):(?P<anonymous>[01])(?P<named>[01])"
SURE = rf"sure:(?P<chapter>{_NUMBER}):(?P<story>{_TOKEN}):(?P<anonymous>[01])(?P<named>[01])"
EDIT_FOR = r"edit-for:(?P<anonymous>[01])(?P<named>[01])"
UNBOARD = rf"unboard:(?P<panel>{_NUMBER})"
END_POLL = rf"endpoll:(?P<poll>{_NUMBER})"
NEWS = r"news:(?P<told>[01])"
PRIVACY = r"privacy:(?P<what>ask|erase|keep):(?P<stay>[01])"


def story_token(slug: str) -> str:
    """A story's slug as it stands in ids: itself, or a digest of it where it is too long or holds what ids may not."""
    if len(slug) <= _LONGEST_SLUG and _PLAIN_SLUG.fullmatch(slug):
        return slug
    return "#" + hashlib.blake2b(slug.encode(), digest_size=12).hexdigest()


def read(release_id: int) -> str:
    """Open that chapter in the private reader."""
    return f"read:{release_id}"


def open_story(slug: str) -> str:
    """Open that story at the reader's place."""
    return f"open:{story_token(slug)}"


def suggest(slug: str, chapter_number: int = 0) -> str:
    """Open the form for an idea; chapter 0 is none in particular."""
    return f"suggest:{chapter_number}:{story_token(slug)}"


def suggest_form(slug_token: str, chapter_number: int, anonymous: bool) -> str:
    """The form itself."""
    return f"idea:{chapter_number}:{slug_token}:{int(anonymous)}"


def page(release_id: int, number: int, revision: int = 0) -> str:
    """Show that page in the private reader; -1 is the last. The number counts in that revision's pages, 0: in those
    there are when it is pressed."""
    return f"page:{release_id}:{number}:{revision}"


def chapters(release_id: int, number: int, revision: int = 0) -> str:
    """The reader's list of chapters, on that page of that revision."""
    return f"chapters:{release_id}:{number}:{revision}"


def go(release_id: int) -> str:
    """Show that chapter in the private reader that is open, at the reader's place in it."""
    return f"go:{release_id}"


def back(release_id: int) -> str:
    """Show the reader's own place in the story of that chapter, in the private reader that is open."""
    return f"back:{release_id}"


def settle(release_id: int, number: int, revision: int) -> str:
    """Make that page of that revision the reader's place."""
    return f"here:{release_id}:{number}:{revision}"


def star(release_id: int, number: int, revision: int) -> str:
    """Give that chapter one's vote or take it back, on that page of that revision."""
    return f"star:{release_id}:{number}:{revision}"


def send(release_id: int, number: int, revision: int) -> str:
    """Have that page in one's direct messages."""
    return f"send:{release_id}:{number}:{revision}"


def jump(release_id: int, count: int, revision: int) -> str:
    """Ask for a page of that chapter, which has `count` of them in that revision."""
    return f"jump:{release_id}:{count}:{revision}"


def jump_form(release_id: int, revision: int) -> str:
    """The form itself."""
    return f"jumped:{release_id}:{revision}"


def follow(slug: str) -> str:
    """Follow that story."""
    return f"follow:{story_token(slug)}"


def story(slug: str, list_page: int) -> str:
    """Show a story, with that page of its chapters."""
    return f"story:{list_page}:{story_token(slug)}"


def stats(slug: str, list_page: int) -> str:
    """Show a story's statistics, with that page of the table."""
    return f"stats:{list_page}:{story_token(slug)}"


def preview(slug: str, chapter_mark: str, number: int) -> str:
    """Show that page of the file of a chapter."""
    return f"preview:{max(number, 0)}:{chapter_mark}:{story_token(slug)}"


def shelf(list_page: int) -> str:
    """Show that page of the library."""
    return f"shelf:{list_page}"


def subscriptions(list_page: int) -> str:
    """Show that page of a server's subscriptions."""
    return f"subscriptions:{list_page}"


def mine(list_page: int) -> str:
    """Show that page of one's own ideas."""
    return f"mine:{list_page}"


def look(number: int, text_page: int, list_page: int) -> str:
    """Show that page of one of one's own ideas; the list it was in was on that page."""
    return f"look:{number}:{text_page}:{list_page}"


def peek(number: int, text_page: int = 0, *, shown: bool = False) -> str:
    """Show that page of an idea that readers may see; `shown`: in the message that shows another page of it."""
    return f"peek:{number}:{text_page}:{int(shown)}"


def where(number: int) -> str:
    """Tell where that idea can be read, whose text may not stand here."""
    return f"where:{number}"


def top(slug: str, list_page: int) -> str:
    """Show that page of a story's most supported ideas."""
    return f"top:{list_page}:{story_token(slug)}"


def support(number: int, list_page: int | None = None) -> str:
    """Support that idea, or no more: in the private list, on that page; without one on a message for everybody."""
    return f"support:{number}:{'' if list_page is None else list_page}"


def instead(own: int, number: int) -> str:
    """Support that idea instead of one's own."""
    return f"instead:{own}:{number}"


def name_me(number: int) -> str:
    """Be named if that idea of one's own is used, or no more."""
    return f"name:{number}"


def told(number: int, told: bool) -> str:
    """Hear of one's ideas by direct message, or no more; pressed under that idea."""
    return f"told:{number}:{int(told)}"


def edit(slug_token: str, chapter_number: int, *, anonymous: bool, named: bool) -> str:
    """Open the form for an idea with the text that is in the message's file."""
    return f"edit:{chapter_number}:{slug_token}:{int(anonymous)}{int(named)}"


def sure(slug_token: str, chapter_number: int, *, anonymous: bool, named: bool) -> str:
    """Send the idea that is in the message's file as it is."""
    return f"sure:{chapter_number}:{slug_token}:{int(anonymous)}{int(named)}"


def edit_for(*, anonymous: bool, named: bool) -> str:
    """The same for the story that is picked."""
    return f"edit-for:{int(anonymous)}{int(named)}"


def news(told: bool) -> str:
    """Hear of ideas by direct message, or no more; pressed under such news."""
    return f"news:{int(told)}"


def privacy(what: str, *, stay: bool) -> str:
    """Ask again whether somebody's data is to be erased, erase it, or keep it; whether their ideas stay."""
    return f"privacy:{what}:{int(stay)}"


def unboard(panel_id: int) -> str:
    """Take that board away."""
    return f"unboard:{panel_id}"


def end_poll(poll_id: int) -> str:
    """End that poll now."""
    return f"endpoll:{poll_id}"
