"""Trust lists of the center lie in DATA/trust, whatever was there before."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from station.center_shelf import TRUST_AGAIN_S, Gate, Shelf
from station.center_trust import take_trust
from station.codes.lists import parse_list
from station.codes.trustlists import gate_revocations_text
from station.core.audit import Audited
from station.journal.audit import read
from station.journal.center_items import CenterItems
from station.journal.center_lists import CenterLists
from station.policy_desk import policy_text
from station.sync.items import PolicyItem, TrustItem, encode_item
from station.sync.status import Board
from station.trustfolder import StoredList, TrustFolder, list_id
from tests.journal.given import Channel, enrol, gone
from tests.journal.samples import NOON, open_journal

TODAY = NOON + timedelta(days=1)
SHAPES = (Path(__file__).parents[1] / "assets" / "codes" / "regional.toml").read_text("utf-8")


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return tmp_path / "station"


@pytest.fixture
def center(data: Path) -> Iterator[Channel]:
    with open_journal(data) as journal:
        enrol(journal)
        yield Channel(CenterLists(journal), journal)


def revocations(day: datetime, number: int) -> str:
    return gate_revocations_text("station-1", [bytes([number]) * 8], day)


def give(center: Channel, text: str, name: str = "passes.json") -> None:
    center.give(("trust", name, encode_item(TrustItem(text))))


def in_force(data: Path) -> list[tuple[str, datetime]]:
    folder = TrustFolder(data)
    return [(folder.in_force(one).source, folder.in_force(one).as_of) for one in folder.ids()]


def test_a_list_comes_into_force_once(center: Channel, data: Path) -> None:
    give(center, revocations(NOON, 1))

    assert take_trust(center.journal, data, TODAY) == ["passes.json"]
    assert in_force(data) == [("center:passes.json", NOON)]
    assert take_trust(center.journal, data, TODAY) == []


def test_killed_before_it_is_noted_it_is_taken_again(center: Channel, data: Path) -> None:
    give(center, revocations(NOON, 1))
    (told,) = CenterItems(center.journal).trust_to_take()
    take_trust(center.journal, data, TODAY)
    center.journal.connection.execute("UPDATE center_item SET taken = 0")

    assert CenterItems(center.journal).trust_to_take() == [told]
    assert take_trust(center.journal, data, TODAY) == ["passes.json"]
    assert len(in_force(data)) == 1


def test_one_that_cannot_be_read_holds_no_other_up_and_stays_told(center: Channel, data: Path) -> None:
    give(center, "???", "a.json")
    give(center, revocations(NOON, 1), "b.json")

    assert take_trust(center.journal, data, TODAY) == ["b.json"]
    assert [one.name for one in CenterItems(center.journal).trust_to_take()] == ["a.json"]


def test_an_older_one_does_not_replace_what_an_admin_brought(center: Channel, data: Path) -> None:
    brought = StoredList(
        kind="gate-revocations",  # type: ignore[arg-type]
        as_of=TODAY,
        stored_at=TODAY,
        source="usb",
        text=revocations(TODAY, 1),
    )
    TrustFolder(data).put(list_id(brought.read()), brought)
    give(center, revocations(NOON, 2))

    assert take_trust(center.journal, data, TODAY) == []
    assert in_force(data) == [("usb", TODAY)]
    assert CenterItems(center.journal).trust_to_take() == []


def test_what_the_center_takes_back_is_out_of_force(center: Channel, data: Path) -> None:
    give(center, revocations(NOON, 1))
    take_trust(center.journal, data, TODAY)
    center.give(gone("trust", "passes.json"))

    assert take_trust(center.journal, data, TODAY) == ["passes.json"]
    assert in_force(data) == []
    assert CenterItems(center.journal).trust_to_take() == []


@pytest.mark.parametrize("together", [True, False], ids=["center restored", "one after the other"])
def test_passes_that_an_earlier_list_took_back_are_refused_again_when_the_newer_one_goes(
    center: Channel, data: Path, together: bool
) -> None:
    """No list at all was left in force, and what is revoked was shown green."""
    give(center, revocations(TODAY, 2), "tuesday.json")
    take_trust(center.journal, data, TODAY)
    give(center, revocations(NOON, 1), "monday.json")
    if not together:
        take_trust(center.journal, data, TODAY)
    center.give(gone("trust", "tuesday.json"))

    assert take_trust(center.journal, data, TODAY) == ["tuesday.json", "monday.json"]
    assert in_force(data) == [("center:monday.json", NOON)]
    assert CenterItems(center.journal).trust_to_take() == []


def test_when_one_list_goes_an_older_one_of_another_kind_takes_no_newer_ones_place(
    center: Channel, data: Path
) -> None:
    """Lists that hold no date are as old as the moment when they came: one that came again was the newest."""
    give(center, SHAPES, "shapes.toml")
    take_trust(center.journal, data, NOON)
    give(center, SHAPES + "# better", "better shapes.toml")
    give(center, revocations(NOON, 1))
    take_trust(center.journal, data, TODAY)
    center.give(gone("trust", "passes.json"))

    assert take_trust(center.journal, data, TODAY + timedelta(days=1)) == ["passes.json"]
    assert in_force(data) == [("center:better shapes.toml", TODAY)]


def test_lists_without_a_date_count_in_the_order_in_which_the_center_gave_them(
    center: Channel, data: Path
) -> None:
    give(center, SHAPES, "shapes.toml")
    give(center, SHAPES + "# better", "better shapes.toml")
    give(center, SHAPES + "# wrong", "a third.toml")
    take_trust(center.journal, data, NOON)
    assert in_force(data) == [("center:a third.toml", NOON)]
    center.give(gone("trust", "a third.toml"))
    take_trust(center.journal, data, TODAY)

    assert in_force(data) == [("center:better shapes.toml", TODAY)]


def test_killed_while_a_list_is_taken_back_the_one_before_it_counts(
    center: Channel, data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    give(center, revocations(NOON, 1), "monday.json")
    give(center, revocations(TODAY, 2), "tuesday.json")
    take_trust(center.journal, data, TODAY)
    center.give(gone("trust", "tuesday.json"))
    with monkeypatch.context() as killed:
        killed.setattr(CenterItems, "took", _killed)
        with pytest.raises(KeyboardInterrupt):
            take_trust(center.journal, data, TODAY)

    take_trust(center.journal, data, TODAY)
    assert in_force(data) == [("center:monday.json", NOON)]


def _killed(*_: object) -> None:
    raise KeyboardInterrupt


def test_another_list_that_is_damaged_keeps_no_withdrawn_one_in_force(center: Channel, data: Path) -> None:
    """Or the keys of an issuer whom nobody trusts any more would go on passing."""
    give(center, revocations(NOON, 1))
    take_trust(center.journal, data, TODAY)
    (data / "trust" / "dcc-revocations-0000.json").write_bytes(b"{")
    center.give(gone("trust", "passes.json"))

    assert take_trust(center.journal, data, TODAY) == ["passes.json"]
    assert TrustFolder(data).ids() == ["dcc-revocations-0000"]
    assert CenterItems(center.journal).trust_to_take() == []


def test_a_damaged_list_that_was_withdrawn_does_not_come_back_with_its_file(
    center: Channel, data: Path
) -> None:
    give(center, revocations(NOON, 1))
    take_trust(center.journal, data, TODAY)
    (file,) = (data / "trust").glob("*.json")
    whole = file.read_bytes()
    file.write_bytes(b"{")  # or nobody but root may read it
    center.give(gone("trust", "passes.json"))
    assert take_trust(center.journal, data, TODAY) == []

    file.write_bytes(whole)
    assert take_trust(center.journal, data, TODAY) == ["passes.json"]
    assert in_force(data) == []


def test_a_file_that_is_closed_to_the_gate_keeps_no_new_list_from_being_used(
    center: Channel, data: Path
) -> None:
    """After a sudo: who asks for what changed is told, so that the gate judges by it from now on."""
    (data / "trust").mkdir()
    (data / "trust" / "dcc-revocations-0000.json").symlink_to(data / "nobody may look there")
    give(center, revocations(NOON, 1))

    assert take_trust(center.journal, data, TODAY) == ["passes.json"]
    told = read(center.journal.connection, center.journal.vault, NOON, TODAY + timedelta(days=1))
    lists = [dict(line.facts) for line in told if line.what == Audited.TRUST_LIST]
    assert [one.get("change") for one in lists] == ["unreadable", "center"]


def test_a_newer_list_replaces_one_that_is_closed_to_the_gate(center: Channel, data: Path) -> None:
    """After a sudo: a pass that was revoked since would be green, and no other list of the center comes."""
    give(center, revocations(NOON, 1), "a.json")
    take_trust(center.journal, data, TODAY)
    (file,) = (data / "trust").glob("*.json")
    file.unlink()
    file.symlink_to(data)  # can be replaced, and not be read
    give(center, revocations(TODAY, 2), "a.json")
    give(center, gate_revocations_text("station-2", [], NOON), "b.json")

    assert take_trust(center.journal, data, TODAY) == ["a.json", "b.json"]
    assert ("center:a.json", TODAY) in in_force(data)


def test_a_list_for_which_there_is_no_room_keeps_no_other_from_being_used(
    center: Channel, data: Path
) -> None:
    """The gate judges by what is told here: a pass that the other one revokes would be green till a start."""
    give(center, revocations(NOON, 1), "a.json")
    other = gate_revocations_text("station-2", [], NOON)
    give(center, other, "b.json")
    id = list_id(parse_list(other, issuer=None, as_of=NOON))
    (data / "trust" / f"{id}.json").mkdir(parents=True)  # nothing can be written there

    assert take_trust(center.journal, data, TODAY) == ["a.json"]
    assert [one.name for one in CenterItems(center.journal).trust_to_take()] == ["b.json"]


def test_what_could_not_be_used_holds_no_policy_up_and_is_tried_again(center: Channel, data: Path) -> None:
    """After a sudo the folder of lists was root's, and a zone that the center sealed stayed open."""
    told: list[str] = []
    gate = Gate(lambda: None, lambda: told.append("lists"), lambda: told.append("policy"))
    shelf = Shelf(data, center.journal, b"s" * 32, gate, Board(), lambda: TODAY)
    (data / "trust").write_text("no folder")
    give(center, revocations(NOON, 1))
    center.give(("policy", "p", encode_item(PolicyItem(policy_text("sealed"), 0, "街道"))))
    shelf.tick(0.0)
    assert told == ["policy"]

    (data / "trust").unlink()
    shelf.tick(TRUST_AGAIN_S)
    assert told == ["policy", "lists"]
    assert len(in_force(data)) == 1


def test_a_damaged_list_of_the_center_keeps_no_other_from_coming(center: Channel, data: Path) -> None:
    give(center, revocations(NOON, 1), "a.json")
    give(center, gate_revocations_text("station-2", [], NOON), "b.json")
    center.journal.connection.execute("UPDATE center_item SET sealed = zeroblob(80) WHERE key = 'a.json'")

    assert take_trust(center.journal, data, TODAY) == ["b.json"]
