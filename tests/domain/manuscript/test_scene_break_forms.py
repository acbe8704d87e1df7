"""Forms of scene breaks from many hands and scripts, and lines that only look like them."""

from __future__ import annotations

import pytest

from bot.domain.manuscript.scene_breaks.scene_break_classifier import Confidence, classify_scene_break
from tests.domain.manuscript.samples import BREAK, shown

FORMS = {
    "rules": [
        "┄┄┄",
        "┅┅┅┅",
        "╌╌╌",
        "－－－",
        "ーーー",
        "〜〜〜",
        "╔═══════╗",
        "=" * 300,
        "─" * 200,
        "* " * 90,
    ],
    "letters": ["o0o", "0o0", ".oOo.", "oOoOo", "~oOo~", "-o-", "oOoOoO", "xXxXxX", ".:oOo:.", "xXx~xXx"],
    "ornaments": [
        "∗",
        "∙",
        "⋅",
        "∞",
        "⋆ ⋆ ⋆",
        "✦ ✦",
        "◇　◇　◇",
        "◆◇◆",
        "□■□",
        "× × ×",
        "✕✕✕",
        "♪♪♪",
        "♫ ♫ ♫",
    ],
    "scripts": [
        "۞",
        "٭٭٭",
        "॥ ॥ ॥",
        "๛",
        "༄༅",
        "፠ ፠ ፠",
        "჻",
        "෴",
        "・　・　・",
        "༺ ❀ ༻",
        "꧁꧂꧁꧂",
        "*　　*　　*",
    ],
    "ASCII": [
        "%%%",
        "@@@",
        "$$$",
        "&&&",
        "^^^",
        "|||",
        ":::",
        "+ + +",
        "=*=*=",
        "--==--",
        "<<<>>>",
        "<>",
        "_.-._",
    ],
    "rows": [
        "¸.·´¯`·.¸¸.·´¯`·.¸",
        "°º¤ø,¸¸,ø¤º°",
        "*:･ﾟ✧*:･ﾟ✧",
        "•┈┈••✦ ♡ ✦••┈┈•",
        "╰──✧──╯",
        "⋆｡°✩",
        "⊱✿⊰",
        "﹏﹏﹏",
        "⊱ ── {.⋅ ✯ ⋅.} ── ⊰",
    ],
    "scissors": ["-----8<-----", "--8<--", "- - - ✂ - - -", "~~~*~~~", "-*-"],
    "emoji": ["♥♥♥", "❤ ❤ ❤", "❤️❤️❤️", "🌙🌙🌙", "🗡️ 🗡️ 🗡️", "✨ ⚔️ ✨", "🌑 🌒 🌓", "🧙🏽‍♂️🧙🏽‍♂️🧙🏽‍♂️", "♠ ♥ ♦ ♣"],
    "headings": ["## ***", "# * * *", "### ~", "## ⁂", "# ---", "##### * * * #####", "## [scene break]"],
    "quotes": ["> ***", "> ---", ">***", "> > ***", "> ◇ ◇ ◇"],
    "brackets": ["[***]", "[* * *]", "{~~~}", "(***)"],
    "escapes": [
        r"\* * *",
        "* * *\\",
        r"\*\* \* \*\*",
        r"**\***",
        "\\* \\* \\*",
        "*\xa0*\xa0*",
        "*\u3000*\u3000*",
    ],
}
WORDS = {
    "English": ["SCENE BREAK", "PAGEBREAK", "TIMESKIP", "[time skip]", "~ time skip ~", "xXx Line Break xXx"],
    "German": ["[Szenenwechsel]", "SZENENWECHSEL", "- Szenenwechsel -", "*** Zeitsprung ***"],
    "Spanish": ["[cambio de escena]", "CAMBIO DE ESCENA", "SALTO DE PÁGINA", "SALTO DE PAGINA"],
    "French": ["[changement de scène]", "CHANGEMENT DE SCENE", "~ saut de page ~"],
    "Russian": ["[смена сцены]", "СМЕНА СЦЕНЫ", "*** смена сцены ***"],
    "Greek": ["[αλλαγή σκηνής]", "ΑΛΛΑΓΗ ΣΚΗΝΗΣ"],
    "Chinese": ["【场景转换】", "（場景轉換）", "——场景转换——", "---分割线---"],
    "Japanese": ["［場面転換］", "～場面転換～", "［＃改ページ］"],
    "Korean": ["[장면 전환]", "(장면전환)"],
    "Hindi": ["[दृश्य परिवर्तन]", "--- दृश्य परिवर्तन ---"],
    "Thai": ["[เปลี่ยนฉาก]", "～ตัดฉาก～"],
    "Arabic and Hebrew": ["[تغيير المشهد]", "*** החלפת סצנה ***"],
    "commands": [
        "\\pagebreak",
        "\\scenebreak",
        "\\bigskip",
        "{{ page-break }}",
        "<mbp:pagebreak/>",
        "\\clearpage",
    ],
}
NONE = {
    "silence": ["?!", "!!!", "???", "…", "……", "⋯⋯", "‥‥", "・・・", "。。。", "．．．", "······"],
    "quoted silence": ["> …", "# ...", "> ...", "## …"],
    "words": ["1", "I", "A", "OK", "Oh.", "X", "o", "000", "0x0", "Pause.", "Szenenwechsel", "Scene break", "SCENE"],
    "speech": ["— Да.", "— Pause", "-- pause", "*pause*", "*waves*", "* * Later * *", "--- Later ---"],
    "direction": ["[Three weeks later]", "(Later)", "[Ostrey, 1884]"],
    "markup": ["***Chapter***", "- item", "- ♥", "|---|---|", "| | |", "`***`", "# I", "# XXX", "## 1", "[ ]"],
    "quotes": ["> text", "> A", "> - No."],
    "faces": ["^_^", "-_-", "=___=", "O.O", "°_°", "@_@", "•_•", "┻━┻", "(╯°□°)╯︵ ┻━┻", "¯\\_(ツ)_/¯",],
    "more faces": ["(^▽^)", "> >.<", ">.<"],
    "chat": ["😂😂😂", "🙏🙏🙏", "👍", "👍👍👍", "✅", "♪", "♪♪", "♪～", "ㅋㅋㅋ", "ㅠㅠㅠ", "555", "xoxo"],
    "numbers": ["-1", "~5~", "- 2 -"],
    "games": ["★★★☆☆", "██████", "██████░░░░", "���"],
    "letters": ["一", "三", "ああ", "アアア", "ааа", "אאא", "ہہہ", "กขค", "१२"],
}  # fmt: skip


def listed(forms: dict[str, list[str]]) -> list[str]:
    return [form for group in forms.values() for form in group]


@pytest.mark.parametrize("form", listed(FORMS) + listed(WORDS))
def test_every_form_is_one_scene_break(form: str) -> None:
    assert shown(f"Sie ging.\n\n{form}\n\nEr blieb.") == f"Sie ging.\n\n{BREAK}\n\nEr blieb."


@pytest.mark.parametrize("line", listed(NONE))
def test_what_only_looks_like_one_is_none(line: str) -> None:
    assert classify_scene_break(line) is None


@pytest.mark.parametrize(
    "form", ["🌙", "⚔️", "✨", "♥", "❤️", "🌙🌙", "xox", "场景转换", "場面転換", "॥", "☽ ☾"]
)
def test_what_may_be_an_answer_or_a_greeting_has_to_occur_twice(form: str) -> None:
    assert classify_scene_break(form) is Confidence.REPEATED
    assert BREAK not in shown(f"はい。\n\n{form}\n\nいいえ。")
    assert shown(f"はい。\n\n{form}\n\nいいえ。\n\n{form}\n\nでも。").count(BREAK) == 2


@pytest.mark.parametrize("form", ["♥♥♥", "@@@", "$$$", "🌙 🌙 🌙", "|||", "･ﾟ✧･ﾟ✧"])
def test_a_row_between_lines_of_a_paragraph_is_none(form: str) -> None:
    text = f"Mara: hello\n{form}\nJon: hello\n\nThen.\n\nShe left.\n\nHe did too."
    assert BREAK not in shown(text)
