"""Write the chapters of an input: `python -m tests.imports.expected_chapters NAME …`.

For an input whose outcome has changed on purpose. A new one gets its chapters by hand, from what is in it.
"""

from __future__ import annotations

import sys

from tests.imports.import_cases import EXPECTED, chapter_texts, import_input, inputs


def main(names: list[str]) -> None:
    """Write what is made of the named inputs."""
    for source in inputs():
        if source.stem not in names:
            continue
        folder = EXPECTED / source.stem
        folder.mkdir(parents=True, exist_ok=True)
        for file in folder.glob("*.md"):
            file.unlink()
        for name, text in chapter_texts(import_input(source)).items():
            (folder / name).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
