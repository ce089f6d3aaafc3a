"""Passes that the center issues: one valid one for each person, whoever presses at the same moment."""

from __future__ import annotations

from center.store import SqlStore
from center.store.center_passes import CenterPass
from center.store.console_audit import Note

AMY = "a" * 32


def test_two_who_issue_a_pass_at_once_make_one(store: SqlStore) -> None:
    """A second paper would go on opening the gate when the first was lost and revoked."""
    note = Note(1, "admin", "发了出入证", "江北区")
    made = [CenterPass(bytes([number]) * 8, "江北区", AMY, 10, 100, None, "admin", "x") for number in (1, 2)]
    assert store.passes.add(made[0], ("key", "text"), note)
    assert not store.passes.add(made[1], ("key", "text"), note)

    store.passes.revoke(made[0], 20, note)
    assert store.passes.add(made[1], ("key", "text"), note)
