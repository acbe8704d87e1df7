"""Files in the folder of chapters that are no chapters: left out with a warning, and in nobody's way."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.content.samples import put, read, story

PROSE = {
    "English": "The lamp on the corner of the lane had gone out again, and nobody knew why {}.",
    "German": "Die Lampe an der Ecke war wieder ausgegangen, und niemand wusste, warum {}.",
    "French": "La lampe du coin s’était encore éteinte, et personne ne savait pourquoi {}.",
    "Spanish": "La lámpara de la esquina se había apagado otra vez, y nadie sabía por qué {}.",
    "Russian": "Фонарь на углу снова погас, и никто не знал, почему это случилось {}.",
    "Greek": "Το φανάρι στη γωνία είχε σβήσει πάλι, και κανείς δεν ήξερε γιατί {}.",
    "Arabic": "انطفأ المصباح في الزاوية مرة أخرى ولم يعرف أحد السبب {}.",
    "Hindi": "कोने का दीया फिर बुझ गया था और किसी को नहीं पता था क्यों {}।",
    "Thai": "ตะเกียงที่หัวมุมดับลงอีกครั้งและไม่มีใครรู้ว่าเพราะเหตุใด {}",
    "Chinese": "街角的灯又灭了，没有人知道是为什么，{}。",
    "Japanese": "角の灯りがまた消えていて、なぜなのか誰も知らなかった、{}。",
    "Korean": "모퉁이의 등불이 또 꺼졌고 아무도 그 까닭을 몰랐다 {}.",
}


def chapters(prose: str, count: int = 5, paragraphs: int = 8) -> dict[str, str]:
    """That many chapters of different paragraphs, by file name."""
    return {
        f"ch-{number}.md": f"# {number}\n\n"
        + "\n\n".join(prose.format(f"{number} {at}") for at in range(paragraphs))
        for number in range(1, count + 1)
    }


def left_out(root: Path) -> dict[str, str]:
    """The files that are left out, with their problems; nothing else is said, and nothing broken."""
    library = read(root)
    assert all(fault.warning for fault in library.list_faults())
    assert library.serials()["lamp"].broken == ()
    return {
        Path(fault.file).relative_to(root / "lamp/chapters").as_posix(): fault.problem
        for fault in library.list_faults()
    }


def told(tmp_path: Path, files: Mapping[str, str]) -> dict[str, str]:
    return left_out(story(tmp_path, {f"chapters/{name}": text for name, text in files.items()}))


def keys(root: Path) -> list[str]:
    return [chapter.key for chapter in read(root).serials()["lamp"].chapters]


@pytest.mark.parametrize("language", PROSE)
@pytest.mark.parametrize("name", ["0-omnibus.md", "all-chapters.md"])
def test_a_compiled_book_is_never_a_chapter(tmp_path: Path, language: str, name: str) -> None:
    own = chapters(PROSE[language])
    found = told(tmp_path, {**own, name: "\n\n".join(own.values())})
    assert found == {
        name: "this file is not taken: it contains the text of 5 other chapters (ch-1.md to ch-5.md)"
    }
    assert keys(tmp_path) == ["ch-1", "ch-2", "ch-3", "ch-4", "ch-5"]


def test_a_book_of_an_older_version_of_which_a_part_is_split_is_one_too(tmp_path: Path) -> None:
    older = chapters(PROSE["English"], 12, paragraphs=10)
    newer = {
        name: text.replace(f"why {name[3]} 3", "why, not even Ada").replace("\n\n", "\n\n\n")
        for name, text in list(older.items())[:3]
    }
    assert set(told(tmp_path, {**newer, "novel-2024.md": "\n\n".join(older.values())})) == {"novel-2024.md"}


def test_short_chapters_in_a_book_that_is_nothing_else(tmp_path: Path) -> None:
    own = {"1.md": "The lamp went out.\n", "2.md": "The sea came in.\n"}
    assert set(
        told(tmp_path, {**own, "0.md": "# One\n\nThe lamp went out.\n\n# Two\n\nThe sea came in.\n"})
    ) == {"0.md"}


def test_a_compiled_part_in_its_folder(tmp_path: Path) -> None:
    own = {
        f"part-{part}/{name}": text
        for part in (1, 2)
        for name, text in chapters(PROSE["French"] + str(part)).items()
    }
    whole = "\n\n".join(text for name, text in own.items() if name.startswith("part-1"))
    assert set(told(tmp_path, {**own, "part-1/0.md": whole})) == {"part-1/0.md"}


def test_two_compiled_books_and_both_are_left_out(tmp_path: Path) -> None:
    own = chapters(PROSE["German"])
    whole = "\n\n".join(own.values())
    assert set(told(tmp_path, {**own, "x.md": whole, "y.md": f"{whole}\n\nEnde."})) == {"x.md", "y.md"}


@pytest.mark.parametrize("key", ["id: all", "publish_at: 2026-12-01", "thanks: [3]"])
def test_what_says_that_it_is_a_chapter_is_one(tmp_path: Path, key: str) -> None:
    own = chapters(PROSE["English"])
    matter = f"---\n{key}\n---\n"
    files = {
        **own,
        "all.md": matter + "\n\n".join(own.values()),
        "README.md": f"{matter.replace('all', 'me')}Text",
    }
    assert told(tmp_path, files) == {}
    assert len(keys(tmp_path)) == 7


def test_chapters_that_share_a_refrain_or_quote_one_another_are_chapters(tmp_path: Path) -> None:
    refrain = "And the lamp went out, and the sea came in, and nobody on the quay said a word about it."
    own = {name: f"{text}\n\n{refrain}" for name, text in chapters(PROSE["English"]).items()}
    long = "\n\n".join(PROSE["English"].format(f"and never {at}") for at in range(60))
    quoting = "\n\n".join([long, refrain, *(text.split("\n\n")[1] for text in own.values())])
    assert told(tmp_path, {**own, "ch-6.md": quoting}) == {}


def test_equal_chapters_are_no_book(tmp_path: Path) -> None:
    assert (
        told(
            tmp_path,
            {f"{number}-n.md".replace("n", "abc"[number]): PROSE["English"] * 20 for number in range(3)},
        )
        == {}
    )


@pytest.mark.parametrize(
    "name", ["README.md", "SUMMARY.md", "index.md", "Outline.md", "Оглавление.md", "目录.md", "สารบัญ.md"]
)
def test_overviews_are_left_out_whatever_they_hold(tmp_path: Path, name: str) -> None:
    root = story(tmp_path, {"chapters/1.md": "x", f"chapters/{name}": "---\nwhat: [\n---\n"})
    assert left_out(root) == {name: "this file is not taken: by its name it is an overview and no chapter"}


@pytest.mark.parametrize(
    "name", ["notes.md", "characters.md", "черновик.md", "人物.md", "메모.md", "ch-1.notes.md"]
)
def test_notes_beside_numbered_chapters_are_left_out(tmp_path: Path, name: str) -> None:
    assert set(told(tmp_path, {"ch-1.md": "x", "ch-2.md": "y", name: "z"})) == {name}


def test_notes_among_chapters_without_numbers_are_a_chapter(tmp_path: Path) -> None:
    assert told(tmp_path, {"rain.md": "x", "notes.md": "y", "wind.md": "z"}) == {}


def test_left_out_files_come_and_go_with_what_they_hold(tmp_path: Path) -> None:
    own = chapters(PROSE["English"])
    root = story(tmp_path, {f"chapters/{name}": text for name, text in own.items()})
    library = read(root)
    put(root, {"lamp/chapters/0.md": "\n\n".join(own.values())})
    library.load_now()
    assert [Path(fault.file).name for fault in library.list_faults()] == ["0.md"]
    put(root, {"lamp/chapters/0.md": "Before it all began."})
    library.load_now()
    assert library.list_faults() == ()
    assert [chapter.key for chapter in library.serials()["lamp"].chapters][-1] == "ch-5"
    assert len(library.serials()["lamp"].chapters) == 6


def test_nothing_but_an_overview_is_no_chapter(tmp_path: Path) -> None:
    faults = read(story(tmp_path, {"chapters/README.md": "x"})).list_faults()
    assert [(fault.problem, fault.warning) for fault in faults] == [
        ("there is no chapter here", False),
        ("this file is not taken: by its name it is an overview and no chapter", True),
    ]
