"""Names as strangers may see them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from station.journal.masking import mask_name


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("张强", "张*"),
        ("张小强", "张*强"),
        ("欧阳小强", "欧**强"),
        ("阿卜杜热合曼·买买提", "阿********提"),
        ("𠮷野家", "𠮷*家"),
        ("张", "张*"),
        ("John", "J***"),
        ("Maximilian Mustermann", "M***"),
        ("  张强 ", "张*"),
        ("", ""),
        ("   ", ""),
    ],
)
def test_a_name_is_masked(name: str, shown: str) -> None:
    assert mask_name(name) == shown


@given(st.text(st.characters(exclude_characters="*")).map(str.strip))
def test_at_most_the_first_and_the_last_character_are_shown(name: str) -> None:
    shown = mask_name(name).replace("*", "")

    assert shown in {name[:1], name[:1] + name[-1:]}
    assert mask_name(name) != name or not name
