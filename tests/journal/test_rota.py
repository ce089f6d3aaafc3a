"""The rota in the journal: shifts of here and of the center, names sealed, nobody twice."""

from __future__ import annotations

import sqlite3
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from station.core.shift import ShiftError, ShiftProblem, SignupProblem, Source
from station.duty_reports import report_signup
from station.journal.center_cursor import Cursor, write_cursor
from station.journal.center_pages import item_context
from station.journal.entries import Journal
from station.journal.reports import Reports, to_send
from station.journal.shifts import Rota, open_rota
from station.sync.items import ShiftItem, encode_item
from tests.journal.given import enrol
from tests.journal.samples import NOON


@pytest.fixture
def rota(journal: Journal) -> Rota:
    return Rota(journal, lambda: "东门")


def span(first: float, last: float, needed: int = 1) -> tuple[datetime, datetime, int]:
    return NOON + timedelta(hours=first), NOON + timedelta(hours=last), needed


def of_center(journal: Journal, key: str, first: float, last: float, *names: str, gate: str = "") -> None:
    begins, ends, _ = span(first, last)
    item = ShiftItem(f"{begins:%Y-%m-%d}", _ms(begins), _ms(ends), gate, names, 2)
    sealed = journal.vault.seal(encode_item(item), item_context("shift", key))
    journal.connection.execute(_PUT, {"key": key, "sealed": sealed})


def _ms(at: datetime) -> int:
    return int(at.timestamp() * 1000)


_PUT = """
INSERT INTO center_item (channel, list, key, version, generation, taken, sealed)
VALUES ('quick', 'shift', :key, 1, 1, 0, :sealed)
"""


def between(rota: Rota, first: float = -100, last: float = 100) -> list[tuple[int, str, tuple[str, ...]]]:
    found = rota.between(NOON + timedelta(hours=first), NOON + timedelta(hours=last))
    return [(one.missing, one.source.value, one.names) for one in found]


def test_somebody_takes_a_shift_leaves_it_and_another_takes_it(rota: Rota) -> None:
    (shift,) = rota.plan([span(1, 9)], NOON)
    rota.sign_up(shift.id, " 李秀英 ", NOON)
    assert between(rota) == [(0, "local", ("李秀英",))]
    rota.leave(shift.id, "李秀英", NOON)
    rota.sign_up(shift.id, "张伟", NOON)
    assert between(rota) == [(0, "local", ("张伟",))]
    with pytest.raises(ShiftError) as refused:
        rota.leave(shift.id, "李秀英", NOON)
    assert refused.value.problem is SignupProblem.GONE


def test_two_shifts_at_one_time_are_refused_and_nothing_of_the_week_is_made(rota: Rota) -> None:
    rota.plan([span(30, 38)], NOON)
    with pytest.raises(ShiftError) as refused:
        rota.plan([span(1, 9), span(25, 31)], NOON)
    assert refused.value.problem is ShiftProblem.OVERLAPS
    assert len(between(rota)) == 1
    rota.plan([span(22, 30), span(38, 46)], NOON)


def test_a_week_that_overlaps_itself_is_refused(rota: Rota) -> None:
    with pytest.raises(ShiftError):
        rota.plan([span(1, 9), span(8, 12)], NOON)


def test_a_shift_that_was_taken_back_frees_its_time(rota: Rota) -> None:
    (shift,) = rota.plan([span(1, 9)], NOON)
    assert rota.withdraw([shift.id]) == 1
    assert rota.withdraw([shift.id]) == 0
    rota.plan([span(2, 8)], NOON)
    with pytest.raises(ShiftError) as refused:
        rota.sign_up(shift.id, "张伟", NOON)
    assert refused.value.problem is SignupProblem.GONE


def test_the_centers_shifts_stand_beside_ours_and_take_names_of_here(rota: Rota, journal: Journal) -> None:
    of_center(journal, "c1", 10, 18, "周凤")
    of_center(journal, "c2", 10, 18, gate="西门")
    rota.plan([span(1, 9)], NOON)
    rota.sign_up("c1", "张伟", NOON)
    assert between(rota)[1] == (0, "center", ("周凤", "张伟"))
    assert len(between(rota)) == 2, "another gate's is not ours"
    assert rota.withdraw(["c1"]) == 0, "only the center takes it back"
    with pytest.raises(ShiftError):
        rota.plan([span(17, 20)], NOON)


def test_a_shift_for_this_gate_alone_is_shown_though_its_pc_goes_by_another_name(journal: Journal) -> None:
    """The wizard writes the compound before the gate; the center calls it by the gate alone."""
    enrol(journal, name="东门")
    rota = Rota(journal, lambda: "幸福里小区东门")
    of_center(journal, "c1", 10, 18, "周凤", gate="东门")
    of_center(journal, "c2", 10, 18, gate="西门")
    assert between(rota) == [(1, "center", ("周凤",))]


def heard(journal: Journal, minutes: float) -> None:
    """The center's lists came so long after noon."""
    at = NOON + timedelta(minutes=minutes)
    write_cursor(journal.connection, "quick", Cursor(complete=True, as_of=at, heard=at))


def was_sent(journal: Journal) -> None:
    sent = to_send(journal.connection, journal.vault)
    Reports(journal).sent([(one.id, one.version) for one in sent])


def test_whom_the_center_took_off_again_is_missed_at_the_gate_where_they_had_signed_up(
    rota: Rota, journal: Journal
) -> None:
    of_center(journal, "c1", 10, 18, "周凤")
    rota.sign_up("c1", "张伟", NOON)
    report_signup(journal, "c1", "张伟", NOON, leaves=False)
    heard(journal, 30)
    assert between(rota) == [(0, "center", ("周凤", "张伟"))], "nobody has told the center yet"
    was_sent(journal)
    assert between(rota) == [(1, "center", ("周凤",))]
    rota.sign_up("c1", "李秀英", NOON + timedelta(minutes=30))
    assert between(rota) == [(0, "center", ("周凤", "李秀英"))]


def test_a_name_does_not_vanish_while_the_centers_answer_is_on_its_way(rota: Rota, journal: Journal) -> None:
    of_center(journal, "c1", 10, 18)
    rota.sign_up("c1", "张伟", NOON)
    report_signup(journal, "c1", "张伟", NOON, leaves=False)
    heard(journal, -5)
    was_sent(journal)
    assert between(rota) == [(1, "center", ("张伟",))]


def test_whoever_leaves_a_shift_of_the_center_offline_leaves_a_gap_at_once(
    rota: Rota, journal: Journal
) -> None:
    of_center(journal, "c1", 10, 18)
    rota.sign_up("c1", "张伟", NOON - timedelta(hours=5))
    journal.connection.execute("DELETE FROM center_item")
    of_center(journal, "c1", 10, 18, "张伟")
    heard(journal, -60)
    rota.leave("c1", "张伟", NOON)
    report_signup(journal, "c1", "张伟", NOON, leaves=True)
    assert between(rota) == [(2, "center", ())]


def test_nobody_is_at_two_shifts_at_once(rota: Rota, journal: Journal) -> None:
    of_center(journal, "c1", 1, 9, "周凤")
    of_center(journal, "c2", 8, 12)
    with pytest.raises(ShiftError) as refused:
        rota.sign_up("c2", "周凤", NOON)
    assert refused.value.problem is SignupProblem.ELSEWHERE


def test_an_item_of_a_newer_center_hides_no_other(rota: Rota, journal: Journal) -> None:
    sealed = journal.vault.seal(b"\xc1", item_context("shift", "odd"))
    journal.connection.execute(_PUT, {"key": "odd", "sealed": sealed})
    of_center(journal, "c1", 1, 9)
    assert len(between(rota)) == 1


def test_a_shift_that_does_not_open_any_more_hides_no_other(rota: Rota, journal: Journal) -> None:
    of_center(journal, "c0", 1, 9)
    journal.connection.execute("UPDATE center_item SET sealed = zeroblob(80)")
    of_center(journal, "c1", 1, 9, "周凤")
    assert between(rota) == [(1, "center", ("周凤",))]


def test_names_are_sealed_and_a_command_beside_the_gate_reads_them(
    rota: Rota, journal: Journal, folder: Path
) -> None:
    (shift,) = rota.plan([span(1, 9)], NOON)
    rota.sign_up(shift.id, "欧阳建国", NOON)
    assert not any("欧阳".encode() in file.read_bytes() for file in folder.glob("journal.db*"))
    with open_rota(folder, "东门") as beside:
        assert between(beside) == [(0, "local", ("欧阳建国",))]
        assert beside.between(NOON, NOON + timedelta(hours=9))[0].source is Source.LOCAL
        with pytest.raises(sqlite3.OperationalError):
            beside._connection.execute("DELETE FROM signup")
