"""Annotations of Japanese sites are shown as meant, or left out with a remark."""

from __future__ import annotations

import pytest

from tests.domain.manuscript.samples import BREAK, remarks, shown


@pytest.mark.parametrize(
    ("written", "seen"),
    [
        ("これは強調［＃「強調」に傍点］だ。", "これは**強調**だ。"),
        ("太い字［＃「太い字」は太字］だ。", "**太い字**だ。"),
        ("線［＃「線」に傍線］を引く。", "__線__を引く。"),
        ("［＃傍点］全部［＃傍点終わり］です。", "**全部**です。"),
        ("［＃５字下げ］第一章［＃「第一章」は大見出し］\n\n本文", "# 第一章\n本文"),
        ("［＃ここから２字下げ］\n手紙\n［＃ここで字下げ終わり］\n本文", "手紙\n本文"),
        ("※［＃「てへん＋劣」、第3水準1-84-77］る", "挘る"),
        ("※［＃「口＋愛」、U+566F、1-1］", "噯"),
        ("※［＃「不明」］", "〓"),
        ("一\n\n［＃改ページ］\n\n二", f"一\n\n{BREAK}\n\n二"),
        ("[[rb:東京 > とうきょう]]へ", "東京（とうきょう）へ"),
        ("[chapter:始まり]\n\n本文", "## 始まり\n本文"),
        ("一\n\n[newpage]\n\n二", f"一\n\n{BREAK}\n\n二"),
        ("[[jumpuri:続き > https://a.org]]", "[続き](https://a.org)"),
        ("|灯(あかり)と｜闇（やみ）", "灯（あかり）と闇（やみ）"),
        ("これは｜《そのまま》だ", "これは《そのまま》だ"),
        ("<ruby><rb>東</rb><rb>京</rb><rt>とう</rt><rt>きょう</rt></ruby>", "東京（とうきょう）"),
    ],
)
def test_annotations(written: str, seen: str) -> None:
    assert shown(written) == seen


def test_what_is_left_out_is_told_once_for_each_kind() -> None:
    text = "一\n\n［＃地付き］二\n\n［＃ここから３字下げ］\n三\n\n[pixivimage:12]\n\n四"
    assert shown(text) == "一\n\n二\n\n三\n\n四"
    assert [one.split(" ")[0] for one in remarks(text)] == ["3:1", "8:1"]
    assert remarks(text)[0].endswith("and 1 more")


@pytest.mark.parametrize(
    "text", ["［これは文］だ。", "[OK] と [b]", "数（かず）を数える。", "他读《红楼梦》。"]
)
def test_brackets_of_the_story_stay(text: str) -> None:
    assert shown(text) == text
