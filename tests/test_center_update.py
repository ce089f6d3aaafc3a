"""What the center says before the gate's program understands it counts once the program was updated."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from station import version
from station.center_shelf import Gate, Shelf
from station.journal import center_pages
from station.journal.center_pages import prepare_page
from station.journal.entries import Journal
from station.journal.facts import current_facts
from station.journal.passes import read_pass_trust
from station.journal.vault import Vault
from station.sync.bundle import Item, Page
from station.sync.items import RevokedPassItem, encode_item
from tests.center.office import Center
from tests.journal.given import fact
from tests.sync.district import District, district
from tests.sync.test_talk import talk

RED, PASS = fact("person", "p1", "colour", "red"), bytes(8)


def started(gate: District, program: str = "1.0") -> Shelf:
    nothing = Gate(lambda: None, lambda: None, lambda: None)
    here = (gate.folder, gate.journal, gate.station, nothing, gate.board, gate.clock.now)
    return Shelf(*here, program=program)


def test_a_red_and_a_lost_pass_of_a_newer_center_count_after_the_update(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with district(tmp_path) as gate:
        gate.enrol()
        order(gate.center)
        with monkeypatch.context() as former:
            former.setattr(center_pages, "_READ", dict.fromkeys(center_pages._READ, does_not_understand))
            started(gate, "0.9").tick(0.0)
            talk(gate.down(every_s=60))
        assert colours(gate.journal) == []

        for _ in range(2):  # and started once more
            started(gate).tick(0.0)
            talk(gate.down(every_s=60))

        assert colours(gate.journal) == ["red"]
        assert read_pass_trust(gate.folder).revoked == {PASS}
        epoch = gate.center.store.epoch.hex()
        assert sum(f"{epoch}&since=0" in one for one in gate.road.queries) == 2, (
            "when it began, and once more"
        )


def test_a_program_that_was_put_back_for_a_minute_leaves_nothing_unread(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with district(tmp_path) as gate:
        gate.enrol()
        started(gate).tick(0.0)
        page = Page(1, "quick", b"e" * 16, 0, 1, False, 0, (Item(*RED[:2], 1, RED[2]),))
        with monkeypatch.context() as former:
            former.setattr(center_pages, "_READ", dict.fromkeys(center_pages._READ, does_not_understand))
            started(gate, "0.9").apply(prepare_page(gate.journal.vault, page))
        started(gate).tick(0.0)

        assert gate.place("quick").version == 0, "all is asked for again"


def test_an_update_asks_for_nothing_that_was_understood(tmp_path: Path) -> None:
    with district(tmp_path) as gate:
        gate.enrol()
        order(gate.center)
        started(gate, "0.9").tick(0.0)
        talk(gate.down(every_s=60))
        before = gate.place("quick")
        started(gate).tick(0.0)

        assert gate.place("quick") == before


def order(center: Center) -> None:
    taken_back = ("revoked_pass", PASS.hex(), encode_item(RevokedPassItem(1)))
    center.store.lists.put("quick", [RED, taken_back])


def does_not_understand(_vault: Vault, _item: Item, _body: bytes) -> center_pages.PreparedItem:
    raise ValueError("of a newer form")


def colours(journal: Journal) -> list[str]:
    return [one.value for one in current_facts(journal.connection, None, "p1", None)]


def test_a_source_tree_that_was_pulled_is_another_build_of_its_version(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "module.py").touch()
    (tmp_path / "journal").mkdir()
    inner = tmp_path / "journal" / "facts.py"
    monkeypatch.setattr(version, "_PACKAGE", tmp_path)
    builds = []
    for changed_s in (2_000_000_000, 2_000_000_000, 2_000_000_060):
        inner.touch()
        os.utime(inner, (changed_s, changed_s))
        builds.append(version.build.__wrapped__())

    assert builds[0] == builds[1] != builds[2]
