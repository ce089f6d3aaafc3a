"""The daily comparison of a gate that has no network: its days are signed, and settled, by sticks."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import TypeVar

import pytest

from center.compared import compared as center_compared
from center.compared import day_of
from center.comparing import day_number
from center.stick import StickTaken, export_stick, import_stick
from center.stick_days import take_days
from center.store.migrations import begin_epoch
from station.center_desk import CenterDesk
from station.center_shelf import Gate, Shelf
from station.core.contact import Alarm
from station.journal.connection import open_reader
from station.journal.list_check import damages
from station.journal.upstream import day_runs, reconciliations
from station.sync import bundle
from station.sync.bundle import DayRun, Purpose, Reconciliation, Signed
from station.sync.clock import ClockWatch
from station.sync.errands import AtOnce
from station.sync.kkb import Block, StickError, StickProblem, read_blocks
from station.sync.reconciling import LOOK_EVERY_S, Compared, Reconciling, compared
from tests.center.gate import NOON_MS
from tests.journal.samples import NOON, passage
from tests.sync.district import District, district

pytestmark = pytest.mark.both_databases

DAY_S = 86_400.0
FIRST, SECOND = "2022-04-01", "2022-04-02"
_T = TypeVar("_T")
NOBODY = Gate(lambda: None, lambda: None, lambda: None)


@dataclass
class Carrier:
    """Somebody who carries sticks between a gate and its center, once a day."""

    gate: District
    usb: Path
    names: Iterator[int] = field(default_factory=lambda: iter(range(1000)))

    def __post_init__(self) -> None:
        gate = self.gate
        self.shelf = Shelf(gate.folder, gate.journal, gate.station, NOBODY, gate.board, gate.clock.now)
        self.desk = CenterDesk(
            *(gate.folder, gate.journal.vault, gate.station, self.shelf, AtOnce(), gate.clock, "test"),
            lambda: None,
        )

    def next_day(self) -> None:
        self.gate.clock.move(DAY_S)
        self.gate.center.clocks.forward(DAY_S)

    def up(self) -> Path:
        return self.desk.export(self.usb / f"up-{next(self.names)}.kkb").path

    def hand_in(self, file: Path) -> StickTaken:
        center = self.gate.center
        center.clocks.forward(1)
        return import_stick(center.store, center.keys, self.data, file, center.clocks.ms)

    def down(self) -> Path:
        center = self.gate.center
        center.clocks.forward(1)
        row = center.store.stations.get(self.gate.station)
        assert row
        file = self.usb / f"down-{next(self.names)}.kkb"
        return export_stick(center.store, center.keys, self.data, row, file, center.clocks.ms)

    def take(self, file: Path) -> None:
        self.desk.take(file)

    def there_and_back(self) -> None:
        self.hand_in(self.up())
        self.take(self.down())

    @property
    def data(self) -> Path:
        return self.gate.folder.parent / "center"

    def at_the_gate(self) -> dict[str, Compared]:
        with closing(open_reader(self.gate.folder)) as connection:
            return {one.day: compared(one) for one in reconciliations(connection)}

    def at_the_center(self) -> dict[str, list[tuple[str, int, int]]]:
        """As its pages and commands say it; both signatures hold."""
        store, keys = self.gate.center.store, self.gate.center.keys
        row = store.stations.get(self.gate.station)
        assert row
        found = {}
        for kept in store.reconciliations.kept(self.gate.station):
            differences = center_compared(kept, row.public_keys, keys.public_key)
            assert differences is not None
            assert kept.same == (not differences)
            found[day_of(kept)] = [(one.what, one.first, one.last) for one in differences]
        return found

    def differing(self) -> dict[str, list[tuple[str, int, int]]]:
        return {
            day: [(differs.what, differs.first, differs.last) for differs in one.differences]
            for day, one in self.at_the_gate().items()
            if one.differences
        }

    def alarmed(self) -> bool:
        return Alarm.DIFFERENCE in self.gate.board.status.alarms

    def asked(self, file: Path) -> list[str]:
        """The days that a stick of the gate asks about."""
        with file.open("rb") as content:
            blocks = [one for one in read_blocks(content, self.gate.center.keys.sealing) if one.kind == "day"]
        signed = [bundle.unpack(one.body, Signed) for one in blocks]
        return [bundle.unpack(one.payload, Reconciliation).day for one in signed]

    def as_if_sent(self) -> None:
        """All of it counts as acknowledged, as by a center that was restored since."""
        for chain in self.gate.outbox().chains():
            self.gate.outbox().acknowledged(chain.incarnation, chain.length, 0)

    def not_sent(self) -> None:
        for chain in self.gate.outbox().chains():
            self.gate.outbox().acknowledged(chain.incarnation, 0, 0)


@pytest.fixture(autouse=True)
def in_utc(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A day of the gate is its PC's."""
    with monkeypatch.context() as changed:
        changed.setenv("TZ", "UTC")
        time.tzset()
        yield
    time.tzset()


@pytest.fixture
def carrier(tmp_path: Path) -> Iterator[Carrier]:
    (tmp_path / "usb").mkdir()
    with district(tmp_path) as gate:
        gate.enrol()
        yield Carrier(gate, tmp_path / "usb")


def test_a_gate_without_a_network_has_its_days_signed_by_both(carrier: Carrier) -> None:
    carrier.gate.record(12)
    carrier.next_day()

    carrier.hand_in(carrier.up())
    assert carrier.at_the_center() == {FIRST: []}
    assert carrier.at_the_gate() == {}  # only the center's word counts
    carrier.take(carrier.down())

    assert carrier.at_the_gate() == {FIRST: Compared(FIRST, 12, 0, ())}
    assert not carrier.alarmed()
    assert carrier.asked(carrier.up()) == []  # it is settled


def test_both_ends_keep_the_very_same_bytes(carrier: Carrier) -> None:
    carrier.gate.record(3)
    carrier.next_day()
    carrier.there_and_back()

    with closing(open_reader(carrier.gate.folder)) as connection:
        (here,) = reconciliations(connection)
    (there,) = carrier.gate.center.store.reconciliations.kept(carrier.gate.station)
    assert (here.ours, here.theirs, here.agreed) == (there.theirs, there.ours, there.same)
    assert not list(damages(carrier.gate.journal.connection, carrier.gate.journal.vault.rows))


def test_a_day_that_is_not_over_is_not_asked_about(carrier: Carrier) -> None:
    carrier.gate.record(3)

    assert carrier.asked(carrier.up()) == []


def test_what_the_center_lacks_of_a_day_is_named_at_both_ends_until_it_came(carrier: Carrier) -> None:
    carrier.gate.record(12)
    carrier.as_if_sent()
    carrier.next_day()

    taken = carrier.hand_in(carrier.up())
    answer = carrier.down()
    carrier.take(answer)

    assert taken.differing == 1
    assert carrier.at_the_center() == {FIRST: [("missing", 1, 12)]}
    assert carrier.differing() == {FIRST: [("missing", 1, 12)]}
    assert carrier.alarmed()

    taken = carrier.hand_in(carrier.up())  # the answer said that nothing of it is there: it is sent again
    assert taken.differing == 0
    assert carrier.at_the_center() == {FIRST: []}
    carrier.take(carrier.down())
    assert carrier.differing() == {}
    assert not carrier.alarmed()

    carrier.take(answer)  # the former one still lay on the stick
    assert carrier.differing() == {}
    assert not carrier.alarmed()


def test_the_same_sticks_twice_change_nothing(carrier: Carrier) -> None:
    carrier.gate.record(3)
    carrier.next_day()
    up = carrier.up()
    for _ in range(2):
        carrier.hand_in(up)
    down = carrier.down()
    for _ in range(2):
        carrier.take(down)

    assert carrier.at_the_center() == {FIRST: []}
    assert carrier.at_the_gate() == {FIRST: Compared(FIRST, 3, 0, ())}


def test_a_stick_that_waits_for_an_earlier_one_is_compared_anew_when_that_comes(carrier: Carrier) -> None:
    carrier.gate.record(3)
    carrier.next_day()
    first = carrier.up()
    carrier.as_if_sent()
    carrier.gate.record(2)
    carrier.next_day()
    second = carrier.up()

    assert carrier.hand_in(second).waiting == 1
    assert carrier.at_the_center() == {FIRST: [("missing", 1, 3)], SECOND: [("missing", 4, 5)]}
    taken = carrier.hand_in(first)  # which asks about the first day alone
    carrier.take(carrier.down())

    assert taken.differing == 0
    assert carrier.at_the_center() == {FIRST: [], SECOND: []}
    assert set(carrier.at_the_gate()) == {FIRST, SECOND}
    assert carrier.differing() == {}


def test_sticks_that_are_handed_in_from_the_newest_to_the_oldest_are_answered_together(
    carrier: Carrier,
) -> None:
    sticks = []
    for _ in range(3):
        carrier.gate.record(2)
        carrier.next_day()
        sticks.append(carrier.up())
    for file in reversed(sticks):
        carrier.hand_in(file)

    carrier.take(carrier.down())

    assert len(carrier.at_the_gate()) == 3
    assert carrier.differing() == {}
    assert carrier.asked(carrier.up()) == []


def test_a_late_answer_does_not_turn_back_what_a_later_one_said(carrier: Carrier) -> None:
    """The center's clock was a year ahead for the first one, and its disk loses a page before the last."""
    carrier.gate.record(2)
    carrier.hand_in(carrier.up())
    carrier.gate.record(2)
    carrier.next_day()
    carrier.gate.center.clocks.forward(365 * DAY_S)
    carrier.hand_in(carrier.up())
    same = carrier.down()
    carrier.gate.center.clocks.forward(-365 * DAY_S)
    with carrier.gate.center.store.database.write() as connection:
        connection.run("DELETE FROM segment WHERE first = 3")
    carrier.take(carrier.down())
    assert carrier.differing() == {FIRST: [("missing", 3, 4)]}

    carrier.take(same)

    assert carrier.differing() == {FIRST: [("missing", 3, 4)]}
    assert carrier.alarmed()


def test_a_torn_or_changed_stick_settles_nothing(carrier: Carrier) -> None:
    carrier.gate.record(3)
    carrier.next_day()
    up = carrier.up()
    for cut in (1, 65, 70, 200):
        torn = carrier.usb / "torn.kkb"
        torn.write_bytes(up.read_bytes()[:-cut])
        with pytest.raises(StickError) as caught:
            carrier.hand_in(torn)
        assert caught.value.problem is StickProblem.TORN
    assert carrier.at_the_center() == {}
    carrier.hand_in(up)
    down = carrier.down()
    torn.write_bytes(down.read_bytes()[:-1])
    with pytest.raises(StickError):
        carrier.take(torn)

    assert carrier.at_the_gate() == {}


def test_the_day_of_another_gate_is_not_taken_for_this_one(carrier: Carrier, tmp_path: Path) -> None:
    """A program that errs: the stick itself is refused before that, as any stick of another gate."""
    (tmp_path / "other").mkdir()
    with district(tmp_path / "other") as other:
        other.record(3)
        runs = day_runs(other.journal.connection, NOON - timedelta(days=1), NOON + timedelta(days=1))
        days = []
        for station, signer in ((other.station, other), (carrier.gate.station, other)):
            payload = bundle.pack(Reconciliation(1, station, FIRST, NOON_MS, tuple(runs)))
            signature = signer.journal.vault.sign(bundle.to_sign(Purpose.RECONCILIATION, payload))
            days.append(bundle.pack(Signed(payload, signature)))
    center = carrier.gate.center
    row = center.store.stations.get(carrier.gate.station)
    assert row

    assert take_days(center.store, center.keys, row, [*days, b"not ours"], NOON_MS) == ()
    assert carrier.at_the_center() == {}


def test_a_day_that_cannot_be_is_passed_over(carrier: Carrier) -> None:
    center = carrier.gate.center
    row = center.store.stations.get(carrier.gate.station)
    assert row
    backwards = DayRun(7, 5, 2, 1, b"", b"")
    for day, runs in (("2022-02-31", ()), (FIRST, (backwards,))):
        payload = bundle.pack(Reconciliation(1, row.station, day, NOON_MS, runs))
        signed = Signed(
            payload, carrier.gate.journal.vault.sign(bundle.to_sign(Purpose.RECONCILIATION, payload))
        )
        assert take_days(center.store, center.keys, row, [bundle.pack(signed)], NOON_MS) == ()


def test_an_answer_of_before_a_fork_does_not_settle_what_has_new_numbers_since(carrier: Carrier) -> None:
    carrier.gate.record(5)
    carrier.next_day()
    carrier.hand_in(carrier.up())
    answer = carrier.down()
    chain = carrier.gate.outbox().chains()[-1]
    carrier.gate.outbox().fork(chain.incarnation, 3)

    carrier.take(answer)
    assert carrier.at_the_gate() == {}
    carrier.there_and_back()

    assert carrier.at_the_gate() == {FIRST: Compared(FIRST, 5, 0, ())}
    assert carrier.at_the_center() == {FIRST: []}


def test_a_late_stick_of_before_a_fork_does_not_unsettle_the_day(carrier: Carrier) -> None:
    """Another disk's records lie at the center under two of our numbers; our clock was ahead then."""
    carrier.gate.record(3)
    carrier.hand_in(carrier.up())
    carrier.gate.record(2)
    carrier.next_day()
    carrier.gate.clock.move(DAY_S)
    late = carrier.up()
    carrier.gate.clock.move(-DAY_S)
    chain = carrier.gate.outbox().chains()[-1]
    carrier.gate.outbox().fork(chain.incarnation, 3)
    carrier.there_and_back()
    assert carrier.at_the_center() == {FIRST: []}

    assert day_number(FIRST) in take_late_day(carrier, late)
    assert carrier.at_the_center()[FIRST] == []

    carrier.next_day()
    carrier.there_and_back()
    assert carrier.differing() == {}


def take_late_day(carrier: Carrier, file: Path) -> tuple[int, ...]:
    """The days of a stick alone, without its entries."""
    center = carrier.gate.center
    with file.open("rb") as content:
        days = [one.body for one in read_blocks(content, center.keys.sealing) if one.kind == "day"]
    row = center.store.stations.get(carrier.gate.station)
    assert row
    return take_days(center.store, center.keys, row, days, center.clocks.ms)


def restored(carrier: Carrier) -> None:
    """The center as its backup from before the sticks had it."""
    with carrier.gate.center.store.database.write() as connection:
        for table in ("entry", "parts", "segment", "chain", "reconciliation"):
            connection.run(f"DELETE FROM {table}")
        begin_epoch(connection)


def test_a_center_that_was_restored_before_it_answered_settles_nothing_it_does_not_have(
    carrier: Carrier,
) -> None:
    carrier.gate.record(3)
    carrier.next_day()
    carrier.hand_in(carrier.up())
    restored(carrier)
    carrier.take(carrier.down())
    assert carrier.at_the_gate() == {}

    carrier.there_and_back()

    assert carrier.at_the_center() == {FIRST: []}
    assert carrier.at_the_gate() == {FIRST: Compared(FIRST, 3, 0, ())}


def test_what_a_restored_center_has_is_compared_anew_and_a_late_answer_means_nothing(
    carrier: Carrier,
) -> None:
    carrier.gate.record(3)
    carrier.next_day()
    carrier.hand_in(carrier.up())
    late = carrier.down()
    carrier.take(late)
    restored(carrier)
    carrier.take(carrier.down())  # it has nothing, and says of which epoch it is

    up = carrier.up()
    carrier.take(late)
    assert carrier.asked(up) == carrier.asked(carrier.up()) == [FIRST]
    carrier.hand_in(up)
    carrier.take(carrier.down())

    assert carrier.at_the_center() == {FIRST: []}
    assert carrier.asked(carrier.up()) == []
    assert not list(damages(carrier.gate.journal.connection, carrier.gate.journal.vault.rows))


def test_a_day_whose_clock_was_set_has_several_runs_and_is_settled(carrier: Carrier) -> None:
    gate = carrier.gate
    for hours in (0, 30, 1, 31, 2):  # back and forth between two days
        gate.journal.append(passage(at=NOON + timedelta(hours=hours)))
    gate.clock.move(2 * DAY_S)
    carrier.there_and_back()

    days = carrier.at_the_gate()
    assert {day: (one.records, one.differences) for day, one in days.items()} == {
        FIRST: (3, ()),
        SECOND: (2, ()),
    }
    assert carrier.at_the_center() == {FIRST: [], SECOND: []}


def test_an_answer_of_before_the_day_changed_does_not_settle_it(carrier: Carrier) -> None:
    """While the stick was on its way the clock was set back, and the day has two entries more."""
    gate = carrier.gate
    gate.record(3)
    carrier.next_day()
    late = carrier.up()
    carrier.hand_in(late)
    for _ in range(2):
        gate.journal.append(passage(at=NOON))
    carrier.take(carrier.down())
    assert carrier.at_the_gate() == {}

    carrier.hand_in(carrier.up())
    carrier.hand_in(late)  # of before: it tells of fewer
    carrier.take(carrier.down())

    assert carrier.at_the_gate() == {FIRST: Compared(FIRST, 5, 0, ())}
    assert carrier.at_the_center() == {FIRST: []}


def test_a_day_that_was_signed_while_the_clock_was_ahead_is_not_settled_before_it_is_over(
    carrier: Carrier,
) -> None:
    carrier.gate.record(1)
    carrier.gate.clock.move(DAY_S)
    up = carrier.up()
    carrier.gate.clock.move(-DAY_S)
    carrier.hand_in(up)
    carrier.take(carrier.down())
    assert carrier.at_the_gate() == {}

    carrier.gate.record(1)
    carrier.next_day()
    carrier.there_and_back()

    assert carrier.at_the_gate() == {FIRST: Compared(FIRST, 2, 0, ())}


@pytest.mark.parametrize("days_on_its_way", [0, 2])
def test_a_day_that_went_on_after_a_clock_that_was_ahead_signed_it_is_asked_about_again(
    carrier: Carrier, days_on_its_way: int
) -> None:
    """The date was a day ahead until noon; the next stick goes when that noon is over."""
    carrier.gate.record(2)
    carrier.gate.clock.move(DAY_S)
    up = carrier.up()
    carrier.gate.center.clocks.forward(days_on_its_way * DAY_S)
    carrier.hand_in(up)
    carrier.take(carrier.down())
    carrier.gate.clock.move(-DAY_S)
    carrier.gate.record(3)
    carrier.next_day()
    carrier.gate.clock.move(DAY_S / 2)

    carrier.there_and_back()

    assert carrier.at_the_gate()[FIRST].records == 5
    assert FIRST not in carrier.asked(carrier.up())


def test_days_that_have_not_come_yet_do_not_hide_those_that_were(carrier: Carrier) -> None:
    """The gate's clock was a year ahead: what it signed then is answered, too, with every stick."""
    carrier.gate.record(2)
    carrier.gate.clock.move(365 * DAY_S)
    ahead = carrier.up()
    carrier.gate.clock.move(-365 * DAY_S)
    carrier.hand_in(ahead)
    carrier.next_day()
    carrier.hand_in(carrier.up())
    for _ in range(3):
        carrier.take(carrier.down())

    newest = carrier.gate.center.store.reconciliations.kept(carrier.gate.station, 7)
    assert FIRST in {day_of(one) for one in newest}
    assert FIRST in carrier.at_the_gate()


def test_a_gate_whose_answers_never_come_asks_about_a_month_at_most(carrier: Carrier) -> None:
    for _ in range(40):
        carrier.gate.record()
        carrier.next_day()

    asked = carrier.asked(carrier.up())

    assert (len(asked), asked[-1]) == (31, "2022-05-10")


class CountedDays(AtOnce):
    """How many days of a stick the lane keeps before it looks at who stands at the gate."""

    def __init__(self, folder: Path) -> None:
        self._folder, self.most = folder, 0

    def ask(self, do: Callable[[], _T]) -> _T:
        before = self._kept()
        done = do()
        self.most = max(self.most, self._kept() - before)
        return done

    def _kept(self) -> int:
        with closing(open_reader(self._folder)) as connection:
            return len(reconciliations(connection))


def test_a_month_of_answers_does_not_hold_up_who_stands_at_the_gate(carrier: Carrier) -> None:
    """Each day is a commit, which on an old disk takes a tenth of a second."""
    gate = carrier.gate
    for _ in range(31):
        gate.record()
        carrier.next_day()
    carrier.hand_in(carrier.up())
    lane = CountedDays(gate.folder)
    desk = CenterDesk(
        *(gate.folder, gate.journal.vault, gate.station, carrier.shelf, lane, gate.clock, "test"),
        lambda: None,
    )

    desk.take(carrier.down())

    assert (len(carrier.at_the_gate()), lane.most) == (31, 1)


def test_a_gate_that_is_on_line_later_asks_about_no_day_again(carrier: Carrier) -> None:
    gate = carrier.gate
    gate.record(3)
    carrier.next_day()
    carrier.there_and_back()
    up = gate.up()
    while up.turn() <= 0:
        continue
    on_line = Reconciling(
        *(gate.folder, gate.calls(ClockWatch()), gate.station, gate.journal.vault.sign, gate.clock),
        *(gate.board, carrier.shelf.reconciled),
    )

    on_line.turn()
    assert "/v1/reconcile" not in gate.road.asked
    assert not carrier.alarmed()

    gate.record(2)
    carrier.next_day()
    while up.turn() <= 0:
        continue
    gate.clock.move(LOOK_EVERY_S + 1)
    on_line.turn()
    assert gate.road.asked.count("/v1/reconcile") == 1
    assert carrier.at_the_center() == {FIRST: [], SECOND: []}
    assert carrier.asked(carrier.up()) == []


def test_a_difference_that_a_stick_told_is_gone_with_what_the_network_tells(carrier: Carrier) -> None:
    gate = carrier.gate
    gate.record(3)
    carrier.as_if_sent()
    carrier.next_day()
    carrier.there_and_back()
    assert carrier.alarmed()
    up = gate.up()
    while up.turn() <= 0:
        continue
    calls = gate.calls(ClockWatch())
    on_line = Reconciling(
        *(gate.folder, calls, gate.station, gate.journal.vault.sign, gate.clock, gate.board),
        carrier.shelf.reconciled,
    )
    on_line.turn()

    assert not carrier.alarmed()
    assert carrier.differing() == {}


def test_a_revoked_gate_has_its_days_compared_as_its_entries_are_taken(carrier: Carrier) -> None:
    carrier.there_and_back()
    carrier.gate.record(3)
    carrier.next_day()
    carrier.gate.center.store.stations.revoke(carrier.gate.station, carrier.gate.center.clocks.ms)
    carrier.there_and_back()

    assert carrier.at_the_gate() == {FIRST: Compared(FIRST, 3, 0, ())}


def test_a_program_that_does_not_know_a_block_passes_it_over(
    carrier: Carrier, monkeypatch: pytest.MonkeyPatch
) -> None:
    """So a former one takes our sticks: it knows none of these kinds."""
    carrier.gate.record(3)
    carrier.next_day()
    for module in ("station.sync.stick", "center.stick"):
        monkeypatch.setattr(f"{module}.Block", of_tomorrow)

    assert carrier.hand_in(carrier.up()).durable == 3
    carrier.take(carrier.down())

    assert sum(one.length - one.acked for one in carrier.gate.outbox().chains()) == 0
    assert (carrier.at_the_center(), carrier.at_the_gate()) == ({}, {})


def of_tomorrow(kind: str, body: bytes) -> Block:
    return Block("of tomorrow" if kind in ("day", "compared") else kind, body)
