"""Quotes reach the end of their sentence, also where a line lacks the sign."""

from __future__ import annotations

import pytest

from tests.domain.manuscript.samples import shown


@pytest.mark.parametrize(
    ("written", "seen"),
    [
        ("> The first line of a letter\nthat goes on here.\nHe left.", "that goes on here.\n\nHe left."),
        ("> Der Brief liegt dort, und\nniemand liest ihn.", "niemand liest ihn."),
        ("> La carta quedó en la mesa,\ny nadie la leyó.", "y nadie la leyó."),
        ("> Письмо лежало на столе, и никто\nего не читал.", "его не читал."),
        ("> Το γράμμα έμεινε στο τραπέζι\nκαι κανείς δεν το διάβασε.", "και κανείς δεν το διάβασε."),
        ("> بقيت الرسالة على الطاولة ولم\nيقرأها أحد.", "يقرأها أحد."),
        ("> चिट्ठी मेज़ पर पड़ी रही और उसे\nकिसी ने नहीं पढ़ा।", "किसी ने नहीं पढ़ा।"),
        ("> จดหมายวางอยู่บนโต๊ะและไม่มี\nใครอ่านมัน", "ใครอ่านมัน"),
        ("> 那封信一直放在窗边的那张旧木桌子上面，谁\n也没有读过。", "也没有读过。"),
        ("> その手紙は窓のそばの古い机の上に置かれたまま\n誰にも読まれなかった。", "誰にも読まれなかった。"),
        ("> 편지는 창가의 낡은 책상 위에 놓여 있었고\n아무도 읽지 않았다.", "아무도 읽지 않았다."),
    ],
)
def test_lines_that_end_a_quoted_sentence_belong_to_the_quote(written: str, seen: str) -> None:
    assert shown(written).endswith(f"\n> {seen}")


@pytest.mark.parametrize(
    "written",
    [
        "> “Short,” he said to all of them.\n“Long,” she said.",
        "> Roses are red\nHe stopped.",
        "> Das war alles, was dort stand.\nund dann ging er.",
        "> その手紙は窓のそばの机の上に置かれたままだった。\n彼は出た。",
        "> a line that was ended by hand  \nhe put it down",
    ],
)
def test_lines_after_a_finished_sentence_stand_alone(written: str) -> None:
    assert "\n\n" in shown(written)


@pytest.mark.parametrize(
    ("written", "seen"),
    [
        ("He >!dies!< here.", "He ||dies|| here."),
        (">!Она *умрёт*.!<", "||Она *умрёт*.||"),
        ("是>!他!<。", "是||他||。"),
        ("> >!secreto!<", "> ||secreto||"),
        ("x >! y !< z", "x >! y !< z"),
    ],
)
def test_spoilers_of_reddit(written: str, seen: str) -> None:
    assert shown(written) == seen


@pytest.mark.parametrize("face", [">x<", ">o<", "> x <", ">X<", ">_<"])
def test_a_face_is_no_scene_break(face: str) -> None:
    assert "break" not in shown(f"She pouted.\n\n{face}\n\nHe saw it.")


@pytest.mark.parametrize(
    "line", ["> a lazy line of a quote\nb", "> x" * 9 + "\n", ">\n", "> aaaaaaaaaaaaaaaaaaaaaa\n"]
)
def test_many_quotes_are_read_fast(line: str) -> None:
    assert shown(line * 10_000) is not None
