"""A `scene_break` that YAML reads as nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.content.samples import read, story


@pytest.mark.parametrize("sign", ["~", "#", "# # #", "###", "# ⁂ #"])
def test_a_sign_without_quotes_is_told(tmp_path: Path, sign: str) -> None:
    root = story(tmp_path, {"story.yaml": f"title: T\nscene_break: {sign}\n", "chapters/1-one.md": "Text."})
    [warning] = read(root).list_faults()
    assert (warning.line, warning.warning) == (2, True)
    assert f"“{sign}”" in warning.problem
    assert f'"{sign}"' in warning.mend


@pytest.mark.parametrize(
    "line", ['scene_break: "~"', "scene_break:", "scene_break: # as in the book", "scene_break: ⁂ # x"]
)
def test_what_is_quoted_empty_or_explained_is_not(tmp_path: Path, line: str) -> None:
    root = story(tmp_path, {"story.yaml": f"title: T\n{line}\n", "chapters/1-one.md": "Text."})
    assert read(root).list_faults() == ()
