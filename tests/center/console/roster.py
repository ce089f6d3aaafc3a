"""People of a branch for the tests of the console: one of each thing that a page can name."""

from __future__ import annotations

from datetime import UTC, datetime

from center import issuing
from center.console.places import mark_of
from center.people_quality import Doubtful, Finding
from center.scope import EVERYWHERE
from center.store.console_audit import Note
from center.store.houses import Compound, House, HouseSays
from center.store.roster_files import FileSays, HeldRow, Reason, RowSays
from center.store.watches import Proposal
from station.roster.sheets import Row, Sheet
from station.sync.items import PersonItem, encode_item, shared_key
from tests.center.office import Center

FUTURE = "2100-01-01"  # a date of birth that cannot be


def add_person(center: Center, person_id: str, branch: str, person: PersonItem) -> str:
    center.store.lists.put("people", [("person", person_id, encode_item(person))], branch)
    return person_id


def add_roster(center: Center, branch: str, number: int) -> dict[str, str]:
    """A compound, a house, a person with a watch and a pass, an upload, a row that is wrong; by path part."""
    store, ms = center.store, center.clocks.ms
    note = Note(ms, f"checker{number}", "加了住户", branch)
    house = shared_key(center.keys.district, "dwelling", "3-2-501")
    person = f"{number:032x}"
    item = PersonItem("resident", f"Amy{number}", "3-2-501", house=house, birth=FUTURE)
    add_person(center, person, branch, item)
    store.houses.put_compound(Compound(branch, f"Court {number}"), note)
    store.houses.put(House(branch, house, "owner", "green", HouseSays("3-2-501", "Bob")), note)
    watch = store.watches.propose(Proposal(branch, person, "isolation", "isolation", None, False, "x"), note)
    known = store.directory.get(EVERYWHERE, person)
    assert known is not None
    until = datetime.fromtimestamp(ms / 1000 + 86_400, UTC)
    made = issuing.issue(center.keys, known, "Court", until, ms, "checker")
    store.passes.add(made, issuing.trust_of(center.keys, branch, "Court"), note)
    sheet = Sheet("", (Row(1, ("姓名", "房号")), Row(2, ("Zoe", "1-1-101"))))
    file = store.roster_files.keep(branch, "people", FileSays("list.csv", (sheet,)), note)
    given_up = store.roster_files.get(
        EVERYWHERE, store.roster_files.keep(branch, "people", FileSays("x", (sheet,)), note)
    )
    assert given_up is not None
    said = RowSays("list.csv", 7, ("姓名", "房号"), ("", "1-1-101"), (Reason("name_missing"),))
    row = HeldRow(bytes([number]) * 16, branch, "people", ms, "checker", ("name_missing",), said)
    store.roster_files.finish(given_up, [row], note)
    return {
        "person": person,
        "compound": mark_of(branch),
        "house": house,
        "watch": watch.hex(),
        "pass": made.number,
        "file": file.hex(),
        "row": row.id.hex(),
        "finding": Finding(Doubtful.BIRTH, branch, (person,), FUTURE).key,
    }
