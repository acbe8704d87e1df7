"""What the chapters say of their own order: in titles, headings and other tools' keys."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.content.samples import read, story


def told(tmp_path: Path, files: dict[str, str]) -> list[tuple[str, str, str]]:
    """Each warning's file, problem and mend, without those about keys that are passed over."""
    library = read(story(tmp_path, {f"chapters/{name}": text for name, text in files.items()}))
    assert all(fault.warning for fault in library.list_faults())
    return [
        (Path(fault.file).relative_to(tmp_path / "lamp/chapters").as_posix(), fault.problem, fault.mend)
        for fault in library.list_faults()
        if "other tools" not in fault.problem
    ]


HEADINGS = [
    ("Chapter 3", "Chapter 2"),
    ("Chapter the Third", "Chapter the Second"),
    ("The Third Chapter", "The Second Chapter"),
    ("Kapitel Drei", "Kapitel Zwei"),
    ("Drittes Kapitel", "Zweites Kapitel"),
    ("Chapitre III", "Chapitre II"),
    ("Chapitre troisième", "Chapitre deuxième"),
    ("Capítulo tercero", "Capítulo segundo"),
    ("Capitolo terzo", "Capitolo primo"),
    ("Глава 3", "Глава 2"),
    ("Глава третья", "Глава вторая"),
    ("Κεφάλαιο 3", "Κεφάλαιο 2"),
    ("Κεφάλαιο Γ΄", "Κεφάλαιο Β΄"),
    ("الفصل الثالث", "الفصل الثاني"),
    ("الفصل ٣", "الفصل ٢"),
    ("פרק ג", "פרק ב"),
    ("अध्याय ३", "अध्याय २"),
    ("अध्याय तीन", "अध्याय दो"),
    ("บทที่ ๓", "บทที่ ๒"),
    ("บทที่๓", "บทที่๒"),
    ("第三章", "第二章"),
    ("第３話", "第２話"),
    ("제3장", "제2장"),
    ("제삼장", "제이장"),
    ("Bölüm 3", "Bölüm 2"),
    ("Chương 3", "Chương 2"),
]


@pytest.mark.parametrize(("first", "second"), HEADINGS)
def test_an_order_against_the_headings_is_told_with_both(tmp_path: Path, first: str, second: str) -> None:
    files = {"a.md": f"---\ntitle: Rain\n---\n# {first}\n\nx", "b.md": f"# {second}\n\ny"}
    [(file, problem, mend)] = told(tmp_path, files)
    assert file == "b.md"
    assert f"“{first}” (a.md)" in problem
    assert "By name: a.md, b.md. By their own count: b.md, a.md." in mend


@pytest.mark.parametrize(("second", "first"), HEADINGS)
def test_an_order_with_the_headings_is_fine(tmp_path: Path, second: str, first: str) -> None:
    assert (
        told(tmp_path, {"a.md": f"# {first}\n\nx", "b.md": f"---\ntitle: Rain\n---\n# {second}\n\ny"}) == []
    )


@pytest.mark.parametrize(
    "key",
    [
        "number",
        "chapter",
        "weight",
        "order",
        "nav_order",
        "sidebar_position",
        "Weight",
        "Chapter Number",
        "sort-order",
    ],
)
def test_an_order_against_other_tools_keys_is_told(tmp_path: Path, key: str) -> None:
    files = {f"{number}.md": f"---\n{key}: {other}\n---\nx" for number, other in ((1, 20), (2, 10), (3, 30))}
    [(file, problem, mend)] = told(tmp_path, files)
    assert file == "2.md"
    assert problem == f"“{key}: 10” comes after “{key}: 20” (1.md)"
    assert "By name: 1.md, 2.md. By their own count: 2.md, 1.md." in mend.replace(", 3.md", "")


def test_an_order_against_other_tools_dates_is_told(tmp_path: Path) -> None:
    days = ("2026-03-02 18:00", "2026-01-30", "2026-04-01T00:00:00Z")
    files = {f"{number}.md": f"---\ndate: {day}\n---\nx" for number, day in enumerate(days, 1)}
    [(file, problem, mend)] = told(tmp_path, files)
    assert (file, problem) == ("2.md", "“date: 2026-01-30” comes after “date: 2026-03-02” (1.md)")
    assert "By their own count: 2.md, 1.md" in mend


@pytest.mark.parametrize("value", ["[1, 2]", "{a: 1}", "nan", ".inf", "soon", "1e999", "'-'"])
def test_keys_that_count_nothing_are_passed_over(tmp_path: Path, value: str) -> None:
    assert told(tmp_path, {"1.md": f"---\nweight: {value}\n---\nx", "2.md": "---\nweight: 1\n---\ny"}) == []


def test_counts_may_start_again_in_each_part(tmp_path: Path) -> None:
    files = {
        f"part-{part}/{chapter}.md": f"---\nweight: {chapter}\n---\n# Chapter {chapter}\n\nx{part}"
        for part in (1, 2)
        for chapter in (1, 2, 3)
    }
    assert told(tmp_path, files) == []


def test_parts_in_the_wrong_order_are_told_by_a_count_that_goes_on(tmp_path: Path) -> None:
    files = {f"beginning/{n}.md": f"# Chapter {n}\n\nx" for n in (1, 2)} | {
        f"aftermath/{n}.md": f"# Chapter {n}\n\nx" for n in (3, 4)
    }
    [(file, _, mend)] = told(tmp_path, files)
    assert file == "beginning/1.md"
    assert "By their own count: beginning/1.md" in mend


@pytest.mark.parametrize(
    ("names", "problem"),
    [
        (
            [f"{number}.md" for number in (1, 2, 3, 4, 5, 8)],
            "chapters 6 to 7 seem to be missing between 5.md and 8.md",
        ),
        (["1.md", "2.md", "4.md"], "chapter 3 seems to be missing between 2.md and 4.md"),
        (["ch-1.md", "ch-2.md", "ch-3.md", "ch-5.md", "epilogue.md"], "chapter 4 seems to be missing"),
        (["Kapitel Eins.md", "Kapitel Zwei.md", "Kapitel Vier.md"], "chapter 3 seems to be missing"),
        (["第一章.md", "第二章.md", "第四章.md", "第五章.md"], "chapter 3 seems to be missing"),
        (["Глава 8.md", "Глава 9.md", "Глава 11.md"], "chapter 10 seems to be missing"),
        (["제1장.md", "제2장.md", "제4장.md"], "chapter 3 seems to be missing"),
        (["p/1.md", "p/2.md", "p/3.md", "q/1.md", "q/2.md", "q/4.md"], "between q/2.md and q/4.md"),
    ],
)
def test_a_gap_is_told_once(tmp_path: Path, names: list[str], problem: str) -> None:
    [(_, said, _)] = told(tmp_path, dict.fromkeys(names, "x"))
    assert problem in said


@pytest.mark.parametrize(
    "names",
    [
        ["1.md", "2.md", "3.md"],
        ["010-a.md", "020-b.md", "030-c.md"],
        ["1.md", "3.md"],
        ["1.md", "2.md", "10.md"],
        ["2026-01-05-a.md", "2026-01-07-b.md", "2026-01-08-c.md"],
        ["1-1-a.md", "1-2-b.md", "1-3-c.md", "2-1-d.md"],
        ["1.1-a.md", "1.2-b.md", "2.1-c.md", "2.3-d.md"],
        ["7.md", "07b.md", "8.md", "9.md"],
        ["2.md", "2.5.md", "3.md", "4.md"],
    ],
)
def test_other_ways_to_count_are_fine(tmp_path: Path, names: list[str]) -> None:
    assert told(tmp_path, dict.fromkeys(names, "x")) == []


def test_two_files_of_one_number_are_told_once(tmp_path: Path) -> None:
    names = [
        "1-a.md",
        "2-b.md",
        "3-c.md",
        "03-d.md",
        "4-e.md",
        "5-f.md",
        "6-g.md",
        "06-h.md",
        "7-i.md",
        "8-j.md",
    ]
    [(file, problem, _)] = told(tmp_path, dict.fromkeys(names, "x"))
    assert (file, problem) == (
        "03-d.md",
        "this file and 3-c.md both have the number 3, and come in the order of their names",
    )


def test_an_interlude_behind_all_chapters_is_told(tmp_path: Path) -> None:
    names = ["chapter-1.md", "chapter-2.md", "chapter-3.md", "interlude-of-rain.md", "epilogue.md"]
    [(file, problem, mend)] = told(tmp_path, dict.fromkeys(names, "x"))
    assert file == "interlude-of-rain.md"
    assert "after chapter-3.md" in problem
    assert "3.5" in mend


@pytest.mark.parametrize(
    "heading",
    [
        "## Chapter {}", "# CHAPTER {}: The Sea", "**Chapter {}**", "Chapter {}", "### Kapitel {}", "## Chapitre {}",
        "## Capítulo {}", "Глава {}", "## Κεφάλαιο {}", "# الفصل {}", "## अध्याय {}", "# บทที่ {}", "第{}章",
        "## 第{}話 雨", "## 제{}장", "Bölüm {}",
    ],
)  # fmt: skip
def test_a_book_in_one_file_is_told_with_its_count(tmp_path: Path, heading: str) -> None:
    text = "\n\n".join(
        f"{heading.format(number)}\n\nThe sea came in {number}.\n\nAnd left." for number in range(1, 8)
    )
    [(file, problem, mend)] = told(tmp_path, {"book-1.md": text})
    assert file == "book-1.md"
    assert "this file holds 7 chapters by its headings" in problem
    assert mend == "Split it into a file for each."


@pytest.mark.parametrize(
    "text",
    [
        "## Chapter 1\n\nx\n\n## Chapter 2\n\ny",
        "## Part 1\n\nx\n\n## Part 2\n\ny\n\n## Part 3\n\nz",
        "## Day 1\n\nx\n\n## Day 2\n\ny\n\n## Day 3\n\nz",
        "## 1\n\nx\n\n## 2\n\ny\n\n## 3\n\nz",
        "Chapter 1 was short. Chapter 2 was long.\n\nChapter 3 was never written, said the editor to nobody at all.",
        "## Chapter 1\n\nx\n\n### Chapter 2\n\ny\n\n#### Chapter 3\n\nz",
    ],
)
def test_sections_of_a_chapter_are_no_book(tmp_path: Path, text: str) -> None:
    assert told(tmp_path, {"one.md": f"# Rain\n\n{text}"}) == []
