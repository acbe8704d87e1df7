"""What a paste from a web page brings along is remarked on; what a story says with the same words is not."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.manuscript.conversion import read_manuscript
from tests.domain.manuscript.samples import remarks, shown

PROSE = "\n\n".join(
    f"On the {day}th evening the ferryman lit the lamp, and nobody on the quay looked up at it for long."
    for day in range(4, 44)
)
"""More lines than count as the top and the end of a chapter."""


def marked(text: str) -> list[str]:
    """The lines that are remarked on."""
    lines = text.split("\n")
    return [lines[remark.line - 1].strip() for remark in read_manuscript(text).remarks]


def furniture(*lines: str) -> str:
    return "\n\n".join(lines)


PASTES = {
    "English": (
        ["1.2K Reads 45 Votes 12 Comments", "by LampWright", "Follow", "Share"],
        [
            "Please vote and comment!",
            "Continue reading next part",
            "Next Part",
            "Ongoing",
            "© 2024 LampWright",
        ],
    ),
    "counters": (
        ["12,345 views", "★ 4.5", "3.1K", "402", "88"],
        ["Previous Chapter | Next Chapter", "Log in to comment"],
    ),
    "archive": (
        ["Archive Warning: None", "Rating: Teen", "Language: English", "Stats: Words: 3,214 Kudos: 12"],
        ["Thanks for reading this chapter!", "[Next Chapter](https://example.org/2)"],
    ),
    "German": (
        ["von LampenLiebe", "1,2 Tsd. Aufrufe"],
        ["Danke fürs Lesen!", "Nächstes Kapitel", "Melden", "Zum Kommentieren anmelden"],
    ),
    "French": (
        ["3,4 k lectures", "Ajouter à la bibliothèque"],
        ["Votez et commentez !", "Chapitre suivant", "Signaler"],
    ),
    "Spanish": (
        ["3,2 mil lecturas  120 votos", "Añadir a la biblioteca"],
        ["Gracias por leer, no olviden votar", "Siguiente capítulo", "En curso"],
    ),
    "Portuguese": (["Você está lendo"], ["Obrigada por ler!", "Próximo capítulo", "Compartilhar"]),
    "Indonesian": (["Kamu sedang membaca"], ["Jangan lupa vote dan komen ya", "Bab selanjutnya", "Bagikan"]),
    "Filipino": (["Binabasa mo ang"], ["Salamat sa pagbabasa!", "Susunod na kabanata"]),
    "Russian": (
        ["12 просмотров · 3 комментария"],
        ["Спасибо за прочтение!", "Следующая глава", "Пожаловаться", "Войдите, чтобы комментировать"],
    ),
    "Greek": (["1.204 προβολές"], ["Ευχαριστώ που διαβάσατε", "Επόμενο κεφάλαιο"]),
    "Arabic": (["أضف إلى المكتبة", "1,204 مشاهدة"], ["شكرا على القراءة", "الفصل التالي"]),
    "Hebrew": (["הוסף לספרייה"], ["תודה שקראתם", "הפרק הבא"]),
    "Hindi": (["लाइब्रेरी में जोड़ें"], ["पढ़ने के लिए धन्यवाद", "अगला अध्याय"]),
    "Thai": (["เพิ่มเข้าคลัง"], ["ขอบคุณที่อ่าน", "ตอนต่อไป"]),
    "Chinese": (["加入书架"], ["求推荐票！", "（本章完）", "手机用户请浏览本站阅读", "下一章"]),
    "Japanese": (["ブックマークに追加"], ["ブックマーク、評価をお願いします！", "次の話へ"]),
    "Korean": (["관심작품 등록"], ["추천 12 댓글 3", "다음화"]),
}


@pytest.mark.parametrize("language", PASTES)
def test_every_piece_above_and_below_a_chapter_is_remarked_on(language: str) -> None:
    top, end = PASTES[language]
    assert marked(furniture(*top, PROSE, *end)) == [*top, *end]


@pytest.mark.parametrize(
    "line",
    [
        "Oops! This image does not follow our content guidelines. To continue publishing, please remove it.",
        "If you are reading this anywhere but Tale Harbour, it was stolen from there.",
        "This tale has been unlawfully lifted without consent; report any appearances on Amazon.",
        "Add to library",
        "Load more pages",
        "12K Reads 40 Votes",
        "Log in to leave a review",
        "Hinterlasse einen Kommentar",
        "Оставить отзыв",
        "手机版阅读网址：m.example.com",
        "开启无广告：手机用户请浏览本站",
        "本章未完，点击下一页继续阅读",
        "無断転載を禁じます。",
        "무단 전재를 금합니다",
    ],
)
def test_a_notice_between_any_two_paragraphs_is_remarked_on(line: str) -> None:
    text = furniture(PROSE, line, PROSE.replace("lamp", "lantern"))
    assert marked(text) == [line]


def test_each_remark_has_the_place_and_a_mend() -> None:
    [remark] = read_manuscript(f"{PROSE}\n\n  Log in to comment\n").remarks
    assert (remark.line, remark.column) == (81, 3)
    assert "a button or link" in remark.problem
    assert remark.mend.startswith("Take it out")
    assert not remark.grave


def test_advertisements_count_if_there_are_several() -> None:
    assert marked(furniture(PROSE, "Advertisement", PROSE.replace("lamp", "lantern"))) == []
    text = furniture(PROSE, "Advertisement", PROSE.replace("lamp", "lantern"), "Advertisement", "He slept.")
    assert marked(text) == ["Advertisement"] * 2


@pytest.mark.parametrize(
    "lines",
    [
        ["“Vote for me,” he said.", "Next chapter of her life"],
        ["Home", "He was home."],
        ["3", "2", "1"],
        ["The jury gave her 12 votes.", "„Bitte folgt mir und teilt das Brot“, sagte er."],
        ["Chapter 12", "By the river they sat", "von Wind und Regen müde"],
        ["If you are reading this, I am dead.", "“Please vote and comment,” said the radio."],
        ["They stole the book, and he went to report it to the guard.", "She would report the theft."],
        ["— Следующая глава!", "— Поделиться?"],
        ["Sie folgte ihm", "Teilen wollte er nicht"],
        ["第一章", "他没有回答。", "求你了。"],
        ["「次の話へ」と彼は言った。", "評価は高かった。"],
        ["“다음”이라고 그가 말했다.", "추천을 받았다."],
        ["Следующие отзывы были хуже.", "She left a review of it.", "続きを読むために座った。"],
        ["他看手机版的地图。", "Ihr gefiel das."],
        ["Status: Healthy", "Level 12", "Strength: 14"],
        ["99 bottles on the wall", "99 bottles on the wall"],
        ["קול אחד", "הוא קרא."],
        ["تابع الرجل طريقه.", "قال: شارك الخبز."],
        ["อ่านต่อไป", "เขาเดินจากไป"],
    ],
)
def test_a_story_may_say_it(lines: list[str]) -> None:
    assert marked(furniture(*lines, PROSE, *lines)) == []
    assert marked(furniture(PROSE, *lines, PROSE.replace("lamp", "lantern"))) == []


def test_the_sample_stories_have_none() -> None:
    chapters = [*(Path(__file__).parents[3] / "content").glob("*/chapters/*.md")]
    assert len(chapters) > 5
    texts = [file.read_text(encoding="utf-8").split("---\n", 2)[-1] for file in chapters]
    assert [remark for text in texts for remark in remarks(text)] == []


@pytest.mark.parametrize(
    "note",
    ["A/N: thanks!", "Author’s note: I am away next week.", "Anmerkung der Autorin: bis bald",
     "От автора: до встречи",
     "作者有话说：明天继续", "あとがき", "작가의 말: 감사합니다", "ملاحظة الكاتب: إلى اللقاء",
     "Nota de la autora: hasta pronto"],
)  # fmt: skip
def test_an_author_s_own_note_has_a_place_in_the_front_matter(note: str) -> None:
    [remark] = read_manuscript(f"{PROSE}\n\n{note}").remarks
    assert "note_after" in remark.mend
    assert "web page" not in remark.problem
    [remark] = read_manuscript(f"{note}\n\n{PROSE}").remarks
    assert "note_before" in remark.mend
    assert read_manuscript(f"{note}\n\nPlease vote and comment!", is_note=True).remarks == ()


DOUBLED = "the same paragraph stands here twice, as it may when it is copied from a web page"
SENTENCE = "Between the two bridges there was a third one, which stood on no map and bore no name at all. "


@pytest.mark.parametrize(
    "passage",
    [
        SENTENCE.strip(),
        (SENTENCE * 3).strip(),
        "Der Fährmann zündete die Laterne an, obwohl der Nebel so dicht war, dass niemand sie sehen konnte.",
        "Фонарщик поднялся по лестнице, зажёг последний фонарь и долго смотрел, как внизу дрожит вода в канале.",
        "雾从河上升起来，灯一盏接一盏地灭了，码头上没有一个人抬头去看。" * 3,
        "霧が川から立ちのぼり、灯りはひとつずつ消えていったが、岸壁では誰も顔を上げなかった。" * 2,
        "أشعل الرجل المصباح الأخير ثم نزل الدرج ببطء، ولم يرفع أحد على الرصيف رأسه لينظر إليه في الضباب.",
        "दीपक जलाने वाला सीढ़ी पर चढ़ा और उसने आख़िरी दीपक जलाया, पर घाट पर किसी ने भी ऊपर नहीं देखा, न किसी ने पूछा।",
        "Between the two bridges there was\na third one, which stood on no map\nand bore no name at all.",
    ],
)
def test_a_doubled_paragraph_is_remarked_on(passage: str) -> None:
    text = f"{PROSE}\n\n{passage}\n\nOne.\n\n{passage}\n\n{PROSE.replace('lamp', 'lantern')}"
    assert [remark for remark in remarks(text) if "the same paragraph" in remark] == [
        f"{85 + passage.count(chr(10))}:1 {DOUBLED}"
    ]
    far = f"{passage}\n\n{PROSE}\n\n{passage}"
    assert remarks(far) == []


@pytest.mark.parametrize(
    "title",
    [
        "Chapter 3: Fog",
        "Kapitel 3 – Nebel",
        "Глава 3",
        "第三章 雾",
        "제3화 안개",
        "3. Nebbia",
        "बारहवाँ अध्याय",
    ],
)
def test_a_title_that_stands_there_twice_is_remarked_on(title: str) -> None:
    heading = f"# {title}\n\n{title}\n\n{PROSE}"
    assert marked(heading) == [title]
    pasted = f"{title}\n\nAdd to library\n\n{title}\n\n{PROSE}"
    assert marked(pasted) == ["Add to library", title]


@given(
    st.lists(
        st.sampled_from(["Next", "Advertisement", "★ 4.5", "12K Reads", "He slept.", "", "  Share", "A/N: x"])
    )
)
def test_remarks_change_nothing_and_lie_on_lines_with_text(lines: list[str]) -> None:
    text = "\n".join(lines)
    manuscript = read_manuscript(text)
    assert shown(text) == shown(manuscript.text)
    for remark in manuscript.remarks:
        assert lines[remark.line - 1][remark.column - 1].strip()
