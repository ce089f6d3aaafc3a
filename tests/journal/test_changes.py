"""Who changed what of somebody: kept for ever by hand, with the operator and the reason, sealed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from station.journal import batches
from station.journal.batches import KEPT, Batches, Relation, UndoRefusedError
from station.journal.changes import Changes
from station.journal.entries import Journal
from station.journal.people import People, Person
from tests.journal.samples import NOON, open_journal

CHILD, FATHER = Person("p1", "张小强", "3-2-501", "resident"), Person("p2", "张强", "3-2-501", "resident")


@pytest.fixture
def journal(tmp_path: Path) -> Iterator[Journal]:
    with open_journal(tmp_path) as journal:
        People(journal).add([CHILD, FATHER], as_of=NOON, by="001", about="new")
        yield journal


def kinds(journal: Journal, person_id: str) -> list[tuple[str, str, str]]:
    return [(one.kind, one.by, one.note) for one in Changes(journal).of(person_id)]


def test_a_code_that_was_bound_and_taken_away_again_is_told_with_who_and_why(journal: Journal) -> None:
    people, key = People(journal), journal.vault.code_key("phone")
    people.bind("p2", "phone", now=NOON, by="017")
    people.unbind("p2", [key], now=NOON, by="021", why="lost")
    assert people.find_by_code(key) is None
    assert kinds(journal, "p2") == [("unbind", "021", "lost"), ("bind", "017", ""), ("edit", "001", "")]
    assert kinds(journal, "p1") == [("edit", "001", "")]


def test_only_the_holder_loses_a_code(journal: Journal) -> None:
    people, key = People(journal), journal.vault.code_key("phone")
    people.bind("p2", "phone", now=NOON, by="017")
    people.unbind("p1", [key], now=NOON, by="017")
    known = people.find_by_code(key)
    assert known is not None
    assert known.person_id == "p2"


def test_a_guardian_stands_in_the_history_of_both(journal: Journal) -> None:
    people, guardian = People(journal), Relation("p1", "guardian", "p2")
    people.relate([guardian], now=NOON, by="017")
    people.unrelate(guardian, now=NOON, by="021", why="mistake")
    assert people.who_speaks_for("p1") == []
    for person_id, other in (("p1", "p2"), ("p2", "p1")):
        ended, begun, _ = Changes(journal).of(person_id)
        assert (begun.kind, begun.by, begun.about, begun.others) == ("relate", "017", "guardian/p1", (other,))
        assert (ended.kind, ended.note, ended.others) == ("unrelate", "mistake", (other,))


def test_what_was_taken_back_says_by_whom(journal: Journal) -> None:
    batch = People(journal).remove(["p2"], now=NOON, by="017", why="moved_away")
    later = NOON + timedelta(hours=1)
    Batches(journal).undo(batch, now=later, by="021")
    change = Changes(journal).of("p2")[0]
    assert (change.kind, change.by, change.note) == ("remove", "017", "moved_away")
    assert (change.undone_at, change.undone_by) == (later, "021")


def test_every_relation_and_code_can_be_taken_back(journal: Journal) -> None:
    people, guardian = People(journal), Relation("p1", "guardian", "p2")
    people.bind("p2", "phone", now=NOON)
    people.relate([guardian], now=NOON)
    unrelated = people.unrelate(guardian, now=NOON)
    unbound = people.unbind("p2", [journal.vault.code_key("phone")], now=NOON)
    Batches(journal).undo(unbound, now=NOON)
    Batches(journal).undo(unrelated, now=NOON)
    assert people.who_speaks_for("p1") == [guardian]
    assert people.code_keys("p2")


def many_changes(journal: Journal) -> None:
    people = People(journal)
    for number in range(KEPT):
        people.add([Person("p1", "张小强", f"3-2-{number + 1}", "resident")], as_of=NOON, by="017")


def test_the_history_outlives_the_former_values(journal: Journal) -> None:
    bound = People(journal).bind("p2", "phone", now=NOON, by="017")
    many_changes(journal)
    assert ("bind", "017", "") in kinds(journal, "p2")
    row = journal.connection.execute(
        "SELECT name, dwelling, detail, links FROM batch_change WHERE batch = ? AND person_id = 'p2'",
        (bound,),
    ).fetchone()
    assert row == (None, None, None, None), "what they were before is let go"


def test_what_was_let_go_cannot_be_taken_back_nor_is_it_offered(journal: Journal) -> None:
    bound = People(journal).bind("p2", "phone", now=NOON)
    many_changes(journal)
    with pytest.raises(UndoRefusedError):
        Batches(journal).undo(bound, now=NOON)
    assert People(journal).person("p2")
    assert next(one for one in Batches(journal).all() if one.id == bound).people == 0


def test_of_a_whole_list_nothing_is_kept_for_ever(journal: Journal) -> None:
    everybody = [Person(f"q{number}", "李红", "1-1-1", "resident") for number in range(batches.BY_HAND + 1)]
    batch = People(journal).add(everybody, as_of=NOON, kind="import")
    many_changes(journal)
    (left,) = journal.connection.execute(
        "SELECT count(*) FROM batch_change WHERE batch = ?", (batch,)
    ).fetchone()
    assert left == 0


def test_a_batch_of_an_older_program_is_read_too(journal: Journal) -> None:
    """It had no third field."""
    old = journal.vault.seal(b"\x92\xa3017\xa0", b"batch/edit")  # MessagePack of ["017", ""]
    journal.connection.execute(
        "INSERT INTO batch (id, kind, at_ms, source, detail) VALUES (9, 'edit', 0, 'operator', ?)", (old,)
    )
    journal.connection.execute("INSERT INTO batch_change (batch, person_id) VALUES (9, 'p1')")
    assert kinds(journal, "p1")[0] == ("edit", "017", "")


def test_operators_and_reasons_lie_sealed_and_stay_out_of_logs(journal: Journal, tmp_path: Path) -> None:
    People(journal).remove(["p2"], now=NOON, by="王队长", why="other\n她女儿接走了")
    journal.close()
    written = b"".join(file.read_bytes() for file in tmp_path.iterdir())
    for text in ("王队长", "她女儿接走了"):
        assert text.encode() not in written
    assert "王队长" not in repr(batches.Detail("王队长", "x"))
