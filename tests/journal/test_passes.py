"""Passes are issued, lost, replaced and looked up, and the folder tells a thief nothing of them."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, PublicFormat

from station.core.audit import Audited
from station.core.passes import GatePass, Holder
from station.journal import migrations
from station.journal.batches import Batches
from station.journal.entries import Journal
from station.journal.errors import NoJournalError, VaultError
from station.journal.facts import Facts, News
from station.journal.importing import load, prepare, write
from station.journal.passes import IssuedPass, Passes, PassTrust, SignedPass, read_pass_trust, read_passes
from station.journal.people import People, Person
from station.journal.reader import Reader
from station.journal.vault import open_vault
from tests.journal.samples import NOON, open_journal, passage
from tests.roster.lists import READING

COMMUNITY = "幸福里小区"
ZHANG, WANG = Holder("张小强", "3-2-501"), Holder("王秀英", "1-1-101")


def signed(number: int, holder: Holder = ZHANG) -> SignedPass:
    """What lies here does not depend on the signature, so this text has none."""
    gate_pass = GatePass(number.to_bytes(8, "big"), COMMUNITY, holder, NOON, NOON + timedelta(days=180))
    return SignedPass(gate_pass, f"GP1:CODE {number}")


@pytest.fixture
def passes(journal: Journal) -> Passes:
    passes = Passes(journal)
    passes.signing_key(COMMUNITY, now=NOON)
    return passes


def private_bytes(key: ec.EllipticCurvePrivateKey) -> bytes:
    return key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())


def public_pem(key: ec.EllipticCurvePrivateKey) -> str:
    return key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode()


def test_the_key_is_made_on_first_use_and_stays_the_same_after_a_restart(folder: Path) -> None:
    found = []
    for _ in range(2):
        with open_journal(folder) as journal:
            found.append(private_bytes(Passes(journal).signing_key(COMMUNITY, now=NOON)))
    assert found[0] == found[1]


def test_two_communities_at_one_station_sign_with_two_keys(passes: Passes, folder: Path) -> None:
    ours, theirs = (passes.signing_key(name, now=NOON) for name in (COMMUNITY, "和平里小区"))
    keys = {key.name: key.pem for key in read_pass_trust(folder).keys}

    assert private_bytes(ours) != private_bytes(theirs)
    assert keys == {COMMUNITY: public_pem(ours), "和平里小区": public_pem(theirs)}


def test_issued_passes_are_listed_as_they_were_issued(passes: Passes, folder: Path) -> None:
    passes.add([signed(2), signed(1, WANG)], now=NOON)

    found = read_passes(folder)
    assert found == passes.all()
    assert [(one.gate_pass, one.text, one.revoked_at) for one in found] == [
        (signed(2).gate_pass, "GP1:CODE 2", None),
        (signed(1, WANG).gate_pass, "GP1:CODE 1", None),
    ]


def test_a_house_gets_all_its_passes_or_none(passes: Passes) -> None:
    passes.add([signed(1)], now=NOON)
    with pytest.raises(sqlite3.IntegrityError):
        passes.add([signed(2), signed(1)], now=NOON)
    assert [one.gate_pass.id for one in passes.all()] == [signed(1).gate_pass.id]


def test_a_pass_of_an_issuer_without_a_key_is_not_stored(passes: Passes) -> None:
    foreign = replace(signed(1), gate_pass=replace(signed(1).gate_pass, issuer="和平里小区"))
    with pytest.raises(sqlite3.IntegrityError):
        passes.add([foreign], now=NOON)


def test_a_lost_pass_is_taken_back_once_and_keeps_that_date(passes: Passes, folder: Path) -> None:
    passes.add([signed(1), signed(2)], now=NOON)
    for hours in (0, 1):
        passes.revoke([signed(1).gate_pass.id], now=NOON + timedelta(hours=hours))

    assert [one.revoked_at for one in passes.all()] == [NOON, None]
    assert read_pass_trust(folder).revoked == {signed(1).gate_pass.id}


def test_a_replaced_pass_is_taken_back_in_the_same_commit(passes: Passes) -> None:
    passes.add([signed(1)], now=NOON)
    with pytest.raises(sqlite3.IntegrityError):
        passes.replace(signed(1).gate_pass.id, signed(1), now=NOON)  # no new number: refused
    assert [one.revoked_at for one in passes.all()] == [None]

    passes.replace(signed(1).gate_pass.id, signed(2), now=NOON)
    assert [one.revoked_at for one in passes.all()] == [NOON, None]


def test_whoever_leaves_the_roster_opens_the_gate_by_no_pass_any_more(
    journal: Journal, passes: Passes, folder: Path
) -> None:
    people = People(journal)
    ids = {one: people.id_for(one.name, one.dwelling) for one in (ZHANG, WANG)}
    people.add([Person(ids[one], one.name, one.dwelling, "resident") for one in ids], as_of=NOON)
    passes.add([signed(1), signed(2, WANG)], now=NOON)
    people.unbind(ids[ZHANG], [journal.vault.code_key("GP1:CODE 1")], now=NOON)  # not taken back by that
    moved = replace(WANG, dwelling="5-1-101")
    people.add([Person(ids[WANG], moved.name, moved.dwelling, "resident")], as_of=NOON)
    passes.add([signed(3, moved)], now=NOON)
    people.bind(ids[WANG], "GP1:CODE 3", now=NOON)

    batch = people.remove([ids[ZHANG]], now=NOON)
    assert read_pass_trust(folder).revoked == {signed(1).gate_pass.id}
    on_record = "SELECT subject FROM audit WHERE kind = ?"
    (told,) = journal.connection.execute(on_record, (Audited.PASS_REVOKED,)).fetchall()
    assert told == (signed(1).gate_pass.id.hex(),)
    people.remove([ids[WANG]], now=NOON)
    Batches(journal).undo(batch, now=NOON)
    assert [one.revoked_at for one in passes.all()] == [NOON] * 3, "for good"


def test_undoing_an_import_leaves_a_pass_that_was_issued_since_its_holder(
    journal: Journal, passes: Passes
) -> None:
    """Else somebody who must stay at home walks through by it: nothing is known of nobody."""
    people, before = People(journal), NOON - timedelta(hours=1)
    person = Person(
        people.id_for(ZHANG.name, ZHANG.dwelling), ZHANG.name, ZHANG.dwelling, "resident", ("old",)
    )
    people.add([replace(person, codes=())], as_of=before)
    listed = people.add([person], as_of=before, kind="import")
    passes.add([signed(1)], now=NOON)
    Facts(journal).record(News("person", person.id, "travel", "yes", NOON, "operator"), now=NOON)
    Batches(journal).undo(listed, now=NOON)

    known = people.find_by_code(journal.vault.code_key("GP1:CODE 1"))
    assert known is not None
    assert known.person_id == person.id
    assert "travel" in {fact.kind for fact in known.facts}
    assert people.find_by_code(journal.vault.code_key("old")) is None, "that came with the list"


def test_whoever_comes_back_with_the_corrected_list_is_known_by_their_pass(
    journal: Journal, passes: Passes
) -> None:
    people = People(journal)
    zhang = Person(people.id_for(ZHANG.name, ZHANG.dwelling), ZHANG.name, ZHANG.dwelling, "resident")
    wang = Person(people.id_for(WANG.name, WANG.dwelling), WANG.name, WANG.dwelling, "resident")
    wrong = people.add([zhang, wang], as_of=NOON)
    passes.add([signed(1), signed(2), signed(3, WANG)], now=NOON)
    passes.revoke([signed(2).gate_pass.id], now=NOON)
    Batches(journal).undo(wrong, now=NOON)
    plan = load(journal, f"姓名,房号\n{ZHANG.name},{ZHANG.dwelling}\n".encode(), READING).plan
    write(journal, prepare(journal.vault, plan), now=NOON)
    assert people.code_keys(zhang.id) == {journal.vault.code_key("GP1:CODE 1")}
    assert people.find_by_code(journal.vault.code_key("GP1:CODE 3")) is None

    people.add([wang], as_of=NOON)
    assert people.code_keys(wang.id) == {journal.vault.code_key("GP1:CODE 3")}


def test_binding_a_pass_is_undone_as_any_other_code(journal: Journal, passes: Passes) -> None:
    people = People(journal)
    people.add([Person("zhang", ZHANG.name, "5-1-101", "resident")], as_of=NOON)
    passes.add([signed(1)], now=NOON)  # nobody of that name lives there
    bound = people.bind("zhang", "GP1:CODE 1", now=NOON)
    Batches(journal).undo(bound, now=NOON)
    assert people.code_keys("zhang") == frozenset()


def test_whoever_cannot_be_removed_keeps_their_pass(journal: Journal, passes: Passes) -> None:
    people = People(journal)
    person_id = people.id_for(ZHANG.name, ZHANG.dwelling)
    people.add([Person(person_id, ZHANG.name, ZHANG.dwelling, "resident")], as_of=NOON)
    passes.add([signed(1)], now=NOON)
    journal.connection.execute(
        "CREATE TEMP TRIGGER refused BEFORE DELETE ON person BEGIN SELECT raise(FAIL, 'refused'); END"
    )
    with pytest.raises(sqlite3.IntegrityError):
        people.remove([person_id], now=NOON)
    assert [one.revoked_at for one in passes.all()] == [None]


def test_a_pass_counts_until_its_last_second_unless_it_was_taken_back() -> None:
    issued = IssuedPass(signed(1).gate_pass, "GP1:")
    end = issued.gate_pass.valid_until

    assert issued.is_current(end)
    assert not issued.is_current(end + timedelta(seconds=1))
    assert not replace(issued, revoked_at=NOON).is_current(NOON)


def test_a_resident_is_known_by_their_pass_and_a_visitor_is_not_put_into_the_roster(
    passes: Passes, journal: Journal
) -> None:
    people = People(journal)
    resident = Person(people.id_for("张小强", "3-2-501"), "张小强", "3-2-501", "resident")
    people.add([resident], as_of=NOON)
    passes.add([signed(1), signed(2, WANG)], now=NOON)

    known = people.find_by_code(journal.vault.code_key("GP1:CODE 1"))
    assert known
    assert known.person_id == resident.id
    assert people.find_by_code(journal.vault.code_key("GP1:CODE 2")) is None


def test_the_pass_of_a_newcomer_is_not_that_of_a_namesake_who_moved_away(
    passes: Passes, journal: Journal
) -> None:
    people = People(journal)
    left = Person(people.id_for("张小强", "3-2-501"), "张小强", "9-1-101", "resident")
    came = Person(people.id_for("张小强", "3-2-501\0"), "张小强", "3-2-501", "resident")
    people.add([left, came], as_of=NOON)
    passes.add([signed(1)], now=NOON)

    known = people.find_by_code(journal.vault.code_key("GP1:CODE 1"))
    assert known
    assert known.person_id == came.id


def test_who_lives_in_a_house_is_found_without_the_neighbours(journal: Journal) -> None:
    people = People(journal)
    dwellings = ("3-21-101", "3-2-501", "3-2-101", "13-2-501")
    people.add([Person(dwelling, "张强", dwelling, "resident") for dwelling in dwellings], as_of=NOON)

    assert [person.dwelling for person in people.living_in("3-2")] == ["3-2-101", "3-2-501"]
    assert [person.dwelling for person in people.living_in("3-2-501")] == ["3-2-501"]
    assert people.living_in("3-2-50") == []


def test_no_file_holds_a_name_a_house_a_code_or_the_key_in_clear(folder: Path) -> None:
    with open_journal(folder) as journal:
        passes = Passes(journal)
        key = passes.signing_key(COMMUNITY, now=NOON)
        passes.add([signed(1)], now=NOON)
        written = b"".join(file.read_bytes() for file in folder.iterdir())

    secret = key.private_numbers().private_value.to_bytes(32, "big")
    assert public_pem(key).encode() in written  # what is public would be found
    assert secret not in written
    assert not [text for text in ("张小强", "3-2-501", "GP1:") if text.encode() in written]


def test_nothing_personal_is_in_what_a_log_line_would_show(passes: Passes) -> None:
    passes.add([signed(1)], now=NOON)
    shown = f"{signed(1)!r} {passes.all()!r}"
    assert not [text for text in ("张", "3-2-501", "GP1:") if text in shown]


def test_a_pass_moved_to_another_number_does_not_open(passes: Passes, journal: Journal) -> None:
    passes.add([signed(1), signed(2)], now=NOON)
    journal.connection.execute(
        "UPDATE gate_pass SET content = (SELECT content FROM gate_pass WHERE position = 1)"
    )
    with pytest.raises(VaultError):
        passes.all()


def test_a_key_moved_to_another_issuer_does_not_open(passes: Passes, journal: Journal) -> None:
    journal.connection.execute("UPDATE pass_issuer SET name = '和平里小区'")
    with pytest.raises(VaultError):
        passes.signing_key("和平里小区", now=NOON)


def older_journal(folder: Path) -> None:
    """A journal of schema 1, from before there were passes."""
    folder.mkdir()
    open_vault(folder, create=True)
    first = (Path(migrations.__file__).parent / "schema" / "0001_journal.sql").read_text("utf-8")
    with closing(sqlite3.connect(folder / "journal.db", isolation_level=None)) as connection:
        connection.execute("PRAGMA journal_mode = WAL")
        migrations.apply(connection, first)


def test_a_journal_from_before_there_were_passes_has_none(folder: Path) -> None:
    older_journal(folder)
    assert read_passes(folder) == []
    assert read_pass_trust(folder) == PassTrust()


def test_a_journal_from_before_there_were_passes_learns_of_them(folder: Path) -> None:
    older_journal(folder)
    with open_journal(folder) as journal:
        journal.append(passage())
        Passes(journal).signing_key(COMMUNITY, now=NOON)
        Passes(journal).add([signed(1)], now=NOON)
    with Reader.open(folder) as reader:
        assert reader.head().number == 1
    assert len(read_passes(folder)) == 1


def test_where_nothing_was_ever_recorded_there_is_nothing_to_read(folder: Path) -> None:
    for reading in (read_passes, read_pass_trust):
        with pytest.raises(NoJournalError):
            reading(folder)
