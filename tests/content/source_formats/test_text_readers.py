"""Tests of the readers of plain text and Markdown."""

from __future__ import annotations

from bot.content.source_formats.markdown_reader import is_markdown, read_markdown
from bot.content.source_formats.plain_text_reader import read_plain_text
from bot.domain.manuscript_import.source_document import BlockKind, BlockTrait


def test_blocks_know_the_lines_they_stood_on() -> None:
    text = "# Book\n\nOne *soft* step.\n\n* * *\n\nTwo steps.\n"
    blocks = read_markdown(text, "a.md").blocks
    assert [(block.kind, block.line, block.text) for block in blocks] == [
        (BlockKind.HEADING, 1, "Book"),
        (BlockKind.PARAGRAPH, 3, "One *soft* step."),
        (BlockKind.SCENE_BREAK, 5, "* * *"),
        (BlockKind.PARAGRAPH, 7, "Two steps."),
    ]


def test_private_comments_are_hidden_blocks() -> None:
    blocks = read_markdown("She went.%%check this%%\n\nHe stayed.", "a.md").blocks
    hidden = [block for block in blocks if BlockTrait.HIDDEN in block.traits]
    assert [(block.text, block.line) for block in hidden] == [("check this", 1)]


def test_footnotes_of_every_form_are_taken_out() -> None:
    markdown = read_markdown("A[^x] and ^[inline].\n\n[^x]: One.\n\n    Two.\n", "a.md")
    assert [[block.text for block in note.blocks] for note in markdown.footnotes] == [
        ["One.", "Two."],
        ["inline"],
    ]


def test_page_numbers_do_not_cut_paragraphs() -> None:
    text = "It went on\n\n4\n\nand on and\n\n5\n\non until the\n\n6\n\nend came."
    shown = [block.text for block in read_plain_text(text, "a.txt").blocks if not block.traits]
    assert not [line for line in shown if line in ("4", "5", "6")]


def test_front_matter_has_keys_in_lower_case_and_a_rule_is_none() -> None:
    document = read_markdown('---\nTitle: "Rain"\nDRAFT: true\n---\nIt fell.\n\n---\n\nIt stopped.', "a.md")
    assert (document.title, document.matter["draft"]) == ("Rain", "true")
    assert document.blocks[1].kind is BlockKind.SCENE_BREAK


def test_plain_text_is_no_markdown() -> None:
    assert not is_markdown("CHAPTER I\n\n*** START OF IT ***\n\nHe *ran*.")
    assert is_markdown("# One\n\nHe ran.")
