"""Lines of quotes are kept as in verse, except where a mail program or pandoc evidently wrapped them."""

from __future__ import annotations

import pytest

from bot.domain.manuscript.lines.line_breaks import LineMode
from tests.domain.manuscript.samples import shown

WRAPPED = {
    "English": [
        "I do not think we can go on like this. The letters have stopped coming and",
        "nobody at the post office will say why. I asked twice, and both times the",
        "clerk looked away.",
    ],
    "German": [
        "In den Rinnen lief braunes Wasser bis hinunter zum Hafen, wo die Boote wie",
        "müde Hunde auf der Seite lagen und niemand mehr nach ihnen sah, weil alle",
        "schliefen.",
    ],
    "French": [
        "Je t’écris de l’île où le vent n’a pas cessé depuis trois jours, et le bateau",
        "ne peut pas partir. Je reste donc au café avec les pêcheurs, qui parlent peu",
        "et boivent du thé.",
    ],
    "Russian": [
        "Пишу тебе с фронта. Дождь не прекращается уже третий день, и мы все промокли",
        "до нитки, но чай горячий и люди добрые. Вчера видел лису, она сидела у самой",
        "дороги.",
    ],
    "Greek": [
        "Σου γράφω από το νησί. Ο άνεμος δεν έχει σταματήσει εδώ και τρεις μέρες και",
        "το καράβι δεν μπορεί να φύγει. Κάθομαι στο καφενείο με τους ψαράδες που δεν",
        "μιλούν.",
    ],
    "Arabic": [
        "كان الليل طويلاً، وكانت الريح تعوي خلف النوافذ المغلقة، ولم يكن في البيت أحدٌ",
        "سوى الجدة التي جلست قرب الموقد تنتظر عودة ابنها من السوق البعيدة. سمعت أيضاً",
        "خطواته أخيراً.",
    ],
}
UNSPACED = [
    "我不知道该怎么办。信已经不来了，邮局的人也不说为什么。我",
    "问了两次，两次职员都把目光移开。后来我就不再问了，因为我知",
    "道再问也没有用。",
]


def _quoted(*lines: str) -> str:
    return "\n".join(f"> {line}".rstrip() for line in lines)


@pytest.mark.parametrize("language", WRAPPED)
def test_wrapped_lines_of_a_quote_are_joined(language: str) -> None:
    lines = WRAPPED[language]
    assert shown(f"A\n\n{_quoted(*lines)}\n\nB") == f"A\n\n> {' '.join(lines)}\n\nB"


def test_wrapped_lines_of_a_chinese_quote_are_joined_without_blanks() -> None:
    assert shown(_quoted(*UNSPACED)) == f"> {''.join(UNSPACED)}"


def test_a_short_signature_in_a_wrapped_letter_keeps_its_lines() -> None:
    lines = WRAPPED["English"]
    text = _quoted(
        *lines, "", "The dog is well and sends you its love, as far as one can tell with a", "dog."
    )
    seen = shown(f"{text}\n>\n> Your brother,\n> Karl")
    assert seen.endswith("as one can tell with a dog.\n> \n> Your brother,\n> Karl")


def test_a_word_parted_at_the_end_of_a_quoted_line_gets_no_blank() -> None:
    first, second, third = WRAPPED["English"]
    assert f"{first[:-4]} co-nobody" in shown(_quoted(f"{first[:-4]} co-", second, third))
    assert f"{first[:-4]} conobody" in shown(_quoted(f"{first[:-4]} co\xad", second, third))


@pytest.mark.parametrize(
    "lines",
    [
        ["The sea gives.", "The sea takes."],
        ["床前明月光，", "疑是地上霜。", "举头望明月，", "低头思故乡。"],
        ["Мороз и солнце; день такой,", "что спать нельзя, и мы с тобой", "идём по снегу за рекой."],
        [
            "Sing mir, o Göttin, den Zorn des unversöhnlichen Fischers von Büsum,",
            "welcher die Netze zerriss und den Fang in das Wasser zurückwarf,",
            "weil ihm die Frau nicht glaubte, dass Fische auch sprechen im Winter.",
        ],
        [
            "All crews that ever went out on a long voyage are alike in this one thing which I learned late",
            "— Captain Orlova",
        ],
        [
            "anna: I do not think that we can go on like this, for the letters have stopped coming and",
            "ben: nobody at the post office will say why, and I have asked them twice this week, the",
            "anna: clerks",
        ],
        [f"{line}\\" for line in WRAPPED["English"][:2]],
        ["[Level: 5]", "[HP: 10/100]"],
        ["ลมพัดมา", "ใบไม้ร่วง", "เธอไม่อยู่"],
        ["तू रुका तो शाम ढली", "मैं चला तो राह चली"],
    ],
)
def test_other_lines_of_a_quote_are_kept(lines: list[str]) -> None:
    assert shown(_quoted(*lines)) == _quoted(*(line.rstrip("\\") for line in lines))


@pytest.mark.parametrize("mode", LineMode)
def test_a_wish_for_a_chapters_lines_leaves_its_quotes_as_they_are(mode: LineMode) -> None:
    text = _quoted(*WRAPPED["German"])
    assert shown(text, lines=mode) == text


def test_code_that_looks_like_a_wrapped_quote_stays() -> None:
    text = f"```\n{_quoted(*WRAPPED['English'])}\n```"
    assert shown(text) == text


@pytest.mark.parametrize(
    ("written", "seen"),
    [
        (
            ">>> Wo bist du?\n>> Am Hafen.\n> Komm!\n\nEr ging.",
            "> Wo bist du?\n> Am Hafen.\n> Komm!\n\nEr ging.",
        ),
        (">>>Где ты?\n>>>Дома.\n\nОн ушёл.", "> Где ты?\n> Дома.\n\nОн ушёл."),
        ("> 甲\n>>>> 乙\n\n丙", "> 甲\n> 乙\n\n丙"),
        (">>> كل هذا\n\nمقتبس", "> كل هذا\n> \n> مقتبس"),
    ],
)
def test_quotes_in_quotes_of_mails_end_with_them(written: str, seen: str) -> None:
    assert shown(written) == seen
