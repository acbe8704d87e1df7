"""Twenty hard places, each cut where a careful reader would cut it.

Every case is a small text, and for each page but the last how it ends, the words it ends with, and the words the next
one begins with. All were read and judged one by one; a change here is a change of what readers see.
"""

from __future__ import annotations

from itertools import pairwise

import pytest
from uniseg.sentencebreak import sentence_boundaries

from bot.domain.pages import Page, Picture, Prose, SceneBreak, paginate
from bot.domain.pages.sentences import sentence_ends

LIMIT = 200
WAIT = "The rain had come down since noon and the quay was empty but for the gulls that stood about in it all day"
WALK = "She took the long way round by the wall and the steps, for the short one was under water by then, and said so"

PLACES: dict[str, tuple[str, list[tuple[str, str, str]]]] = {
    "titles and initials end no sentence": (
        (
            "The rain had come down since noon and the quay was empty but for gulls. Nobody had asked for Mr. "
            "Victor Hale, and nobody at all would have waited for Dr. J. Abernathy on a night like this one "
            "was. She closed the book and went to look for the key that he had hidden."
        ),
        [("sentence", "but for gulls.", "Nobody had asked for Mr. Victor")],
    ),
    "never between a stop and its closing quotation mark": (
        (
            "“I never said that I would stay here through the whole of the winter. You heard what you wished "
            "to hear.” Ada turned the lamp down until the corners went. “Then go. The boat is at the steps and "
            "the tide will turn at four!” He took his hat and did not look back at her once."
        ),
        [("sentence", "the corners went.", "“Then go.")],
    ),
    "who speaks stays with what is said": (
        (
            "It was late when the three of them came back over the bridge, wet to the knees and cold. “Did you "
            "lock the gate behind you?” Dinah asked, and she held out a hand for the key of the house. Nobody "
            "answered her for a while. The clock struck in the hall and then it struck again."
        ),
        [("sentence", "knees and cold.", "“Did you lock the gate")],
    ),
    "numbers and No. 7 are no ends": (
        (
            "The bar fell to 29.14 inches before supper and kept falling. By No. 7 buoy the swell was 3.5 "
            "fathoms. At 11.45 the keeper wrote that the wind had gone round to the north. Then the light "
            "went, and there is nothing more on that page of the log but a ring left by a wet cup of tea."
        ),
        [("sentence", "to the north.", "Then the light went")],
    ),
    "an ellipsis may go on": (
        (
            "He thought of the harbour... Victor would be there by now, and the lamp… Ada had trimmed it "
            "herself before she left him. What was he waiting for? There had been a time when he would have "
            "run all the way down without a coat. Now he sat and looked at his hands in the light."
        ),
        [("sentence", "he waiting for?", "There had been")],
    ),
    "emphasis is closed and reopened": (
        (
            "Nobody moved. *You have to understand that it was never about the lamp, it was never about the "
            "sea, it was about you and about what you would do when the dark came in over the wall. I waited. "
            "I waited until the last hour of it and you did not come.* Then the voice stopped."
        ),
        [("sentence", "over the wall.*", "*I waited. I waited")],
    ),
    "a spoiler stays one on both pages": (
        (
            "||The keeper had never left. He was in the lamp room all that year, and it was he who put the "
            "light out on the night of the wreck, because they had asked him to. Nobody else knew it. Nobody "
            "else must ever hear of it from you, or from me, while she lives.||"
        ),
        [("sentence", "asked him to.||", "||Nobody else knew it.")],
    ),
    "a letter is cut between its lines and stays a letter": (
        (
            "She unfolded it.\n\n> Dear Ada,\n> I have gone with the boat. You will find the key under the "
            "third stone and the money under the fourth.\n> Do not wait for me. Do not let them put the lamp "
            "out, whatever they may tell you.\n> \n> Yours, as far as I am anyone’s,\n> Victor\n\nShe read it "
            "twice."
        ),
        [
            (
                "sentence",
                "the key under the third stone and the money under the fourth.",
                "> Do not wait for me.",
            )
        ],
    ),
    "a heading goes with what it heads": (
        f"{WAIT}.\n\n{WALK}.\n\n## Part Two\n\n{WAIT}.\n\n{WALK}.",
        [
            ("paragraph", "in it all day.", "She took the long way"),
            ("paragraph", "and said so.", "## Part Two\nThe rain"),
            ("paragraph", "in it all day.", "She took the long way"),
        ],
    ),
    "a scene break is the best of ends": (
        f"{WAIT}.\n\n“No.”\n\n***\n\nAda rose.\n\n{WALK}.\n\n“So.”",
        [("scene", "“No.”", "Ada rose.")],
    ),
    "a list is cut between its items": (
        (
            "What she took:\n\n- the key\n- the lamp, with enough oil in it for four nights and a spare wick "
            "wrapped in waxed paper against the damp\n- her father’s coat, which was too long for her and "
            "smelled of him\n1. Bread\n2. Salt"
        ),
        [("paragraph", "against the damp", "- her father’s coat")],
    ),
    "a long item goes on without a new bullet": (
        (
            "- the lamp, with enough oil in it for four nights and a spare wick wrapped in waxed paper against "
            "the damp. She had weighed it in her hand. It was heavy, and she took it all the same, for there "
            "was nobody left to ask for another.\n- the key"
        ),
        [("sentence", "the damp.", "She had weighed it")],
    ),
    "a link that fits a page is not cut": (
        (
            "The whole story was told much better than I can tell it here by somebody who was there: [the "
            "inquiry of 1881, with every witness and the map of the "
            "wreck](https://example.org/inquiry_(1881)/full*text) and I would read that one first of all."
        ),
        [("word", "who was there:", "[the inquiry of 1881, with every")],
    ),
    "code is cut between lines, and its fence repeated": (
        "The key to it:\n\n```text\n"
        + "\n".join(f"{n}: dit dah dah dit dit dit dah dit" for n in range(6))
        + "\n```\n\nThat was all.",
        [("sentence", "2: dit dah dah dit dit dit dah dit\n```", "```text\n3: dit dah")],
    ),
    "Japanese needs no space, and と stays with what it quotes": (
        "灯台の灯りが消えた夜、港には誰もいなかった。「もう帰ろう。」と彼女は言った。しかし彼は動かなかった。"
        * 4,
        [("sentence", "動かなかった。", "灯台の灯り")],
    ),
    "Chinese without a stop is cut at a comma": (
        "灯塔的灯在夜里熄灭了，码头上一个人也没有，" * 12,
        [("word", "没有，", "灯塔的灯")],
    ),
    "Arabic ends its questions its own way": (
        "انطفأ المصباح في آخر الرصيف ولم ير أحد من أطفأه. هل كان الحارس نائما؟ لم يجرؤ أحد على السؤال. " * 3,
        [("sentence", "أطفأه.", "هل كان")],
    ),
    "a family is never parted": ("👨‍👩‍👧‍👦" * 30, [("grapheme", "👦👨‍👩‍👧‍👦", "👨‍👩‍👧‍👦👨")]),
    "what was literal inside a line stays so at its start": (
        (
            "The sign over the door had been painted by a man who did not care at all what anyone thought of "
            "his lines or of the spelling of it, # 4 it said and not one of the people who came by there every "
            "day of the week had asked"
        ),
        [("word", "spelling of it,", "\\# 4 it said")],
    ),
    "no last line alone at the start of a page": (
        f"{WAIT}. {WALK[:60]}. {WALK[60:]} again. It rang.",
        [("sentence", "in it all day.", "She took the long way")],
    ),
    "verse is cut between its lines": (
        "\\\n".join(["The lamp is low, the tide is slow,", "and no one on the stair;"] * 5),
        [("sentence", "the tide is slow,", "and no one")],
    ),
    "a picture stays between its paragraphs": (
        f"{WAIT}.\n\n![The quay, at night](images/quay.png)\n\n{WALK}.",
        [("paragraph", "in it all day.\n\n![The quay, at night](images/quay.png)", "She took")],
    ),
}


def words(page: Page) -> str:
    """A page's text, with its pictures as they are written."""
    parts = []
    for block in page.blocks:
        if isinstance(block, Prose):
            parts.append(block.text)
        elif isinstance(block, Picture):
            parts.append(f"![{block.alt}]({block.path})")
    return "\n\n".join(parts)


@pytest.mark.parametrize("place", PLACES)
def test_a_hard_place_is_cut_where_a_reader_would_cut_it(place: str) -> None:
    text, cuts = PLACES[place]
    pages = paginate(text, limit=LIMIT)
    assert [page.cut.value for page in pages] == [*(kind for kind, _, _ in cuts), "end"]
    for (_, ending, beginning), (before, after) in zip(cuts, pairwise(pages), strict=True):
        assert words(before).endswith(ending)
        assert words(after).startswith(beginning)


def test_a_scene_break_ends_its_page_as_its_last_block() -> None:
    pages = paginate(PLACES["a scene break is the best of ends"][0], limit=LIMIT)
    assert pages[0].blocks[-1] == SceneBreak()
    assert isinstance(pages[1].blocks[0], Prose)


@pytest.mark.parametrize("place", PLACES)
def test_every_sentence_end_is_one_to_unicode_too(place: str) -> None:
    """But before an opening bracket, which UAX #29 takes for a closing one and leaves on the wrong page."""
    text = PLACES[place][0].translate(dict.fromkeys(map(ord, "*_|`")))
    ends = {at for at in sentence_ends(text) if text[at] != "「"}
    assert ends <= set(sentence_boundaries(text))
