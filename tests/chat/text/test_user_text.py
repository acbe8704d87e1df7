"""Shortened texts end between words where that costs little."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.chat.text.user_text import clip, utf16_length


@pytest.mark.parametrize(
    ("text", "limit", "shown"),
    [
        ("The keeper marries the baker", 40, "The keeper marries the baker"),
        ("The keeper marries the baker", 24, "The keeper marries the…"),
        ("The keeper marries the baker", 26, "The keeper marries the…"),
        ("Donaudampfschifffahrtsgesellschaft", 12, "Donaudampfs…"),
        ("A Donaudampfschifffahrtsgesellschaft", 12, "A Donaudamp…"),
        ("灯台守はパン屋と結婚する", 6, "灯台守はパ…"),
        ("😀😀😀😀", 5, "😀😀…"),
    ],
)
def test_a_word_is_cut_only_where_it_is_long(text: str, limit: int, shown: str) -> None:
    assert clip(text, limit) == shown


@given(text=st.text(max_size=80), limit=st.integers(0, 60))
def test_it_fits_and_is_a_beginning(text: str, limit: int) -> None:
    shown = clip(text, limit)
    assert utf16_length(shown) <= limit or shown == text
    assert text.startswith(shown.removesuffix("…"))
