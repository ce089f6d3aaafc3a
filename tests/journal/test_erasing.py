"""Somebody asks to be erased: nothing of them is left in the files, everybody else stays, the chain holds."""

from __future__ import annotations

import base64
import random
from dataclasses import replace
from pathlib import Path

import msgspec
import pytest

from station.core.audit import Audited, Event
from station.core.operators import Who
from station.journal import receipts
from station.journal.batches import Batches, Relation
from station.journal.check import check
from station.journal.entries import Journal
from station.journal.erasing import (
    Erased,
    Fate,
    NotInRosterError,
    StillWaitingError,
    erase,
    fate,
    find_traces,
)
from station.journal.facts import Facts, News, Said
from station.journal.lookbacks import Lookbacks, Passages
from station.journal.memory import LaneMemory
from station.journal.passes import read_pass_trust, read_passes
from station.journal.people import People
from station.journal.person import Person
from station.journal.receipts import Receipt, ReceiptError
from station.journal.retention import Eraser
from tests.journal import kept
from tests.journal.given import enrol
from tests.journal.kept import BEFORE, LATELY, LONG_AGO, ZONE
from tests.journal.samples import NOON, open_journal

ASKED = Event(Audited.ERASED, Who("1001"), note="1002: 本人书面申请")


def ask(journal: Journal, who: Person) -> Erased:
    traces = find_traces(journal.connection, journal.vault, who.id)
    return erase(journal, traces, ASKED, now=NOON, zone=ZONE, gate="东门")


def all_receipts(journal: Journal) -> list[tuple[Receipt, bytes]]:
    rows = journal.connection.execute("SELECT record, signature FROM erasure")
    return [(receipts.decode(record), signature) for record, signature in rows]


def test_nothing_of_them_is_left_in_the_files(journal: Journal, folder: Path) -> None:
    him = kept.fill(journal, days=20)
    there = kept.sealed_blobs(folder)

    done = ask(journal, him)

    lost = list(kept.gone(there, kept.sealed_blobs(folder)))
    keys = [journal.vault.code_key(kept.CODE).encode(), *_number_keys(journal)]
    assert done.clean
    assert len(lost) > 50
    assert kept.in_the_files(folder, [*lost, *kept.PLAIN, *keys]) == []


def _number_keys(journal: Journal) -> list[bytes]:
    vault = journal.vault
    return [
        vault.lookup_key("id_number", kept.NUMBER).encode(),
        vault.lookup_key("phone", kept.PHONE).encode(),
    ]


def test_without_overwriting_it_would_be_left(journal: Journal, folder: Path) -> None:
    """The control: the test above can fail."""
    him = kept.fill(journal)
    there = kept.sealed_blobs(folder)
    journal.connection.execute("PRAGMA secure_delete = OFF")

    ask(journal, him)

    assert kept.in_the_files(folder, list(kept.gone(there, kept.sealed_blobs(folder))))


def test_the_chain_verifies_and_everybody_else_stays(journal: Journal, folder: Path) -> None:
    him = kept.fill(journal)
    before = check(folder)

    ask(journal, him)

    after = check(folder)
    assert after.ok
    assert (after.entries, after.personal) == (before.entries, before.personal - 6)
    (neighbour,) = People(journal).everybody()
    assert (neighbour.name, neighbour.dwelling) == ("李红", "3-2-502")
    assert People(journal).find_by_code(journal.vault.code_key("JKM-LI"))


def test_every_place_forgets_them(journal: Journal, folder: Path) -> None:
    him = kept.fill(journal)
    People(journal).relate([Relation(kept.person(journal, "李红", "3-2-502").id, "proxy", him.id)], now=NOON)

    ask(journal, him)

    assert People(journal).find(him.id) is None
    assert People(journal).find_by_id_number(kept.NUMBER) is None
    assert Facts(journal).history("person", him.id) == []
    assert Lookbacks(journal).all() == []
    assert read_passes(folder) == []
    tables = [
        name for (name,) in journal.connection.execute("SELECT name FROM sqlite_schema WHERE type='table'")
    ]
    naming = [
        table
        for table in tables
        if table not in ("entry", "erased_entry")
        and any(
            him.id in map(str, row) or him.id in str(row)
            for row in journal.connection.execute(f"SELECT * FROM {table}")
        )
    ]
    assert naming == []


def test_a_pass_that_is_nobodys_any_more_is_taken_back(journal: Journal, folder: Path) -> None:
    him = kept.fill(journal)
    (held,) = read_passes(folder)

    ask(journal, him)

    assert held.gate_pass.id in read_pass_trust(folder).revoked


def test_the_pass_of_a_namesake_who_moved_in_since_goes_on(journal: Journal, folder: Path) -> None:
    him, people = kept.fill(journal), People(journal)
    other = replace(him, id=people.id_for(him.name, f"{him.dwelling}\0"), id_number="", phones=(), codes=())
    people.add([replace(him, dwelling="9-9-909", codes=()), other], as_of=LATELY)
    theirs = kept.give_pass(journal, other)

    ask(journal, him)

    assert theirs.gate_pass.id not in read_pass_trust(folder).revoked


def test_the_receipt_counts_and_names_nobody(journal: Journal, folder: Path) -> None:
    him = kept.fill(journal)

    done = ask(journal, him)

    receipt = done.receipt
    assert receipt.kinds["entries"] == 6
    assert {
        "roster": 1,
        "codes": 2,
        "passes": 1,
        "facts": 2,
        "proposals": 2,
        "tasks": 2,
    }.items() <= receipt.kinds.items()
    assert (receipt.number, receipt.day, receipt.enrolled) == (1, "2022-04-01", False)
    text = receipts.claim(receipt, done.signature)
    assert not any(plain.decode() in text for plain in kept.PLAIN)
    assert him.id not in text
    assert receipts.check(text, [journal.vault.public_key]) == receipt
    assert all_receipts(journal) == [(receipt, done.signature)]


@pytest.mark.parametrize("change", ["6", "东门", "2022"])
def test_a_changed_receipt_is_found_out(journal: Journal, change: str) -> None:
    him = kept.fill(journal)
    done = ask(journal, him)
    text = receipts.claim(done.receipt, done.signature)
    changed = text[:120] + text[120:].replace(change, "9", 1)

    assert changed != text
    with pytest.raises(ReceiptError):
        receipts.check(changed, [journal.vault.public_key])
    with pytest.raises(ReceiptError):
        receipts.check("收据", [journal.vault.public_key])
    with pytest.raises(ReceiptError):
        receipts.check(
            text.replace(base64.b64encode(done.signature).decode(), "AAAA"), [journal.vault.public_key]
        )


def test_an_entry_says_why_it_lacks_its_personal_part(journal: Journal, folder: Path) -> None:
    him = kept.fill(journal)
    entries = [
        kept.passes_by(journal, LATELY, him.id, kept.CODE),
        kept.passes_by(journal, LATELY, "x", "JKM-X"),
    ]
    old = kept.passes_by(journal, LONG_AGO, "x", "JKM-X")
    Eraser(journal, BEFORE, NOON).run()

    ask(journal, him)

    said = [fate(folder, entry, ZONE) for entry in (*entries, old)]
    assert said == [Fate(NOON.astimezone(ZONE).date()), None, Fate(None)]


def test_who_waits_to_be_measured_again_is_not_erased_now(journal: Journal, folder: Path) -> None:
    him = kept.fill(journal)
    LaneMemory(journal).save("rechecks", msgspec.msgpack.encode({him.id: 38.5}))

    with pytest.raises(StillWaitingError):
        ask(journal, him)

    assert People(journal).find(him.id)
    assert all_receipts(journal) == []


def test_what_was_seen_on_their_telephone_goes_too(journal: Journal) -> None:
    him, memory = kept.fill(journal), LaneMemory(journal)
    memory.save("told", b"red: " + him.id.encode())
    ask(journal, him)
    assert memory.load("told") is None


def test_what_was_seen_on_another_telephone_stays(journal: Journal) -> None:
    him, memory = kept.fill(journal), LaneMemory(journal)
    memory.save("told", b"red: somebody else")
    ask(journal, him)
    assert memory.load("told")


def test_entries_that_came_while_it_was_asked_go_too(journal: Journal) -> None:
    him = kept.fill(journal)
    traces = find_traces(journal.connection, journal.vault, him.id)
    kept.passes_by(journal, NOON, him.id, kept.CODE)

    done = erase(journal, traces, ASKED, now=NOON, zone=ZONE)

    assert done.receipt.kinds["entries"] == 7


def test_a_code_that_is_somebody_elses_now_stays_theirs(journal: Journal) -> None:
    him, people = kept.fill(journal), People(journal)
    her = kept.person(journal, "李红", "3-2-502").id
    people.unbind(him.id, [journal.vault.code_key(kept.CODE)], now=LATELY)
    people.bind(her, kept.CODE, now=LATELY)

    ask(journal, him)

    assert people.find_by_code(journal.vault.code_key(kept.CODE))


def test_what_the_center_got_is_told(journal: Journal) -> None:
    him = kept.fill(journal)
    enrol(journal)

    done = ask(journal, him)

    assert (done.receipt.enrolled, done.receipt.unsent) == (True, 6)


def test_nobody_is_erased_twice(journal: Journal) -> None:
    him = kept.fill(journal)
    ask(journal, him)

    with pytest.raises(NotInRosterError):
        find_traces(journal.connection, journal.vault, him.id)


def test_the_look_back_goes_on_from_the_facts_that_are_left(journal: Journal) -> None:
    him = kept.fill(journal)
    newest = Passages(journal.connection).newest_fact()

    ask(journal, him)

    assert Passages(journal.connection).newest_fact() > newest


def test_what_an_import_replaced_of_others_can_still_be_undone(journal: Journal) -> None:
    him, people = kept.fill(journal), People(journal)
    her = kept.person(journal, "李红", "3-2-502")
    people.relate([Relation(him.id, "guardian", her.id)], now=LATELY)
    changed = people.add([replace(her, note="新", codes=())], as_of=LATELY)

    ask(journal, him)
    Batches(journal).undo(changed, now=NOON)

    (left,) = people.everybody()
    assert left.note == ""


@pytest.mark.parametrize("seed", range(3))
def test_one_of_many_goes_and_the_others_lie_as_they_lay(tmp_path: Path, seed: int) -> None:
    """A roster whose rows have split and merged pages often, in the file's own random order."""
    chance = random.Random(seed)
    with open_journal(tmp_path) as journal:
        people = People(journal)
        everybody = [
            Person(
                people.id_for(f"人{n}", "1-1"),
                f"人{n}",
                "1-1",
                "resident",
                (f"JKM-{n}",),
                note="住" * chance.randrange(200),
            )
            for n in range(300)
        ]
        people.add(everybody, as_of=LONG_AGO)
        for one in chance.sample(everybody, 150):
            people.add([replace(one, note="搬" * chance.randrange(200), codes=())], as_of=LATELY)
            Facts(journal).record(
                News("person", one.id, "test", "negative", LATELY, "x"), now=LATELY, said=Said("某人")
            )
        for _ in range(4):
            one = chance.choice(people.everybody())
            there = kept.sealed_blobs(tmp_path)
            ask(journal, one)
            lost = list(kept.gone(there, kept.sealed_blobs(tmp_path)))
            assert lost
            assert kept.in_the_files(tmp_path, lost) == []
        assert len(people.everybody()) == 296
    assert check(tmp_path).ok
