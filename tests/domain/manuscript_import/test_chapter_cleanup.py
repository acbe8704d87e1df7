"""A pasted chapter becomes a clean one, with everything that a site put around it in its right place."""

from __future__ import annotations

import pytest

from bot.content.source_formats.html_reader import read_html
from bot.domain.manuscript_import.import_pipeline import import_source
from bot.domain.manuscript_import.source_document import Source
from tests.domain.manuscript_import.pasted_chapters import clean, clean_text, source_of, text_of

_FIRST = "Ines counted the steps down to the cistern, and came to one more than there had been on Sunday."
_SECOND = "The extra step was wet. She put her hand on it and felt, far below, something breathe out slowly."
_THIRD = "From the street Tomas saw her lamp go out, and began to count as they had agreed."
_BODY = f"{_FIRST}\n\n{_SECOND}\n\n***\n\n**Tomas’s POV**\n\n{_THIRD}"
_ASKS = "What do you think is down there? Tell me in the comments, suggestions are welcome!"
_OWNS = "I own nothing but the cistern."

_STORY_SITE = f"""
8.4K 512 96

The Extra Step

by WellKeeper

Ines’s POV

{_FIRST}

{_SECOND}

Oops! This image does not follow our content guidelines. To continue publishing, remove it or upload another image.

{_SECOND[:60]}

{_SECOND[60:].strip()}

Tomas’s POV

{_THIRD}

A/N: {_ASKS}

Disclaimer: {_OWNS}

Continue reading next part

Share

The Cistern

Ongoing
"""

_ARCHIVE = f"""
Archive Warnings: None

Fandom: Original Work

# The Extra Step

[POV: Ines]

{_FIRST}

{_SECOND}

[Image removed]

{_SECOND[:50]}\u200b{_SECOND[50:]}

**Tomas’s POV**

{_THIRD}

Chapter End Notes

{_ASKS}

Disclaimer: {_OWNS}

← Previous Chapter | Next Chapter →
"""

_SERIAL_SITE = f"""
Fiction Page

# The Extra Step

Disclaimer: {_OWNS}

**Ines’s POV**

{_FIRST}

If you are reading this anywhere but on the author’s page, it has been stolen.

{_SECOND}

---

Tomas’s POV

{_THIRD}

---

{_ASKS}

Support me on Patreon to read ten chapters ahead!

Previous Chapter

Next Chapter
"""

_FAN_FICTION = f"""
The Cistern

Chapter 3 of 12

Rated: Fiction T - English - Chapters: 12 - Words: 45,210 - Reviews: 14

**Disclaimer:** {_OWNS}

INES POV

{_FIRST}

{_SECOND}

TOMAS'S POV

{_THIRD}

-----

*Author's Note: {_ASKS}*

Favorite  Follow  Review

Next chapter: The Pump
"""


@pytest.mark.parametrize(
    "text",
    [_STORY_SITE, _ARCHIVE, _SERIAL_SITE, _FAN_FICTION],
    ids=["story", "archive", "serial", "fan fiction"],
)
def test_a_pasted_chapter_becomes_a_clean_one(text: str) -> None:
    source = source_of(text, title="The Cistern")
    (draft,), decisions = clean(source, ("The Extra Step",))
    assert text_of(draft).replace("TOMAS'S", "Tomas’s") == _BODY
    assert (draft.note_after, draft.disclaimer) == (_ASKS, _OWNS)
    assert (draft.pov or "").capitalize() == "Ines"
    assert draft.note_before is None
    assert all(decision.reason and not decision.undone for decision in decisions)


_PAGE = f"""<html><head><title>The Extra Step - The Cistern</title>
<style>.zq {{ display: none }}</style></head><body><nav><a href="/">Browse</a></nav>
<div class="fic-header"><h1>The Extra Step</h1></div>
<div class="portlet author-note-portlet"><div class="author-note"><p>Disclaimer: {_OWNS}</p></div></div>
<div class="chapter-inner chapter-content"><p><strong>Ines’s POV</strong></p><p>{_FIRST}</p>
<p class="zq">This tale was taken from its author.</p><p>&nbsp;</p><p>{_SECOND}</p>
<p>Oops! This image does not follow our content guidelines. To continue publishing, please remove it.</p>
<p>{_SECOND}</p><p><strong>Tomas’s POV</strong></p><p>{_THIRD}</p></div>
<div class="portlet author-note-portlet"><div class="author-note"><p>{_ASKS}</p></div></div>
<div class="comments"><p>First!</p></div><footer><p>The Cistern</p><p>Ongoing</p></footer></body></html>"""


def test_a_saved_page_becomes_the_same_chapter() -> None:
    source = Source("page.html", (read_html(_PAGE, "page.html"),), title="The Cistern")
    (draft,), _ = clean(source, ("The Extra Step",))
    assert text_of(draft) == _BODY
    assert (draft.pov, draft.note_after, draft.disclaimer) == ("Ines", _ASKS, _OWNS)


def test_the_disclaimer_of_the_first_chapter_is_the_story_s() -> None:
    story = import_source(
        source_of(f"Disclaimer: {_OWNS}\n\n{_FIRST}", f"Disclaimer: Nor this.\n\n{_SECOND}")
    )
    assert story.disclaimer == _OWNS
    assert [chapter.note_before for chapter in story.chapters] == [None, "Nor this."]


@pytest.mark.parametrize(
    "note",
    [
        "A/N: Late again.",
        "(A/N: Late again.)",
        "**A/N:** Late again.",
        "*Author’s note: Late again.*",
        "AN: Late again.",
        "Anmerkung der Autorin: Late again.",
        "Nota del autor: Late again.",
        "Note de l’auteur : Late again.",
        "Nota da autora: Late again.",
        "Примечание автора: Late again.",
        "作者按：Late again.",
        "Author’s Note\n\nLate again.",
        "{author_note} Notes\n\n{author_note} Late again.",
    ],
)
def test_a_note_goes_to_its_end_without_its_label(note: str) -> None:
    before, after = (
        clean_text(f"{note}\n\n---\n\n{_FIRST}\n\n{_SECOND}"),
        clean_text(f"{_FIRST}\n\n{_SECOND}\n\n---\n\n{note}"),
    )
    assert (before.note_before, before.note_after) == ("Late again.", None)
    assert (after.note_before, after.note_after) == (None, "Late again.")
    assert text_of(before) == text_of(after) == f"{_FIRST}\n\n{_SECOND}"


@pytest.mark.parametrize(
    "line",
    [
        "[← Prev](/1) | [Index](/) | [Next →](/3)",
        "Read the latest chapters at example.com",
        "Support me on Patreon to read ahead!",
        "If you are reading this anywhere but on my page, it was stolen.",
        "Continue reading next part",
    ],
)
def test_a_line_of_the_site_alone_at_the_end_goes(line: str) -> None:
    assert text_of(clean_text(f"{_FIRST}\n\n{_SECOND}\n\n{line}")) == f"{_FIRST}\n\n{_SECOND}"


@pytest.mark.parametrize(
    "line",
    [
        "What do you guys think happens next? Leave your ideas in the comments below :)",
        "Was denkt ihr, wie es weitergeht? Schreibt es mir in die Kommentare!",
        "And thanks to everyone for reading this. Don’t forget to vote.",
    ],
)
def test_a_closing_address_without_a_label_is_a_note(line: str) -> None:
    draft = clean_text(f"{_FIRST}\n\n{_SECOND}\n\n{line}")
    assert (text_of(draft), draft.note_after) == (f"{_FIRST}\n\n{_SECOND}", line)


def test_a_page_of_fan_fiction_with_a_rating_and_no_one_s_view() -> None:
    draft = clean_text(
        f"Rated: T\n\nThird Person POV\n\n{_FIRST}\n\n{_SECOND}\n\n{_THIRD}\n\nTBC\n\nR&R please!"
    )
    assert (text_of(draft), draft.pov) == (f"{_FIRST}\n\n{_SECOND}\n\n{_THIRD}", None)
    assert draft.note_after == "R&R please!"


def test_a_post_with_hashtags_and_a_number_of_notes() -> None:
    draft = clean_text(f"{_FIRST}\n\n{_SECOND}\n\n#my writing #short fiction\n\n412 notes")
    assert text_of(draft) == f"{_FIRST}\n\n{_SECOND}"


def test_an_aside_of_the_author_s_amid_the_text_is_a_note_unless_it_is_about_its_place() -> None:
    aside, song = "(a/n: sorry, i wrote it on the bus)", "(A/N: play the song now!)"
    draft = clean_text(f"{_FIRST}\n\n{aside}\n\n{_SECOND}\n\n{song}\n\n{_THIRD}")
    assert draft.note_after == "sorry, i wrote it on the bus"
    assert text_of(draft) == f"{_FIRST}\n\n{_SECOND}\n\n{song}\n\n{_THIRD}"


def test_thanks_with_a_word_on_support_are_a_note_and_a_call_alone_goes() -> None:
    thanks = "Thanks for reading! There are ten chapters more on my Patreon."
    draft = clean_text(f"{_FIRST}\n\n{_SECOND}\n\n{thanks}\n\nSupport me on Patreon to read ahead!")
    assert (text_of(draft), draft.note_after) == (f"{_FIRST}\n\n{_SECOND}", thanks)


@pytest.mark.parametrize(
    "top", ["8.4K 512 96\n\nThe Extra Step", "The Extra Step\n\nby WellKeeper\n\n4.1K 57 3"]
)
def test_a_title_beside_a_counter_is_the_chapter_s(top: str) -> None:
    source = source_of(f"{top}\n\n{_FIRST}\n\n{_SECOND}\n\n{_THIRD}")
    (chapter,) = import_source(source).chapters
    assert (chapter.title, chapter.body) == ("The Extra Step", f"{_FIRST}\n\n{_SECOND}\n\n{_THIRD}\n")
    undo = next(each.id for each in import_source(source).decisions if each.reason == "the chapter’s title")
    (chapter,) = import_source(source, refused={undo}).chapters
    assert chapter.body.startswith("The Extra Step\n\n")


def test_warnings_and_both_notes_of_a_chapter() -> None:
    draft = clean_text(
        f"The Extra Step\n\nTW: drowning, dark places and spiders\n\nAuthor’s note: For Kim.\n\n"
        f"{_FIRST}\n\n{_SECOND}\n\n"
        "Thank you all for reading this chapter!\n\nSee you in the next chapter.",
        "Chapter 3: The Extra Step",
    )
    assert draft.warnings == ("drowning", "dark places", "spiders")
    assert (draft.note_before, text_of(draft)) == ("For Kim.", f"{_FIRST}\n\n{_SECOND}")
    assert draft.note_after == "Thank you all for reading this chapter!\n\nSee you in the next chapter."


def test_names_that_alternate_above_chapters_are_points_of_view() -> None:
    texts = [f"**{name}**\n\n{_FIRST}" for name in ("Mara", "Ines", "Mara", "Ines")]
    drafts, _ = clean(source_of(*texts))
    assert [draft.pov for draft in drafts] == ["Mara", "Ines", "Mara", "Ines"]
    assert all(text_of(draft) == _FIRST for draft in drafts)


@pytest.mark.parametrize("kept", [_SECOND, _SECOND[:55]])
def test_a_double_that_is_only_a_part_leaves_the_whole(kept: str) -> None:
    notice = "This image does not follow our content guidelines."
    for text in (
        f"{_FIRST}\n\n{kept}\n\n{notice}\n\n{_SECOND}",
        f"{_FIRST}\n\n{_SECOND}\n\n{notice}\n\n{kept}",
    ):
        assert text_of(clean_text(f"{text}\n\n{_THIRD}")) == f"{_FIRST}\n\n{_SECOND}\n\n{_THIRD}"


@pytest.mark.parametrize("line", ["~ Mara’s POV ~", "[Mara’s POV]", "—Mara’s POV—", "**Mara’s POV:**"])
def test_a_change_of_view_in_many_ornaments_is_a_bold_line_after_a_scene_break(line: str) -> None:
    first, second = "The ferry was late, and nobody minded.", "She minded more than she had said."
    draft = clean_text(f"~ Tom’s POV ~\n\n{first}\n\n{line}\n\n{second}")
    assert draft.pov == "Tom"
    assert text_of(draft) == f"{first}\n\n***\n\n**Mara’s POV**\n\n{second}"
