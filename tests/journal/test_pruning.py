"""Old entries leave the gate once they are archived; what remains of them still proves and still counts."""

from __future__ import annotations

from collections import Counter
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given as hypothesis_given
from hypothesis import settings
from hypothesis import strategies as st

from station.cli import main
from station.core.audit import Audited, Event
from station.core.day_statistics import count
from station.core.entry import Entry, to_ms
from station.core.model import Severity
from station.journal import incarnation, pruned
from station.journal.audit import put_on_record, read
from station.journal.check import check
from station.journal.day_passages import read_day
from station.journal.entries import Journal
from station.journal.outbox import OutboxReader, OutboxWriter
from station.journal.pruning import Pruner
from station.journal.retention import Eraser
from station.journal.salvage import salvage
from station.ui.admin.statistics_desk import Day
from station.ui.admin.statistics_pages import note
from tests.journal import kept
from tests.journal.given import enrol
from tests.journal.kept import DAY, LATELY, LONG_AGO, ZONE
from tests.journal.samples import NOON, correction, open_journal, passage
from tests.journal.test_policies import rewrite

YEAR_AGO = NOON - 400 * DAY
BEFORE = NOON - 365 * DAY


def archive(journal: Journal, upto: int, *, acked: int | None = None) -> None:
    life = incarnation.in_order(journal.connection)[-1]
    OutboxWriter(journal, lambda: NOON).acknowledged(life.id, acked or upto, upto)


def prune(journal: Journal) -> int:
    pruner = Pruner(journal, BEFORE, NOON)
    pruner.run()
    return pruner.pruned


def numbers(journal: Journal) -> list[int]:
    return [one for (one,) in journal.connection.execute("SELECT number FROM entry ORDER BY number")]


@pytest.fixture
def old(journal: Journal) -> Journal:
    a_year(journal)
    return journal


def a_year(journal: Journal) -> datetime:
    """Ten entries of a year ago, one of them corrected, and three of today; all archived. When it began."""
    enrol(journal)
    firsts = [
        journal.append(passage(at=YEAR_AGO + place * timedelta(minutes=20))).entry for place in range(8)
    ]
    journal.append(correction(firsts[2], Severity.STOP, at=YEAR_AGO + DAY))
    journal.append(passage(Severity.RECHECK, at=YEAR_AGO + DAY))
    for _ in range(3):
        journal.append(passage())
    archive(journal, 13)
    return YEAR_AGO


def test_what_is_old_and_archived_goes_and_the_rest_verifies(old: Journal, folder: Path) -> None:
    assert prune(old) == 10

    report = check(folder)
    assert report.ok, report.damages
    assert (report.entries, report.pruned) == (3, 10)
    assert numbers(old) == [11, 12, 13]
    assert old.append(passage()).number == 14
    assert prune(old) == 0


def test_the_counts_of_what_has_gone_stay_as_they_were_decided_in_the_end(old: Journal) -> None:
    prune(old)
    remains = pruned.all_pruned(old.connection)

    verdicts: Counter[int] = Counter()
    for one in remains:
        for tally in one.tallies:
            verdicts[tally.severity] += tally.count
    assert verdicts == {Severity.PASS: 7, Severity.STOP: 1, Severity.RECHECK: 1}
    assert [one.amendments for one in remains] == [1]
    assert min(tally.quarter for tally in remains[0].tallies) == to_ms(YEAR_AGO) // 900_000


def test_what_has_gone_is_in_no_file_of_the_gate_any_more(journal: Journal, folder: Path) -> None:
    enrol(journal)
    gone = journal.append(passage(at=YEAR_AGO)).entry.id
    stays = journal.append(passage()).entry.id
    archive(journal, 2)

    def lies_in(id: bytes) -> list[str]:
        return [path.name for path in folder.glob("journal.db*") if id in path.read_bytes()]

    assert lies_in(gone)
    assert prune(journal) == 1
    assert (lies_in(gone), lies_in(stays)) == ([], ["journal.db"])


@pytest.mark.parametrize(("acked", "archived", "goes"), [(13, 4, 2), (4, 4, 2), (13, 1, 1), (13, 0, 0)])
def test_nothing_goes_that_is_not_archived(old: Journal, acked: int, archived: int, goes: int) -> None:
    """Of the first four, the third was corrected later, by an entry that stays."""
    archive(old, archived, acked=acked)

    assert prune(old) == goes


def test_a_center_that_was_restored_makes_the_gate_keep_everything(old: Journal) -> None:
    OutboxWriter(old, lambda: NOON).begin_epoch(b"1" * 16)
    OutboxWriter(old, lambda: NOON).begin_epoch(b"2" * 16)

    assert prune(old) == 0


def test_a_station_without_a_center_keeps_everything(journal: Journal) -> None:
    for _ in range(5):
        journal.append(passage(at=YEAR_AGO))
    archive(journal, 5)

    assert prune(journal) == 0


def test_nothing_goes_while_anything_personal_lies_beside_it(journal: Journal, folder: Path) -> None:
    enrol(journal)
    him = kept.person(journal)
    kept.passes_by(journal, YEAR_AGO, him.id, kept.CODE)
    for _ in range(3):
        journal.append(passage(at=YEAR_AGO))
    archive(journal, 4)
    assert prune(journal) == 0

    Eraser(journal, NOON - 30 * DAY, NOON).run()
    assert prune(journal) == 3
    assert check(folder).ok


def test_the_last_entry_stays(journal: Journal, folder: Path) -> None:
    enrol(journal)
    for _ in range(3):
        journal.append(passage(at=YEAR_AGO))
    archive(journal, 3)

    assert prune(journal) == 2
    assert journal.append(passage()).number == 4
    assert check(folder).ok


def test_a_young_entry_under_a_wrong_clock_holds_what_follows(journal: Journal) -> None:
    enrol(journal)
    for at in (YEAR_AGO, LATELY, YEAR_AGO, YEAR_AGO):
        journal.append(passage(at=at))
    archive(journal, 4)

    assert prune(journal) == 1


def test_the_audit_still_knows_which_entry_was_the_newest_then(journal: Journal, folder: Path) -> None:
    enrol(journal)
    entry = journal.append(passage(at=YEAR_AGO)).entry
    journal.append(
        passage(at=YEAR_AGO),
    )

    put_on_record(journal, Event(Audited.SEARCHED, subject=entry.id.hex()), YEAR_AGO)
    for _ in range(2):
        journal.append(passage(at=YEAR_AGO))
    archive(journal, 4)
    prune(journal)

    assert check(folder).ok
    lines = read(journal.connection, journal.vault, NOON - DAY, NOON + DAY)
    assert lines[-1].what == Audited.PRUNED
    assert dict(lines[-1].facts) == {"first": "1", "upto": "3"}


# --- killed, cut, changed -----------------------------------------------------------------------


def test_a_run_that_was_killed_goes_on(folder: Path) -> None:
    with open_journal(folder) as journal:
        enrol(journal)
        for _ in range(450):
            journal.append(passage(at=YEAR_AGO))
        archive(journal, 450)
        Pruner(journal, BEFORE, NOON).step()
    with open_journal(folder) as journal:
        assert numbers(journal)[0] == 201
        assert prune(journal) == 249
    report = check(folder)
    assert report.ok
    assert (report.entries, report.pruned) == (1, 449)


def test_an_entry_that_was_not_pruned_is_not_deleted(old: Journal) -> None:
    with pytest.raises(Exception, match="append-only"):
        old.connection.execute("DELETE FROM entry WHERE number = 1")
    prune(old)
    with pytest.raises(Exception, match="append-only"):
        old.connection.execute("DELETE FROM entry WHERE number = 11")


@pytest.mark.parametrize(
    ("statement", "said"),
    [
        ("DELETE FROM pruned", "11"),
        ("UPDATE pruned SET record = replace(record, '\"amendments\":1', '\"amendments\":0')", "signed"),
        ("UPDATE pruned SET hash = randomblob(32)", "follow"),
        ("UPDATE pruned SET upto = upto + 1", "follow"),
        ("DELETE FROM entry WHERE number = 11", "follows number 10"),
    ],
    ids=["dropped", "counts changed", "hash changed", "one more", "more entries than it says"],
)
def test_whoever_changes_what_remains_is_found_out(
    old: Journal, folder: Path, statement: str, said: str
) -> None:
    prune(old)
    old.close()
    rewrite(
        folder,
        statement.replace(
            "SET record = replace(record", "SET record = CAST(replace(CAST(record AS TEXT)"
        ).replace("'\"amendments\":0')", "'\"amendments\":0') AS BLOB)"),
    )

    report = check(folder)
    assert not report.ok
    assert any(said in f"{damage.number} {damage.what}" for damage in report.damages), report.damages


def test_the_center_gets_what_comes_after_it(old: Journal, folder: Path) -> None:
    prune(old)
    with OutboxReader.open(folder, old.vault) as reader:
        chain = reader.chains()[-1]
        assert chain.pruned == 10
        assert reader.hash_at(chain.incarnation, 10) is not None
        assert reader.hash_at(chain.incarnation, 9) is None
        assert len(reader.records(chain.incarnation, 11, 10)) == 3


def test_a_fork_behind_what_has_gone_goes_on_with_the_rest(old: Journal, folder: Path) -> None:
    """The center lost its archive, which it said was safe."""
    prune(old)
    life = incarnation.in_order(old.connection)[-1]
    OutboxWriter(old, lambda: NOON).fork(life.id, 10)
    old.append(passage())

    report = check(folder)
    assert report.ok, report.damages
    assert (report.entries, report.resealed, report.incarnations) == (4, 3, 2)


@settings(max_examples=25, deadline=None)
@hypothesis_given(
    st.lists(st.tuples(st.booleans(), st.integers(0, 3), st.booleans()), min_size=1, max_size=25),
    st.integers(0, 30),
)
def test_whatever_was_recorded_the_journal_verifies_and_the_counts_add_up(
    tmp_path_factory: pytest.TempPathFactory, history: list[tuple[bool, int, bool]], archived: int
) -> None:
    folder = tmp_path_factory.mktemp("gate") / "station"
    with open_journal(folder) as journal:
        enrol(journal)
        passages: list[Entry] = []
        for is_old, which, corrects in history:
            at = YEAR_AGO if is_old else LONG_AGO
            if corrects and passages:
                journal.append(correction(passages[which % len(passages)], Severity.STOP, at=at))
            else:
                passages.append(journal.append(passage(at=at)).entry)
        archive(journal, min(archived, len(history)))
        prune(journal)
        remains = pruned.all_pruned(journal.connection)
        report = check(folder)
        assert report.ok, report.damages
        assert report.entries + report.pruned == len(history)
        gone = sum(tally.count for one in remains for tally in one.tallies)
        amended = sum(one.amendments for one in remains)
        assert gone + amended == report.pruned
        assert report.amendments + amended == len(history) - len(passages)


def test_the_figures_of_a_day_stay_when_its_entries_are_gone(old: Journal, folder: Path) -> None:
    days = [(YEAR_AGO + n * DAY).date() for n in (0, 1)]
    before = [count(read_day(folder, day, ZONE)) for day in days]
    assert prune(old) == 10
    after = [count(read_day(folder, day, ZONE)) for day in days]

    assert [one.passages for one in after] == [8, 1]
    for was, now in zip(before, after, strict=True):
        assert (now.verdicts, now.by_hour) == (was.verdicts, was.by_hour)
        assert now.by_direction == was.by_direction


def test_figures_and_log_of_a_day_say_that_its_entries_are_gone(
    old: Journal,
    folder: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Nobody says that nobody was stopped or measured, or gives an empty log for that of a quiet day."""
    monkeypatch.setenv("LC_ALL", "zh_CN.UTF-8")
    prune(old)
    day = YEAR_AGO.astimezone(ZONE).date().isoformat()
    figures = count(read_day(folder, YEAR_AGO.date(), ZONE))
    notes = [note(Day(YEAR_AGO.date(), "东门", figures, {}), page) for page in range(5)]
    assert all("8 人次的记录已按期清理" in one for one in notes), notes
    assert not any("没有人" in one or "没有量" in one or "没有记下" in one for one in notes)
    assert (figures.pruned, figures.held) == (8, 0)

    assert main(["report", "--day", day, "--data", str(folder)]) == 0
    said = capsys.readouterr().out
    assert "8 人次的记录已按期清理" in said
    assert "没有量体温" not in said
    path = tmp_path / "day.csv"
    assert main(["export", "--day", day, "--to", str(path), "--data", str(folder)]) == 0
    assert "另有 8 人次的记录已按期清理" in capsys.readouterr().out


def test_a_day_of_which_some_entries_are_gone_tells_of_the_others(journal: Journal, folder: Path) -> None:
    enrol(journal)
    for place in range(3):
        journal.append(passage(Severity.STOP, at=BEFORE + (place - 2) * timedelta(minutes=1)))
    journal.append(passage())
    archive(journal, 4)
    assert prune(journal) == 2

    figures = count(read_day(folder, BEFORE.date(), ZONE))
    said = note(Day(BEFORE.date(), "东门", figures, {}), 2)

    assert (figures.passages, figures.pruned) == (3, 2)
    assert said.startswith("量了 1 次")
    assert "2 人次的记录已按期清理" in said


def test_of_a_gate_that_pruned_the_first_entry_that_is_left_is_saved_too(old: Journal, folder: Path) -> None:
    """The hash before it lies with what remains of the others, which is far away in a large journal."""
    prune(old)
    for _ in range(1000):
        old.append(passage())
    old.checkpoint()

    saved = salvage(folder, folder.parent / "new", now=NOON, fingerprint=lambda path: "this PC")

    assert (saved.entries, saved.lost, saved.unproven) == (1003, (), ())
