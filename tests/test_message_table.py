"""The table of all messages in `docs/` against the code it is made from."""

from __future__ import annotations

from pathlib import Path

import pytest

from tools import extract_texts
from tools.message_rows import AUDIENCES, MessageModule, UnlabelledModule, list_rows
from tools.message_table import PAGES, render_cell, render_commands, render_pages

ROWS = list_rows()


def test_the_table_is_current() -> None:
    """`make words` writes it again."""
    pages = render_pages()
    assert set(PAGES.glob("*.md")) <= set(pages)
    stale = [
        path.name for path, text in pages.items() if not path.exists() or path.read_text("utf-8") != text
    ]
    assert not stale, "run `make words`"


def test_every_translated_text_is_in_the_table() -> None:
    shown = {text for row in ROWS for text in row.english}
    commands, choices = render_commands(), _choices()
    for message in extract_texts.extract_catalog("de"):
        for text in extract_texts._all(message.id) if message.id and message.context is None else ():
            assert text in shown or render_cell((text,)) in commands or text in choices, text


def _choices() -> set[str]:
    """Return the names of options' choices, which stand nowhere else."""
    return {choice for _, choice in extract_texts._commands(extract_texts.COMMANDS) if choice}


def test_each_message_says_who_sees_it_and_when() -> None:
    assert len(ROWS) > 400
    for row in ROWS:
        assert set(row.audience) <= set(AUDIENCES)
        assert not (row.when or "Texts of").startswith(("Texts of", "Refusals")), row


def test_a_module_that_does_not_say_who_sees_its_messages_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "bot" / "chat" / "stories"
    folder.mkdir(parents=True)
    monkeypatch.setattr("tools.message_rows.ROOT", tmp_path / "bot")
    file = folder / "new_texts.py"
    code = 'def hello():\n    """Return the greeting.{more}"""\n    return t("a | b <#{{channel}}>\\nc")\n'
    file.write_text('"""Texts."""\n' + code.format(more=""))
    with pytest.raises(UnlabelledModule, match=r"bot/chat/stories/new_texts\.py"):
        list(MessageModule(file).rows())
    file.write_text('"""Texts.\n\nSeen by: readers.\n"""\n' + code.format(more=""))
    (row,) = MessageModule(file).rows()
    assert (row.audience, row.when, row.subject) == (("readers",), "The greeting", "stories and help")
    assert render_cell(row.english) == "a \\| b &lt;#{channel}><br>c"
    own = "\n\n    Seen by: operators, authors.\n    "
    file.write_text('"""Texts.\n\nSeen by: readers.\n"""\n' + code.format(more=own))
    assert [each.audience for each in MessageModule(file).rows()] == [("authors", "operators")]
    file.write_text('"""Texts.\n\nSeen by: gods.\n"""\n' + code.format(more=""))
    with pytest.raises(UnlabelledModule, match="gods"):
        list(MessageModule(file).rows())
