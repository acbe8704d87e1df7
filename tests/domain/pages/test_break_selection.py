"""More than thirty hard places, each cut where a careful reader would cut it.

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
        f"{WAIT}. {WALK}. It rang.",
        [("sentence", "in it all day.", "She took the long way")],
    ),
    "German quotation marks close where English ones open": (
        (
            "„Ich habe niemals gesagt, dass ich den ganzen Winter hier bleiben würde. Du hast gehört, was du "
            "hören wolltest, und mehr nicht, Victor.“ Ada drehte die Lampe herunter, bis die Ecken dunkel "
            "waren. »Geh doch.« Er nahm seinen Hut und sah sich an der Treppe nicht mehr nach ihr um."
        ),
        [("sentence", "mehr nicht, Victor.“", "Ada drehte")],
    ),
    "German days are no ends": (
        (
            "Es war spät geworden, als Dr. h. c. Hale am Abend des 3. Oktober mit dem letzten Boot ankam, das "
            "noch fuhr, d. h. mit dem von Kapitän Ohm. Er brachte Salz, Öl usw. für den ganzen Winter mit, "
            "und um 18.30 Uhr ging das Licht aus, ohne dass jemand wusste, wer es getan hatte."
        ),
        [("sentence", "von Kapitän Ohm.", "Er brachte Salz")],
    ),
    "a guillemet stays with the words that it closes": (
        (
            "La pluie tombait depuis midi sur le quai désert. «\u202fViens ici, il fait froid dehors, et la mer "
            "monte plus vite que tu ne le crois.\u202f» Elle ne bougea pas d’un seul pas\u202f! Puis la cloche "
            "sonna deux fois dans la tour au-dessus du port, et se tut pour toute la nuit."
        ),
        [("sentence", "ne le crois.\u202f»", "Elle ne bougea")],
    ),
    "no page begins with a dash in the middle of a paragraph": (
        (
            "— Стой! — крикнул он через весь двор, и собака остановилась у самых ворот. — Я не отдам тебе этот "
            "фонарь, сколько бы ты ни просила, слышишь? — Она молчала. Дождь шёл с полудня, и на пристани не "
            "было никого, кроме чаек. Потом свет погас, и больше в журнале ничего нет."
        ),
        [("sentence", "Она молчала.", "Дождь шёл")],
    ),
    "the number of a note stays with its sentence": (
        (
            "The keeper had put the light out himself on the night of the wreck.¹ Nobody else knew about it "
            "for years and years.² She found the page in the log, in his own hand, under a ring left by a wet "
            "cup.³ Then she burned it in the stove, and watched until there was nothing left."
        ),
        [("sentence", "years and years.²", "She found the page")],
    ),
    "Hebrew set off in an English paragraph is set off on both pages": (
        (
            "The keeper wrote it down as he had heard it: \u2067הפנס בקצה הרציף כבה ואיש לא ראה מי כיבה אותו. "
            "האם השומר ישן? איש לא העז לשאול. הגשם ירד מאז הצהריים והרציף היה ריק. היא סגרה את הספר והלכה "
            "לחפש את המפתח.\u2069 Then he closed the log and went up to the lamp again."
        ),
        [("sentence", "לשאול.\u2069", "\u2067הגשם ירד")],
    ),
    "an Arabic speaker stays with what he asks": (
        (
            "قال الحارس: «لن أطفئ المصباح مهما طلبتم مني، فقد وعدتها بذلك قبل أربعين سنة.» ثم صعد الدرج وأغلق "
            "الباب. «هل سمعتم؟» سأل الصبي. لم يجبه أحد، وكان المطر ينزل منذ الظهيرة على الرصيف الخالي. ثم "
            "انطفأ المصباح، ولم ير أحد من أطفأه في تلك الليلة."
        ),
        [("sentence", "سأل الصبي.", "لم يجبه أحد")],
    ),
    "Thai has no stops, and is cut at its spaces": (
        (
            "ฝนตกมาตั้งแต่เที่ยงวันและท่าเรือก็ว่างเปล่า มีเพียงนกนางนวลที่ยืนอยู่ตรงนั้นทั้งวัน "
            "เธอเดินอ้อมไปทางกำแพงและบันได เพราะทางลัดจมอยู่ใต้น้ำแล้วในเวลานั้น "
        )
        * 2,
        [("word", "ในเวลานั้น", "ฝนตก")],
    ),
    "Chinese quotation marks open the next page": (
        (
            "“你不该来这里。”她把灯放在桌上，转过身去。“我知道。”他说，“可是我没有别的地方可去了。”窗外的雨下了整整"
            "一天，码头上连一只海鸥也没有。“那就留下吧！”她终于说。“只是今晚。”他点了点头，没有再说什么。"
        )
        * 2,
        [("sentence", "没有再说什么。", "“你不该来这里。”")],
    ),
    "no Japanese page begins with a mark that cannot begin a line": (
        "灯台守は「灯りを消したのはあなたでしょう？」と聞かれても（いつもそうだった）……" * 6,
        [("word", "……", "灯台守は「灯り")],
    ),
    "talk with beats between is cut before somebody speaks": (
        (
            "“Now,” he said, and he put the lamp on the table between the two of them. “Now you will tell me "
            "everything, from the start, and leave nothing out.” (She had not expected that.) “Everything? That "
            "would take all night.” “We have all night!” “I see.” And so she told him."
        ),
        [("sentence", "leave nothing out.”", "(She had not")],
    ),
    "marks in marks are all closed and reopened": (
        (
            "Nobody moved. *It was never about the lamp, **and you knew that it was not. You knew it on the "
            "first night. You said so to me by the wall, and to the others on the steps, when it rained.** "
            "Nobody else was there to hear it. I waited.* Then the voice stopped."
        ),
        [("sentence", "first night.**_", "_**You said so")],
    ),
    "words without a stop are cut where a clause ends": (
        "and the rain came down, and the gulls stood about on the quay; " * 8,
        [("word", "the quay;", "and the rain"), ("word", "the quay;", "and the rain")],
    ),
    "verse is cut between its stanzas where it has any": (
        (
            "The lamp is low, the tide is slow,  \nand no one on the stair;  \nthe stone is wet, the nets are set,  \n"
            "and no one else is there.\n\nI hear a bell, I cannot tell  \nif it is near or far;  \n"
            "the keeper sleeps, the water creeps  \nacross the harbour bar."
        ),
        [("paragraph", "no one else is there.", "I hear a bell")],
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
    """But before an opening 「 or “, which UAX #29 takes for a closing one and leaves on the wrong page, as it does
    with a » after a space; and notes' numbers are no part of a sentence to it."""
    text = PLACES[place][0].translate(dict.fromkeys(map(ord, "*_|`¹²³")))
    ends = {at for at in sentence_ends(text) if text[at] not in "「“" and text[at - 2] != "»"}
    assert ends <= set(sentence_boundaries(text))


def test_verse_without_stanzas_is_cut_where_its_voice_rests() -> None:
    text = "  \n".join(["The lamp is low, the tide is slow,", "and no one on the stair;"] * 40)
    pages = paginate(text, limit=800)
    assert len(pages) > 2
    assert all(page.plain.endswith("stair;") for page in pages)


def test_a_page_in_the_middle_of_a_section_knows_whose_view_it_is() -> None:
    text = f"## Victor’s POV\n\n{WAIT}.\n\n{WALK}.\n\n***\n\n**Ada’s POV**\n\n{WAIT}.\n\n{WALK}."
    pages = paginate(text, limit=LIMIT, pov="Dinah")
    assert [page.pov for page in pages] == [None, "Victor", None, "Ada"]
