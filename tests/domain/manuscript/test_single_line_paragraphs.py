"""Paragraphs separated by single line ends stay paragraphs, and verse stays verse, also when both are short."""

from __future__ import annotations

import pytest

from bot.domain.manuscript.lines.line_breaks import LineMode
from tests.domain.manuscript.samples import shown

DIALOGUES = {
    "en": "“Hi,” he said.\n“Hi,” she said.\n“Now?”\nShe nodded and went up the stairs.",
    "en, typewritten": '"Hi," he said.\n"Hi."\nShe left.\n"Wait!"',
    "en, single marks": "'Hi,' he said.\n'Hi,' she said.\nHe left.",
    "de": "„Hallo“, sagte er.\n„Hallo.“\n»Und nun?«, fragte sie.\nEr schwieg.",
    "fr": "— Bonjour, dit-elle.\n— Bonsoir.\n— Vous partez déjà ?\nIl ne répondit pas.",
    "fr, quoted": "« Bonjour », dit-elle.\n« Bonsoir. »\nIl partit.",
    "es": "—Hola —dijo ella.\n—Hola.\n—¿Te vas?\nNo contestó.",
    "ru": "— Привет, — сказал он.\n— Привет.\n— Уходишь?\nОн молчал.",
    "pl": "– Cześć – powiedział.\n– Cześć.\n– Idziesz już?\nMilczał.",
    "pt": "— Olá — disse ela.\n— Olá.\n— Já vais?\nEle não respondeu.",
    "el": "«Γεια», είπε.\n«Γεια σου.»\n— Φεύγεις;\nΔεν απάντησε.",
    "ar": "«مرحبا»، قال.\n«أهلا.»\nثم مضى في صمت.",
    "he": "״שלום״, אמר.\n״שלום.״\n״אתה הולך?״\nהוא שתק.",
    "hi": "“नमस्ते,” उसने कहा।\n“नमस्ते।”\nवह चला गया।",
    "th": "“สวัสดี” เขาพูด\n“สวัสดีค่ะ” เธอตอบ\n“จะไปแล้วหรือ”",
    "zh": "“你好。”他说。\n“你好。”\n“要走了吗？”\n他没有回答。",
    "zh, in corners": "「你好。」他說。\n「你好。」\n他沒有回答。",
    "ja": "「こんにちは」\n「どうも」\n彼は笑った。\n「もう行くの？」",
    "ko": "“안녕.” 그가 말했다.\n“안녕.”\n그녀는 떠났다.",
}
PROSE = {
    "en": "The door opened.\nMira looked up from the table, where the letters lay in two heaps.\nNobody.",
    "de": "Die Tür ging auf.\nMira sah vom Tisch auf, auf dem die Briefe in zwei Haufen lagen.\nNiemand.",
    "ru": "Дверь открылась.\nМира подняла глаза от стола, где лежали письма.\nНикого.",
    "el": "Η πόρτα άνοιξε.\nΗ Μίρα σήκωσε τα μάτια από το τραπέζι με τα γράμματα.\nΚανείς.",
    "hi": "दरवाज़ा खुला।\nमीरा ने मेज़ से नज़र उठाई, जहाँ चिट्ठियाँ दो ढेरों में पड़ी हुई थीं।\nकोई नहीं।",
    "zh": "　　门开了。\n　　米拉从桌上抬起头来，信分成两堆放在那里。\n　　没有人。",
    "ja": "　扉が開いた。\n　ミラは机から顔を上げた。手紙が二つの山になっていた。\n「誰もいない」",
    "ja, without indents": "扉が開いた。\nミラは机から顔を上げた。手紙が二つの山になっていた。\n誰もいない。",
}
VERSE = {
    "en": "I have left the lamps unlit\nthat stood along the quay,\nand you were counting\non them for the boats.",
    "en, blank verse": (
        "The harbour keeps its silence like a stone,\nAnd nobody along the water wakes;\n"
        "The lamps burn low, the gulls have long since flown,\nAnd only what the tide has taken shakes."
    ),
    "en, long lines": (
        "O wide and patient water, you that carry all the keels of men,\n"
        "you that carry the rope and the lantern and the bell,\n"
        "you that never gave a name to any drowned thing,\nI sing you, I who was never asked to sing."
    ),
    "de": "Es liegt der Hafen stumm im Abendschein,\ndie Lampen glühn, die Möwen ruhn,\nund einer geht nach Haus.",
    "fr": "La lampe s’éteint sur le quai désert,\nLe vent du large a refermé les portes,\nDes feuilles mortes.",
    "es": "La luna cuelga del mástil\ncomo una moneda vieja,\ny el agua cuenta las barcas\nque nunca vuelven a ella.",
    "ru": "Фонарь погас над тихою водой,\nИ чайка спит на мокром парапете,\nИ ждёт, что кто-нибудь ответит.",
    "el": "Σβήνει το φως στην προκυμαία,\nκοιμάται ο γλάρος στο σκοινί,\nκι είναι η νύχτα τόσο νέα.",
    "ar": "سكن المساء على المياه الهادئة\nوانطفأ المصباح فوق الميناء\nوبقيت وحدي أرقب الموج الذي",
    "he": "הפנס כבה על המים השקטים\nוהשחף ישן על המעקה\nואיש הולך לבדו בלילה\nומחכה שמישהו יענה",
    "hi": "दीप बुझ गया घाट के ऊपर\nपंछी सोए डाल पे सारे\nकोई अकेला चलता जाता\nनदिया के सूने किनारे",
    "th": "ฝนตกลงบนท่าเรือเก่า\nไฟดับไปทีละดวง\nไม่มีใครกลับบ้านคืนนี้\nมีแต่ลมกับทะเล",
    "zh": "我在夜里走过码头\n灯一盏一盏地熄灭\n没有人等我回家\n只有潮水记得我的名字",
    "zh, old": "床前灯影长，窗外雨声凉。\n一夜无人语，天明各一方。\n江水空自流，故人在何处。",
    "ja": "港の灯りが消えていく\n波の音だけが残る\n誰もいない桟橋に\nひとり立っている",
    "ko": "등불이 하나둘 꺼지고\n갈매기는 난간에서 잔다\n누군가 홀로 밤을 걸으며\n대답을 기다린다",
    "menu": "Soup of the day\nGrilled mackerel with lemon\nBread and butter\nTea or coffee",
    "address": "Ada Quill\n12 Harbour Row\nOstrey OS1 4QT\nUnited Kingdom",
    "song": "Row the lamp, row the lamp!\nRow it to the sea.\nRow the lamp, row the lamp!\nRow it back to me.",
    "chat": "anna: hi!\nben: Hello there. How are you?\nanna: fine.\nben: That is good, for I was worried about it.",
    "chat, zh": "安娜：你好。\n本：你好吗？\n安娜：我很好。",
    "chat, with times": "[12:03] anna: hi!\n[12:04] ben: Hello.\n[12:09] anna: Where are you? It has begun to rain.",
    "letter": "Dear John,\nthank you for the lamp.\nYours,\nAnna",
    "letters": "a. one\nb. two\nc. three",
}
BEFORE = "She waited, and nobody on the whole of the long quay took any notice of her or of the lamp.\n\n"


@pytest.mark.parametrize("kind", DIALOGUES)
def test_dialogue_is_paragraphs(kind: str) -> None:
    assert shown(BEFORE + DIALOGUES[kind]) == BEFORE + DIALOGUES[kind].replace("\n", "\n\n")


@pytest.mark.parametrize("kind", PROSE)
def test_full_sentences_of_different_lengths_are_paragraphs_without_their_indents(kind: str) -> None:
    assert shown(PROSE[kind]) == PROSE[kind].replace("\u3000", "").replace("\n", "\n\n")


@pytest.mark.parametrize("before", ["", BEFORE])
@pytest.mark.parametrize("kind", VERSE)
def test_verse_chats_and_addresses_keep_their_lines(kind: str, before: str) -> None:
    assert shown(before + VERSE[kind]) == before + VERSE[kind]


@pytest.mark.parametrize("indent", ["\t", "   ", "    ", "　　"])
@pytest.mark.parametrize("kind", ["en", "de", "ru", "el", "hi"])
def test_the_indent_of_each_paragraph_is_left_out(kind: str, indent: str) -> None:
    lines = DIALOGUES[kind].split("\n") + PROSE[kind].split("\n")
    assert shown("\n".join(indent + line for line in lines)) == "\n\n".join(lines)


@pytest.mark.parametrize(
    "text",
    [
        "“I do not know.”\n“I do not know.”\nThey laughed, and the tension left the room at once.\n“Well?”",
        "「おはようございます。」\n「おはようございます。」\n彼は笑った。\n「もう行くの？」",
        "– Πού πας τώρα;\n– Πού πας τώρα;\n– Στη θάλασσα.\n– Γιατί;",
        "— Кто там стоит?\n— Кто там стоит?\n— Никого.\nОн ушёл.",
    ],
)
def test_what_somebody_repeats_is_no_refrain(text: str) -> None:
    assert shown(text) == text.replace("\n", "\n\n")


def test_short_lines_among_long_paragraphs_stay_together() -> None:
    long = BEFORE.strip()
    song = "She sang:\nRoses on the sill,\nrain upon the stone,\nand nobody at home."
    assert (
        shown(f"{long}\n“Hm.”\n{song}\n{long}\nYours,\nAnna")
        == f"{long}\n\n“Hm.”\n\n{song}\n\n{long}\n\nYours,\nAnna"
    )


@pytest.mark.parametrize("text", [DIALOGUES["fr"], DIALOGUES["ja"], VERSE["ru"], VERSE["song"], PROSE["en"]])
def test_the_author_decides_for_every_kind(text: str) -> None:
    assert shown(text, lines=LineMode.PARAGRAPHS) == text.replace("\n", "\n\n")
    assert shown(text, lines=LineMode.VERSE) == text
    assert "\n" not in shown(text, lines=LineMode.WRAPPED)


@pytest.mark.parametrize("wish", [LineMode.PARAGRAPHS, LineMode.VERSE])
def test_lists_and_quotes_are_never_parted(wish: LineMode) -> None:
    text = "- bread\n- milk\n\n> quoted\n> lines\n\n1. one\n2. two"
    assert shown(text, lines=wish) == text
