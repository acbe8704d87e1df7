"""What is markup elsewhere, but an author's text in a story, is shown as it was written."""

from __future__ import annotations

import pytest

from tests.domain.manuscript.samples import remarks, shown


@pytest.mark.parametrize(
    "text",
    [
        "– Ja.\n\n– Nein.",
        "— Да.\n\n— Нет.",
        "— Γεια.\n\n— Αντίο.",
        "—Sí.\n\n—No.",
        "#gate is open",
        "#해시태그 입니다",
        "#תג אחד",
        "＃タグ です",
        ":smile: สวัสดี",
        "Er sagte :wave: und ging.",
        "@everyone नमस्ते",
        "@here مرحبا",
        "e@x.com",
        "C# and C++",
        "a -- b --- c",
        "5 > 3 < 6",
        "I <3 you </3 -> <- <-- arrow -->",
        "<heart> <Sir Robert> <System>",
        "$5 and $10",
        "[OK] [x] (c) {y}",
        "||秘密||",
        "50%% off",
    ],
)
def test_it_comes_out_unchanged(text: str) -> None:
    assert shown(text) == text
    assert remarks(text) == []


@pytest.mark.parametrize(
    ("written", "seen"),
    [
        ("a || b", r"a \|\| b"),
        ("HP: 10 || MP: 5 || XP: 3", r"HP: 10 \|\| MP: 5 \|\| XP: 3"),
        ("Сила 3 || Ум 5 || Воля 2", r"Сила 3 \|\| Ум 5 \|\| Воля 2"),
        ("|| 秘密 || 。", "||秘密 || 。"),
        ("1984. It was late.", r"1984\. It was late."),
        ("1984. Es war spät.\n\n1985. Dann nicht mehr.", "1984\\. Es war spät.\n\n1985\\. Dann nicht mehr."),
        ("1812. год.", r"1812\. год."),
        ("Hi <@1>, <@!2> 你好", r"Hi \<@1>, \<@!2> 你好"),
        ("<@&3> и <#4>", r"\<@&3> и \<#4>"),
        ("<:lamp:5> <a:lamp:6>", r"\<:lamp:5> \<a:lamp:6>"),
        ("<t:1> <t:1:R>", r"\<t:1> \<t:1:R>"),
        ("</read:7> <id:home>", r"\</read:7> \<id:home>"),
    ],
)
def test_what_discord_would_replace_is_escaped(written: str, seen: str) -> None:
    assert shown(written) == seen


def test_what_was_copied_from_discord_stays() -> None:
    text = "<@123456789012345678> <:lamp:123456789012345678> <t:1700000000:R>"
    assert shown(text) == text
