"""What is personal goes after thirty days, and nothing of it is left in the file; entries and counts stay."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from station.core.entry import to_ms
from station.core.model import Severity
from station.core.passes import GatePass, Holder
from station.journal import retention
from station.journal.batches import Batches, UndoRefusedError
from station.journal.check import check
from station.journal.connection import open_reader
from station.journal.entries import Journal
from station.journal.facts import Facts, News
from station.journal.lookbacks import Lookbacks
from station.journal.outbox import OutboxWriter
from station.journal.passes import Passes, SignedPass, read_pass_trust, read_passes
from station.journal.people import People
from station.journal.proposals import Proposals
from station.journal.reader import Reader
from station.journal.reports import Reports
from station.journal.retention import Eraser
from station.journal.retention_rules import Kind
from station.journal.salvage import salvage
from tests.journal import kept, work
from tests.journal.given import enrol
from tests.journal.kept import BEFORE, DAY, LATELY, LONG_AGO, ZONE
from tests.journal.samples import NOON, open_journal


def run(journal: Journal) -> Eraser:
    eraser = Eraser(journal, BEFORE, NOON)
    eraser.run()
    return eraser


def test_what_it_will_erase_is_what_it_erases(journal: Journal, folder: Path) -> None:
    kept.fill(journal)
    with open_reader(folder) as connection:
        shown = retention.plan(connection, BEFORE, ZONE)

    erased = run(journal).erased

    assert shown.counts == {kind: count for kind, count in erased.items() if count}
    assert shown.counts[Kind.ENTRIES] == 6
    assert {one.day for one in shown.due if one.kind is Kind.ENTRIES} == {date(2022, 2, 20)}
    assert retention.plan(journal.connection, BEFORE, ZONE).due == ()


def test_entries_counts_and_the_chain_stay(journal: Journal, folder: Path) -> None:
    him = kept.fill(journal)
    before = check(folder)

    run(journal)

    after = check(folder)
    assert after.ok
    assert (after.entries, after.personal) == (before.entries, before.personal - 6)
    with Reader.open(folder) as reader:
        assert reader.counts(LONG_AGO.date(), ZONE)[Severity.PASS] == 6
    assert People(journal).person(him.id)  # who lives here goes on living here


def test_nothing_that_went_is_left_in_the_files(journal: Journal, folder: Path) -> None:
    kept.fill(journal, days=80)
    there = kept.sealed_blobs(folder)

    run(journal)

    lost = list(kept.gone(there, kept.sealed_blobs(folder)))
    assert len(lost) > 160
    assert kept.in_the_files(folder, lost) == []
    assert (folder / "journal.db-wal").stat().st_size == 0


def test_without_overwriting_it_would_be_left(journal: Journal, folder: Path) -> None:
    """The control: the test above can fail."""
    kept.fill(journal)
    there = kept.sealed_blobs(folder)
    journal.connection.execute("PRAGMA secure_delete = OFF")

    run(journal)

    assert kept.in_the_files(folder, list(kept.gone(there, kept.sealed_blobs(folder))))


def test_what_is_newer_stays_as_it_was(journal: Journal) -> None:
    him = kept.fill(journal)

    run(journal)

    lately = [told for told in Facts(journal).history("person", him.id) if told.news.as_of >= LATELY]
    assert [told.said.by for told in lately] == ["查验员小周"]
    assert len(Proposals(journal).about("person", him.id)) == 1
    assert len(Lookbacks(journal).all()) == 1


def test_a_fact_outlives_the_name_of_whoever_said_it(journal: Journal) -> None:
    him = kept.fill(journal)

    run(journal)

    old = [told for told in Facts(journal).history("person", him.id) if told.news.as_of < BEFORE]
    assert [(told.news.value, told.said.by) for told in old] == [("negative", "")]


def test_somebody_goes_on_answering_for_an_isolation_in_force(journal: Journal) -> None:
    him = kept.fill(journal)
    news = News("person", him.id, "isolation", "home", LONG_AGO, "operator")
    proposals = Proposals(journal)
    proposals.confirm(proposals.propose(news, "查验员小周", now=LONG_AGO), "门卫老李", now=LONG_AGO)

    run(journal)

    (told,) = [told for told in Facts(journal).history("person", him.id) if told.news.kind == "isolation"]
    assert (told.said.by, told.said.second) == ("查验员小周", "门卫老李")


def test_nothing_goes_that_the_center_has_not_archived(journal: Journal) -> None:
    kept.fill(journal)
    enrol(journal)
    running = journal.connection.execute("SELECT id FROM incarnation").fetchone()[0]
    OutboxWriter(journal, lambda: NOON).acknowledged(running, 4, 1)

    shown = retention.plan(journal.connection, BEFORE, ZONE)
    erased = run(journal).erased

    assert erased[Kind.ENTRIES] == erased[Kind.MOVEMENTS] == 1
    assert (shown.not_acked, shown.not_archived, shown.kept_since) == (2, 3, date(2022, 2, 20))


def test_where_somebody_is_stays_while_a_passage_waits_for_the_center(journal: Journal) -> None:
    him = kept.person(journal)
    People(journal).add([him], as_of=LONG_AGO)
    kept.passes_by(journal, LONG_AGO, him.id, kept.CODE)
    enrol(journal)

    assert +run(journal).erased == {Kind.NOTES: 1}, "who put them on the list, and nothing else"
    assert journal.connection.execute("SELECT count(*) FROM whereabouts").fetchone() == (1,)


def test_a_step_looks_at_few_rows_and_learns_how_many_it_can_afford(journal: Journal) -> None:
    kept.fill(journal, days=60)
    clock = iter(range(10**6))
    eraser = Eraser(journal, BEFORE, NOON, monotonic=lambda: float(next(clock)))  # every step takes a second

    steps = 1
    while eraser.step():
        steps += 1

    assert eraser.erased[Kind.ENTRIES] == 120
    assert steps > 240 / 30


def test_the_gate_records_between_two_steps(journal: Journal, folder: Path) -> None:
    him = kept.fill(journal)
    eraser = Eraser(journal, BEFORE, NOON)
    while eraser.step():
        kept.passes_by(journal, NOON, him.id, kept.CODE)

    assert check(folder).ok


def test_a_run_that_was_killed_goes_on_at_the_next_one(journal: Journal, folder: Path) -> None:
    kept.fill(journal)
    Eraser(journal, BEFORE, NOON).step()
    journal.close()

    with open_journal(folder) as again:
        run(again)

        assert retention.plan(again.connection, BEFORE, ZONE).due == ()
        assert check(folder).ok


def test_what_was_done_is_remembered_and_on_record(journal: Journal) -> None:
    kept.fill(journal)
    assert retention.last_run(journal.connection) is None
    retention.announce(journal, NOON - DAY)
    announced = retention.last_run(journal.connection)
    assert announced
    assert not announced.finished

    run(journal)

    ran = retention.last_run(journal.connection)
    assert ran
    assert (ran.finished, ran.at, ran.before_ms, ran.counts["entries"]) == (True, NOON, to_ms(BEFORE), 6)


def test_a_fact_can_lose_who_said_it_and_nothing_else(journal: Journal) -> None:
    kept.fill(journal)
    for change in (
        "value = 'positive'",
        "said = x'00'",
        "until_ms = 1",
        "batch = NULL, said = x'', kind = 'x'",
    ):
        with pytest.raises(Exception, match="facts are append-only"):
            journal.connection.execute(f"UPDATE fact SET {change}")


def test_a_clock_that_was_set_back_erases_nothing(journal: Journal) -> None:
    kept.fill(journal)

    eraser = Eraser(journal, BEFORE - timedelta(days=3650), NOON)
    eraser.run()

    assert eraser.erased.total() == 1  # what undone batches replaced has no age


def test_visitors_parcels_shifts_sheets_and_whistles_go_at_their_time(journal: Journal, folder: Path) -> None:
    work.fill(journal, LONG_AGO)
    before = retention.plan(journal.connection, BEFORE, ZONE).counts
    work.fill(journal, LATELY)
    sealed = _all_sealed(journal)

    erased = run(journal).erased

    assert {kind: before[kind] for kind in WORK} == {kind: erased[kind] for kind in WORK}
    once = dict.fromkeys(work.TABLES, 1) | {"handover_sign": 2, "shift": 2, "duty": 2}
    assert work.rows(journal) == once
    left = _all_sealed(journal)
    assert kept.in_the_files(folder, list(sealed - left)) == []
    assert check(folder).ok


def test_what_the_center_was_not_told_yet_stays_however_old(journal: Journal) -> None:
    enrol(journal)
    told, not_told = (work.fill(journal, LONG_AGO + day * DAY) for day in (0, 1))
    run(journal)
    assert work.rows(journal)["report"] == 2

    (version,) = journal.connection.execute("SELECT max(version) FROM report").fetchone()
    Reports(journal).sent([(bytes.fromhex(told), version)])
    assert run(journal).erased[Kind.REPORTS] == 1
    left = [one.hex() for (one,) in journal.connection.execute("SELECT id FROM report")]
    assert left == [not_told]


def test_the_name_on_a_pass_goes_when_the_pass_is_long_over(journal: Journal, folder: Path) -> None:
    """The tenant of a week, who is on no list: nothing else would ever take the name out of the file."""
    passes = Passes(journal)
    issuer = "幸福里小区"
    passes.signing_key(issuer, now=LONG_AGO)
    for number, until in enumerate((LONG_AGO + DAY, BEFORE, NOON + DAY)):
        holder = Holder(f"租客{number}", "9-9-909")
        gate_pass = GatePass(number.to_bytes(8, "big"), issuer, holder, LONG_AGO, until)
        passes.add([SignedPass(gate_pass, f"GP1:{number}")], now=LONG_AGO)
    passes.revoke([(0).to_bytes(8, "big")], now=LONG_AGO)
    (over,) = journal.connection.execute("SELECT content FROM gate_pass ORDER BY position LIMIT 1").fetchone()
    shown = retention.plan(journal.connection, BEFORE, ZONE)

    erased = run(journal).erased

    assert shown.counts[Kind.PASSES] == erased[Kind.PASSES] == 1
    assert [one.gate_pass.holder.name for one in read_passes(folder)] == ["租客1", "租客2"]
    assert kept.in_the_files(folder, [over]) == []
    assert read_pass_trust(folder).revoked == frozenset({(0).to_bytes(8, "big")})
    assert check(folder).ok


WORK = (Kind.VISITS, Kind.ERRANDS, Kind.DUTY, Kind.REPORTS, Kind.NOTES)


def _all_sealed(journal: Journal) -> set[bytes]:
    return {
        sealed
        for table in work.TABLES
        if table != "shift"
        for (sealed,) in journal.connection.execute(f"SELECT sealed FROM {table}")
    }


def test_a_change_whose_former_values_went_cannot_be_taken_back(journal: Journal) -> None:
    """Taking it back would put nobody in the place of everybody whom it changed."""
    people, him = People(journal), kept.person(journal)
    people.add([him], as_of=LONG_AGO, kind="import")
    moved = people.add([replace(him, dwelling="3-2-502")], as_of=LONG_AGO, kind="import")
    run(journal)

    with pytest.raises(UndoRefusedError) as refused:
        Batches(journal).undo(moved, now=NOON)

    assert refused.value.people == (), "it says that this one cannot be taken back any more"
    there = people.person(him.id)
    assert there
    assert there.dwelling == "3-2-502"
    assert people.find_by_code(journal.vault.code_key(kept.CODE))
    shown = {one.id: one.people for one in Batches(journal).all()}
    assert shown[moved] == 0, "nor is that offered"


def test_who_came_by_a_list_long_ago_can_still_be_taken_out(journal: Journal) -> None:
    people, him = People(journal), kept.person(journal)
    came = people.add([him], as_of=LONG_AGO, kind="import")
    run(journal)

    assert Batches(journal).undo(came, now=NOON) == 1
    assert not people.ids()


def test_who_made_a_change_long_ago_and_why_goes(journal: Journal, folder: Path) -> None:
    """As it goes from facts and from the audit; that there was a change stays."""
    people, him = People(journal), kept.person(journal)
    people.add([him], as_of=LONG_AGO, kind="import", by="门卫老李")
    people.remove([him.id], now=LONG_AGO, by="查验员小周", why="邻居说的")
    people.add([him], as_of=LATELY, by="门卫老李")
    there = kept.sealed_blobs(folder)
    shown = retention.plan(journal.connection, BEFORE, ZONE).counts

    erased = run(journal).erased

    assert [(one.kind, one.by, one.note) for one in Batches(journal).all()] == [
        ("edit", "门卫老李", ""),
        ("remove", "", ""),
        ("import", "", ""),
    ]
    assert shown == +erased
    assert erased[Kind.NOTES] >= 2
    assert not kept.in_the_files(folder, list(kept.gone(there, kept.sealed_blobs(folder))))
    assert check(folder).ok


def test_a_roster_of_which_retention_took_something_is_saved_from_a_damaged_file(
    journal: Journal, folder: Path, tmp_path: Path
) -> None:
    him = kept.fill(journal)
    run(journal)
    batches = [(one.id, one.kind) for one in Batches(journal).all()]
    journal.close()

    salvage(folder, tmp_path / "new", now=NOON)

    with open_journal(tmp_path / "new") as saved:
        assert People(saved).person(him.id)
        assert [(one.id, one.kind) for one in Batches(saved).all()] == batches
