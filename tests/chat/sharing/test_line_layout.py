"""How the words of a picture are broken into lines."""

from __future__ import annotations

from hypothesis import example, given
from hypothesis import strategies as st

from bot.chat.sharing.line_layout import SetLine, set_lines
from bot.domain.pages.shareable_paragraphs import EmphasizedText


def measure(span: EmphasizedText) -> float:
    """Every character is ten wide, and bold ones twelve."""
    return len(span.text) * (12 if span.bold else 10)


def shown(lines: list[SetLine]) -> list[str]:
    return ["".join(part.text for part in line.parts) for line in lines]


def lines(text: str, width: float = 200) -> list[str]:
    return shown(set_lines([EmphasizedText(text)], width, measure))


def test_lines_are_few_and_about_equal() -> None:
    assert lines("One two three four five six") == ["One two three", "four five six"], "not 19 letters and 8"


def test_a_verse_keeps_its_lines_and_long_ones_are_indented() -> None:
    found = set_lines([EmphasizedText("Red\nA line that is rather long")], 200, measure, indent=30)
    assert shown(found) == ["Red", "A line that is", "rather long"]
    assert [line.continues for line in found] == [False, False, True]


def test_chinese_and_japanese_break_between_characters_and_no_line_begins_with_a_stop() -> None:
    found = lines("我輩は猫である。名前はまだ無い。" * 3, 165)
    assert len(found) > 2
    assert not any(line[0] in "。、" for line in found)


def test_a_break_inside_emphasis_keeps_it_on_both_lines() -> None:
    spans = [EmphasizedText("He said "), EmphasizedText("never again", italic=True), EmphasizedText(".")]
    found = set_lines(spans, 130, measure)
    assert shown(found) == ["He said", "never again."]
    assert found[1].parts == (EmphasizedText("never again", italic=True), EmphasizedText("."))


@given(
    st.lists(
        st.builds(
            EmphasizedText,
            st.text(st.sampled_from("ab -—.“”漢。é\n"), min_size=1, max_size=60),
            st.booleans(),
            st.booleans(),
        ),
        max_size=8,
    ),
    st.integers(40, 400),
)
@example([EmphasizedText("a" * 100)], 40)
def test_nothing_is_lost_and_nothing_is_too_wide(spans: list[EmphasizedText], width: int) -> None:
    found = set_lines(spans, width, measure, indent=12)
    words = "".join(span.text for span in spans)
    assert "".join("".join(shown(found)).split()) == "".join(words.split())
    for line in found:
        assert sum(map(measure, line.parts)) <= width - (12 if line.continues else 0)
