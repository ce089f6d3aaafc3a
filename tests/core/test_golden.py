"""Entries that were written long ago are read, and decided again to what they say, by every later version."""

from __future__ import annotations

import base64
import json
from pathlib import Path
from typing import Any

import pytest

from station.core.entry import Entry, decision_of, decode
from station.core.explain import explain
from station.core.policy import NO_CODES

GOLDEN = sorted((Path(__file__).parent / "golden").glob("*.json"))


def read(file: Path) -> tuple[dict[str, str], list[Entry]]:
    golden: dict[str, Any] = json.loads(file.read_text("utf-8"))
    return golden["policies"], [decode(base64.b64decode(record)) for record in golden["entries"]]


@pytest.mark.parametrize("file", GOLDEN, ids=lambda file: file.stem)
def test_old_entries_are_explained_by_the_policies_of_their_day(file: Path) -> None:
    policies, entries = read(file)
    for entry in entries:
        text = policies[entry.policy.removesuffix(NO_CODES)]
        assert explain(entry, text) == decision_of(entry), entry


def test_there_are_many_of_them_and_of_every_verdict() -> None:
    entries = [entry for file in GOLDEN for entry in read(file)[1]]
    assert len(entries) > 400
    assert {entry.severity for entry in entries} == {0, 1, 2}
