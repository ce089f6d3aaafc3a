"""Values found by any part of them, as looking at each would find them."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from center.store.sought import Sought

LETTERS = st.text("ab\n张", max_size=5)
CHANGES = st.lists(st.tuples(st.booleans(), LETTERS, st.sampled_from("123")), max_size=30)


@given(CHANGES, st.text("ab张", min_size=1, max_size=3))
def test_whoever_has_such_a_value_is_found_and_nobody_else(
    changes: list[tuple[bool, str, str]], part: str
) -> None:
    sought, there = Sought(), set[tuple[str, str]]()
    for comes, value, id in changes:
        (sought.add if comes else sought.drop)(value, id)
        (there.add if comes else there.discard)((value.replace("\n", " "), id))
        assert sought.holding(part) == {id for value, id in there if part in value}
    assert sought.beginning(part) == {id for value, id in there if value.startswith(part)}
    assert sought.ending(part) == {id for value, id in there if value.endswith(part)}
    assert set(sought.same(part)) == {id for value, id in there if value == part}


def test_nothing_typed_finds_nobody() -> None:
    sought = Sought()
    sought.add("张三", "1")

    assert sought.holding("") == set()
