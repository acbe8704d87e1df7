"""Custom ids of buttons, menus and modals. They hold all state, so that components work after any restart.

An id is a word and its facts, joined by colons, at most 100 characters (docs: components/reference, Custom ID).
"""

from __future__ import annotations

import hashlib
import re

LIMIT = 100

LARGEST = 2**63 - 1
"""The largest number in an id: a larger one fits into no database, so it is forged."""

_LONGEST_SLUG = 48
_PLAIN_SLUG = re.compile(r"[^\s:#][^\s:]*")
_TOKEN = r"[^\s:]{1,48}"


def up_to(largest: int) -> str:
    """Return the pattern of the whole numbers from 0 to `largest`, without leading zeros."""
    digits = str(largest)
    same_length = (
        f"{digits[:place]}[{1 if place == 0 else 0}-{int(digit) - 1}][0-9]{{{len(digits) - place - 1}}}"
        for place, digit in enumerate(digits)
        if int(digit) > (1 if place == 0 else 0)
    )
    shorter = f"0|[1-9][0-9]{{0,{len(digits) - 2}}}" if len(digits) > 1 else "0"
    return f"(?:{shorter}|{'|'.join(same_length)}|{digits})"


_NUMBER = up_to(LARGEST)
PAGE_NUMBER = _PAGE = up_to(999_999)


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
SHARE = rf"share:(?P<release>{_NUMBER}):(?P<page>{_PAGE}):{_REVISION}"
JUMP = rf"jump:(?P<release>{_NUMBER}):(?P<count>{_PAGE}):{_REVISION}"
JUMP_FORM = rf"jumped:(?P<release>{_NUMBER}):{_REVISION}"
FOLLOW = rf"follow:(?P<story>{_TOKEN})"
UNFOLLOW = rf"unfollow:(?P<story>{_TOKEN})"
FOLLOW_STORY = rf"follow-story:(?P<on>[01]):(?P<page>{_PAGE}):(?P<story>{_TOKEN})"
FOLLOW_HERE = rf"follow-here:(?P<on>[01]):(?P<release>{_NUMBER}):(?P<page>{_PAGE}):{_REVISION}"
STORY = rf"story:(?P<page>{_PAGE}):(?P<story>{_TOKEN})"
STATS = rf"stats:(?P<page>{_PAGE}):(?P<story>{_TOKEN})"
PREVIEW = rf"preview:(?P<page>{_PAGE}):(?P<chapter>[0-9a-f]{{16}}):(?P<story>{_TOKEN})"
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
CARD = r"card:(?P<what>on|off|queue)"
CARD_STORY = rf"card-(?P<what>stats|next):(?P<story>{_TOKEN})"
PRIVACY = r"privacy:(?P<what>ask|erase|keep):(?P<stay>[01])"


def story_token(slug: str) -> str:
    """Return a story's slug for ids: itself, or a digest if it is too long or has characters that ids may not have."""
    if len(slug) <= _LONGEST_SLUG and _PLAIN_SLUG.fullmatch(slug):
        return slug
    return "#" + hashlib.blake2b(slug.encode(), digest_size=12).hexdigest()


def read(release_id: int) -> str:
    """Open that chapter in the private reader."""
    return f"read:{release_id}"


def open_story(slug: str) -> str:
    """Open that story at the reader's bookmark."""
    return f"open:{story_token(slug)}"


def suggest(slug: str, chapter_number: int = 0) -> str:
    """Open the modal for a suggestion; chapter 0 stands for none in particular."""
    return f"suggest:{chapter_number}:{story_token(slug)}"


def suggest_form(slug_token: str, chapter_number: int, anonymous: bool) -> str:
    """Identify the modal for a suggestion."""
    return f"idea:{chapter_number}:{slug_token}:{int(anonymous)}"


def page(release_id: int, number: int, revision: int = 0) -> str:
    """Show that page in the private reader; -1 is the last.

    The number counts the pages of that revision; revision 0 stands for the current one when the button is pressed.
    """
    return f"page:{release_id}:{number}:{revision}"


def chapters(release_id: int, number: int, revision: int = 0) -> str:
    """Open the reader's list of chapters, on that page of that revision."""
    return f"chapters:{release_id}:{number}:{revision}"


def go(release_id: int) -> str:
    """Show that chapter in the open private reader, at the reader's bookmark in it."""
    return f"go:{release_id}"


def back(release_id: int) -> str:
    """Show the reader's bookmark in the story of that chapter, in the open private reader."""
    return f"back:{release_id}"


def settle(release_id: int, number: int, revision: int) -> str:
    """Make that page of that revision the reader's bookmark."""
    return f"here:{release_id}:{number}:{revision}"


def star(release_id: int, number: int, revision: int) -> str:
    """Give that chapter one's vote or take it back, on that page of that revision."""
    return f"star:{release_id}:{number}:{revision}"


def send(release_id: int, number: int, revision: int) -> str:
    """Send that page to one's direct messages."""
    return f"send:{release_id}:{number}:{revision}"


def share(release_id: int, number: int, revision: int) -> str:
    """Ask which paragraph of that page is to be shared."""
    return f"share:{release_id}:{number}:{revision}"


def jump(release_id: int, count: int, revision: int) -> str:
    """Ask for a page of that chapter, which has `count` pages in that revision."""
    return f"jump:{release_id}:{count}:{revision}"


def jump_form(release_id: int, revision: int) -> str:
    """Identify the modal that asks for a page."""
    return f"jumped:{release_id}:{revision}"


def follow(slug: str) -> str:
    """Follow that story."""
    return f"follow:{story_token(slug)}"


def unfollow(slug: str) -> str:
    """Stop following that story; pressed under an answer that says that one follows it."""
    return f"unfollow:{story_token(slug)}"


def follow_story(slug: str, list_page: int, *, on: bool) -> str:
    """Follow the story whose page is shown, or end that, and show it again with that page of its chapters."""
    return f"follow-story:{int(on)}:{list_page}:{story_token(slug)}"


def follow_here(release_id: int, number: int, revision: int, *, on: bool) -> str:
    """Follow the story of the page in the private reader, or end that, and show the page again."""
    return f"follow-here:{int(on)}:{release_id}:{number}:{revision}"


def story(slug: str, list_page: int) -> str:
    """Show a story, with that page of its chapters."""
    return f"story:{list_page}:{story_token(slug)}"


def stats(slug: str, list_page: int) -> str:
    """Show a story's statistics, with that page of the table."""
    return f"stats:{list_page}:{story_token(slug)}"


def preview(slug: str, chapter_mark: str, number: int) -> str:
    """Show that page of a chapter's file."""
    return f"preview:{max(number, 0)}:{chapter_mark}:{story_token(slug)}"


def subscriptions(list_page: int) -> str:
    """Show that page of a guild's subscriptions."""
    return f"subscriptions:{list_page}"


def mine(list_page: int) -> str:
    """Show that page of one's own suggestions."""
    return f"mine:{list_page}"


def look(number: int, text_page: int, list_page: int) -> str:
    """Show that page of one's own suggestion; the list it was in was on that page."""
    return f"look:{number}:{text_page}:{list_page}"


def peek(number: int, text_page: int = 0, *, shown: bool = False) -> str:
    """Show that page of a suggestion that readers may see; `shown`: in the message that shows another page of it."""
    return f"peek:{number}:{text_page}:{int(shown)}"


def where(number: int) -> str:
    """Tell where that suggestion can be read, whose text may not be shown here."""
    return f"where:{number}"


def top(slug: str, list_page: int) -> str:
    """Show that page of a story's most supported suggestions."""
    return f"top:{list_page}:{story_token(slug)}"


def support(number: int, list_page: int | None = None) -> str:
    """Toggle one's support for a suggestion, in the private list on that page, or in a message for everybody."""
    return f"support:{number}:{'' if list_page is None else list_page}"


def instead(own: int, number: int) -> str:
    """Support that suggestion instead of one's own."""
    return f"instead:{own}:{number}"


def name_me(number: int) -> str:
    """Toggle whether one is named if that suggestion is used."""
    return f"name:{number}"


def told(number: int, told: bool) -> str:
    """Turn direct messages about one's suggestions on or off; pressed under that suggestion."""
    return f"told:{number}:{int(told)}"


def edit(slug_token: str, chapter_number: int, *, anonymous: bool, named: bool) -> str:
    """Open the modal for a suggestion with the text in the message's file."""
    return f"edit:{chapter_number}:{slug_token}:{int(anonymous)}{int(named)}"


def sure(slug_token: str, chapter_number: int, *, anonymous: bool, named: bool) -> str:
    """Submit the suggestion in the message's file as it is."""
    return f"sure:{chapter_number}:{slug_token}:{int(anonymous)}{int(named)}"


def edit_for(*, anonymous: bool, named: bool) -> str:
    """Open the modal for the story that is picked, with the text in the message's file."""
    return f"edit-for:{int(anonymous)}{int(named)}"


def news(told: bool) -> str:
    """Turn direct messages about suggestions on or off; pressed under such a message."""
    return f"news:{int(told)}"


def card(what: str) -> str:
    """Turn the morning card `on` or `off`, or open the `queue` from it."""
    return f"card:{what}"


def card_story(what: str, slug: str) -> str:
    """Show a story's `stats` or its `next` chapter from the morning card."""
    return f"card-{what}:{story_token(slug)}"


def privacy(what: str, *, stay: bool) -> str:
    """Ask again whether somebody's data is to be erased, erase it, or keep it; `stay`: their suggestions stay."""
    return f"privacy:{what}:{int(stay)}"


def unboard(panel_id: int) -> str:
    """Remove that board."""
    return f"unboard:{panel_id}"


def end_poll(poll_id: int) -> str:
    """End that poll now."""
    return f"endpoll:{poll_id}"
