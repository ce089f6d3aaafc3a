"""A real day of a real gate, compared with a real center: both sign and keep it, differences have numbers."""

from __future__ import annotations

import json
from argparse import Namespace
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

import pytest

from center.commands import reconcile as center_reconcile
from center.keys import FILE, encode_keys
from center.store.migrations import begin_epoch
from station.center_shelf import Gate, Shelf
from station.core.contact import Alarm, Trouble
from station.core.entry import SCHEMA
from station.journal.connection import open_reader
from station.journal.entries import Journal
from station.journal.list_check import damages
from station.journal.outbox import OutboxReader
from station.journal.upstream import reconciliations
from station.sync.bundle import Purpose, Reconciliation, Signed, is_signed, unpack
from station.sync.calls import Calls
from station.sync.client import Client, Signer, unpinned
from station.sync.clock import ClockWatch
from station.sync.errands import AtOnce
from station.sync.greeting import Greeting
from station.sync.loop import LaneOutbox
from station.sync.reconciling import LOOK_EVERY_S, Compared, Reconciling, compared, open_days
from station.sync.status import Board
from station.sync.talk import Desk, UpTalk
from station.sync.uplink import Uplink
from tests.center.office import Center, open_center
from tests.journal.samples import passage
from tests.lane import HandClock

DAY = date(2022, 4, 15)
NEXT_MORNING = datetime.combine(DAY + timedelta(days=1), time(1, 0)).astimezone(UTC)
NOBODY = Gate(lambda: None, lambda: None, lambda: None)


class Street:
    """A gate and its center; `record` at hours of the day, `sync`, `compare` the next morning."""

    def __init__(self, folder: Path, center: Center) -> None:
        self.folder, self.center = folder, center
        self.clock = HandClock(wall=self.at(8))
        self.journal = Journal.open(folder, now=self.clock.now)
        self.board = Board()
        with OutboxReader.open(folder, self.journal.vault) as reader:
            self.station = reader.station
        self._shelf = Shelf(folder, self.journal, self.station, NOBODY, self.board, self.clock.now)
        self._enrol()
        signer = Signer(self.station, self.journal.vault.sign)
        transport = center.client._transport
        self._client = Client("http://testserver", unpinned(), signer, transport=transport)
        self._watch = ClockWatch()
        self._calls = Calls(self._client, center.keys.public_key, self.station, self._watch.exchanged)
        self._reconciling = Reconciling(
            *(folder, self._calls, self.station, self.journal.vault.sign, self.clock, self.board),
            self._shelf.reconciled,
        )
        self.turn, self.now = self._reconciling.turn, self._reconciling.hurry

    @staticmethod
    def at(hour: float) -> datetime:
        """Of the day, where the gate is."""
        begin = datetime.combine(DAY, time.min).astimezone(UTC)
        return begin + timedelta(hours=hour)

    def _enrol(self) -> None:
        stations, ms = self.center.store.stations, self.center.clocks.ms
        stations.add_enrol_code(b"c" * 10, name="东门", gate="东门", branch="", expires_ms=ms + 1)
        key = self.journal.vault.public_key
        stations.enrol(b"c" * 10, station=self.station, public_key=key, seal_key=bytes(32), now_ms=ms)

    def record(self, *hours: float) -> None:
        for hour in hours:
            self.journal.append(passage(at=self.at(hour)))

    def sync(self) -> None:
        clock, vault = self.clock, self.journal.vault
        greeting = Greeting(self.station, "1", SCHEMA, "pc", clock, bytes, tuple, self.board)
        with OutboxReader.open(self.folder, vault) as reader:
            outbox = LaneOutbox(reader, self._shelf, AtOnce())
            uplink = Uplink(outbox, self.center.keys.sealing_public_key, greeting.hello, lambda: 0.5)
            talk = UpTalk(uplink, self._calls, Desk(self.board, clock, self._watch), self._shelf.greeted)
            while talk.turn() <= 0:
                continue

    def compare(self) -> list[Compared]:
        """What the gate has of the comparison, newest day first."""
        self.clock.wall = max(self.clock.wall, NEXT_MORNING)
        self.clock.move(LOOK_EVERY_S + 1)
        self.turn()
        with closing(open_reader(self.folder)) as connection:
            return [compared(one) for one in reconciliations(connection)]

    def close(self) -> None:
        self._client.close()
        self.journal.close()


@pytest.fixture
def street(tmp_path: Path) -> Iterator[Street]:
    (tmp_path / "center").mkdir()
    with open_center(tmp_path / "center") as center:
        found = Street(tmp_path / "station", center)
        yield found
        found.close()


def told_by_center(
    street: Street, capsys: pytest.CaptureFixture[str], *, say: str = "words"
) -> tuple[int, list[str]]:
    """`center reconcile` beside the center that serves."""
    data = street.folder.parent / "center"
    (data / FILE).write_bytes(encode_keys(street.center.keys))
    arguments = Namespace(data=data, db=None, days=7, json=say == "json")
    code = center_reconcile.show(arguments, str)
    return code, capsys.readouterr().out.splitlines()


def test_an_undisturbed_day_is_the_same_at_both_ends(
    street: Street, capsys: pytest.CaptureFixture[str]
) -> None:
    street.record(-2, 0.1, 9, 23.9, 24.1)  # the day before, three of the day, the day after
    street.sync()

    by_day = {one.day: one for one in street.compare()}

    assert by_day["2022-04-15"] == Compared("2022-04-15", 3, 0, ())
    assert by_day["2022-04-14"].records == 1
    assert Alarm.DIFFERENCE not in street.board.status.alarms
    code, said = told_by_center(street, capsys)
    assert code == 0
    assert "2022-04-15  东门  两边一样" in said


def test_both_ends_keep_what_both_signed(street: Street) -> None:
    street.record(9, 10)
    street.sync()
    street.compare()

    with closing(open_reader(street.folder)) as connection:
        here = next(one for one in reconciliations(connection) if one.day == "2022-04-15")
    there = next(
        one
        for one in street.center.store.reconciliations.kept(street.station)
        if one.day == DAY.toordinal() - 719163
    )
    assert (here.ours, here.theirs) == (there.theirs, there.ours)
    for packed, key in (
        (here.ours, street.journal.vault.public_key),
        (here.theirs, street.center.keys.public_key),
    ):
        signed = unpack(packed, Signed)
        assert is_signed(key, Purpose.RECONCILIATION, signed.payload, signed.signature)
        assert unpack(signed.payload, Reconciliation).day == "2022-04-15"


def test_what_the_center_lost_is_named_by_its_numbers(
    street: Street, capsys: pytest.CaptureFixture[str]
) -> None:
    for hour in (9, 10, 11):  # three batches
        street.record(hour, hour + 0.5)
        street.sync()
    with street.center.store.database.write() as connection:
        connection.run("DELETE FROM segment WHERE first = 3")  # a disk that lost a page

    day = next(one for one in street.compare() if one.day == "2022-04-15")

    assert [(one.what, one.first, one.last) for one in day.differences] == [("missing", 3, 4)]
    assert Alarm.DIFFERENCE in street.board.status.alarms
    code, said = told_by_center(street, capsys, say="json")
    assert code == 1
    differing = [json.loads(line) for line in said if not json.loads(line)["same"]]
    assert [one["day"] for one in differing] == ["2022-04-15"]
    assert differing[0]["proved"]


def test_a_difference_that_is_gone_is_not_told_any_more(street: Street) -> None:
    street.record(9)
    street.sync()
    street.record(10)  # stored, and the board has not heard of it yet
    first = next(one for one in street.compare() if one.day == "2022-04-15")
    assert [(one.what, one.first, one.last) for one in first.differences] == [("missing", 2, 2)]
    assert Alarm.DIFFERENCE in street.board.status.alarms

    street.sync()

    assert all(not one.differences for one in street.compare())
    assert Alarm.DIFFERENCE not in street.board.status.alarms


def test_what_still_waits_to_be_sent_is_no_difference(street: Street) -> None:
    street.record(9)
    street.sync()
    street.record(10)
    street.board.count(1)  # as the gate counts it before it says hello again

    assert street.compare() == []
    assert street.turn() == 5.0

    street.sync()
    assert [(one.records, one.differences) for one in street.compare()] == [(2, ())]


def test_a_gate_without_its_center_compares_nothing_until_it_is_back(street: Street) -> None:
    street.record(9)
    street.sync()
    street.board.failed(Trouble.NO_WAY, "no way")
    assert street.compare() == []
    assert street.turn() == LOOK_EVERY_S

    street.sync()
    assert [one.records for one in street.compare()] == [1]


def test_a_difference_is_looked_at_every_ten_minutes_and_at_once_when_somebody_wants_it_now(
    street: Street,
) -> None:
    for hour in (9, 10):
        street.record(hour)
        street.sync()
    with street.center.store.database.write() as connection:
        connection.run("DELETE FROM segment WHERE first = 2")
    street.compare()
    before = looked_at(street)

    street.clock.move(60)
    assert street.turn() == LOOK_EVERY_S - 60
    assert looked_at(street) == before

    street.now()
    assert street.turn() == LOOK_EVERY_S
    assert looked_at(street) > before
    before = looked_at(street)
    street.clock.move(LOOK_EVERY_S)
    street.turn()
    assert looked_at(street) > before


def looked_at(street: Street) -> datetime:
    """When that day was compared last."""
    with closing(open_reader(street.folder)) as connection:
        return next(one.at for one in reconciliations(connection) if one.day == "2022-04-15")


def days_later(street: Street, days: float) -> None:
    street.clock.wall = NEXT_MORNING + timedelta(days=days)


def test_a_difference_is_told_until_it_is_gone(street: Street) -> None:
    """Five days later nothing has been mended; then the center gets its page back from a backup."""
    for hour in (9, 10):
        street.record(hour)
        street.sync()
    with street.center.store.database.write() as connection:
        page = connection.rows("SELECT * FROM segment WHERE first = 2")[0]
        connection.run("DELETE FROM segment WHERE first = 2")
    street.compare()

    days_later(street, 5)
    street.compare()
    assert Alarm.DIFFERENCE in street.board.status.alarms

    with street.center.store.database.write() as connection:
        connection.run(f"INSERT INTO segment VALUES ({', '.join('?' * len(page))})", *page)
    street.compare()
    assert Alarm.DIFFERENCE not in street.board.status.alarms
    with closing(open_reader(street.folder)) as connection:
        assert all(one.agreed for one in reconciliations(connection))


def test_a_gate_that_began_yesterday_has_no_day_before_to_compare(street: Street) -> None:
    street.sync()
    assert street.compare() == []

    street.record(9)
    street.sync()
    assert [one.day for one in street.compare()] == ["2022-04-15"]


def test_a_week_without_a_center_is_made_up_for(street: Street) -> None:
    street.record(9)
    days_later(street, 7)
    street.sync()

    assert "2022-04-15" in {one.day for one in street.compare()}


def test_a_day_that_was_signed_before_it_was_over_is_compared_again(street: Street) -> None:
    """The clock was a day ahead at noon: the morning alone was compared."""
    street.record(9)
    street.sync()
    street.clock.wall = street.at(36)
    street.compare()

    street.clock.wall = street.at(20)
    for hour in (20, 21):
        street.record(hour)
        street.sync()
    with street.center.store.database.write() as connection:
        connection.run("DELETE FROM segment WHERE first = 3")

    day = next(one for one in street.compare() if one.day == "2022-04-15")
    assert [(one.what, one.first, one.last) for one in day.differences] == [("missing", 3, 3)]


def test_a_clock_that_was_years_ahead_hides_no_later_day(
    street: Street, capsys: pytest.CaptureFixture[str]
) -> None:
    """What it compared then is signed for days that have not come yet."""
    for year in (2035, 2040, 2045):
        street.clock.wall = NEXT_MORNING.replace(year=year)
        street.sync()
        street.compare()
    street.clock.wall = street.at(9)
    street.record(9)
    street.sync()
    with street.center.store.database.write() as connection:
        connection.run("DELETE FROM segment")
    street.center.clocks.forward(86_400)
    street.compare()

    code, said = told_by_center(street, capsys)

    assert (code, said[0]) == (1, "2022-04-15  东门  中心少 1 到 1 号")


def test_what_a_restored_center_has_is_compared_anew(street: Street) -> None:
    """Its backup was made before the comparison, and its disk may have lost what was the same then."""
    street.record(9)
    street.sync()
    street.compare()
    with street.center.store.database.write() as connection:
        connection.run("DELETE FROM reconciliation")
        begin_epoch(connection)
    street.sync()

    street.compare()

    kept = [one.day for one in street.center.store.reconciliations.kept(street.station)]
    assert DAY.toordinal() - 719163 in kept
    assert not list(damages(street.journal.connection, street.journal.vault.rows))


def test_a_gate_that_was_off_line_for_a_month_has_every_day_of_it_compared(street: Street) -> None:
    street.record(*(24.0 * day + 9 for day in range(30)))
    street.clock.wall = street.at(24.0 * 30 + 9)
    street.sync()

    days = {one.day: (one.records, one.differences) for one in street.compare()}

    assert days == {(DAY + timedelta(days=back)).isoformat(): (1, ()) for back in range(30)}


def test_a_gate_that_was_off_line_for_eight_months_has_every_day_of_them_compared(street: Street) -> None:
    street.record(9)
    street.sync()
    street.compare()
    street.record(*(24.0 * day + 9 for day in range(1, 240)))
    street.clock.wall = street.at(24.0 * 240 + 9)
    street.sync()

    street.compare()
    for _ in range(10):  # some of them every ten minutes: its lists and entries do not wait for that
        street.compare()
    days = {one.day: (one.records, one.differences) for one in street.compare()}

    assert days == {(DAY + timedelta(days=back)).isoformat(): (1, ()) for back in range(240)}


def test_what_was_compared_after_months_off_line_is_not_asked_again(street: Street) -> None:
    street.record(9)
    days_later(street, 100)
    street.sync()
    for _ in range(5):
        street.compare()

    assert open_days(street.folder, street.clock.now()) == []
