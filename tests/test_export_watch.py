"""Each day's log goes to a stick or a folder by itself; what stands in the way is said."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from station.core.audit import Audited
from station.core.outcome import DailyExport, ExportProblem
from station.export_check import check_file
from station.export_watch import STICK, ExportWatch, Schedule
from station.exporting import Format
from station.journal import daily_exports
from station.journal.audit import read_audit
from station.log_words import LogWords
from tests.journal.samples import NOON, open_journal, passage


class Gate:
    """A gate over some days. Exports run at once; a stick is in or is not."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.stick = folder, folder / "stick"
        self.stick.mkdir()
        self.plugged: Path | None = self.stick
        self.now = NOON
        self.journal = open_journal(folder / "data")
        self.said: list[DailyExport] = []
        self.monotonic, self.looks = 0.0, 0
        self.hanging: list[Callable[[], None]] | None = None
        self.begin()

    def begin(self, to: str = STICK) -> None:
        """The program starts."""
        self.watch = ExportWatch(
            self.folder / "data",
            self.journal,
            Schedule(to, Format.CSV, "东门", "zh"),
            UTC,
            lambda: self.now,
            self.said.append,
            stick=self.look,
            start=self.start,
        )

    def look(self) -> Path | None:
        self.looks += 1
        return self.plugged

    def start(self, work: Callable[[], None]) -> None:
        """The thread of an export; a share whose server is gone holds it."""
        if self.hanging is None:
            work()
        else:
            self.hanging.append(work)

    def pass_days(self, days: int) -> None:
        """Somebody comes through on each day."""
        for _ in range(days):
            self.journal.append(passage(at=self.now))
            self.now += timedelta(days=1)

    def tick(self, *, idle: bool = True) -> None:
        for _ in range(80):
            self.monotonic += 2.5
            self.watch.tick(self.monotonic, idle=idle)

    @property
    def files(self) -> list[str]:
        return sorted(path.name for path in self.stick.iterdir())


@pytest.fixture
def gate(tmp_path: Path) -> Iterator[Gate]:
    gate = Gate(tmp_path)
    yield gate
    gate.journal.close()


def name(day: str) -> str:
    return f"出入登记日报-东门-{day}.csv"


def test_after_midnight_the_day_lies_on_the_stick_and_is_genuine(gate: Gate) -> None:
    gate.tick()
    gate.pass_days(1)
    assert gate.files == []
    gate.tick()

    assert gate.files == [name("2022-04-01")]
    path = gate.stick / gate.files[0]
    checked = check_file(
        path, gate.folder / "data", UTC, lambda _: LogWords(), [gate.journal.vault.public_key]
    )
    assert checked.ok
    assert checked.claims is not None
    assert checked.claims.rows == 1
    assert checked.claims.masked
    assert path.stat().st_mode & 0o777 == 0o600


def test_it_is_on_record(gate: Gate) -> None:
    gate.tick()
    gate.pass_days(1)
    gate.tick()

    lines = read_audit(gate.folder / "data", NOON, NOON + timedelta(days=3))
    [line] = [line for line in lines if line.what == Audited.EXPORTED]
    assert dict(line.facts)["days"] == "2022-04-01/2022-04-01"


def test_days_that_were_missed_come_later(gate: Gate) -> None:
    gate.tick()
    gate.pass_days(3)  # the gate was closed over midnight
    gate.begin()
    gate.tick()

    assert gate.files == [name(f"2022-04-0{day}") for day in (1, 2, 3)]


def test_no_stick_is_said_until_one_is_plugged_in(gate: Gate) -> None:
    gate.tick()
    gate.plugged = None
    gate.pass_days(2)
    gate.tick()

    assert gate.said[-1] == DailyExport(ExportProblem.NO_STICK, 2)
    gate.plugged = gate.stick
    gate.tick()
    assert gate.said[-1] == DailyExport(None, 0)
    assert len(gate.files) == 2


def test_a_full_stick_leaves_no_half_file(gate: Gate, monkeypatch: pytest.MonkeyPatch) -> None:
    gate.tick()
    gate.pass_days(1)

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("station.exporting.write_csv", full)
    gate.tick()

    assert gate.said[-1] == DailyExport(ExportProblem.FULL, 1)
    assert gate.files == []


def test_a_folder_that_is_gone_is_said(gate: Gate) -> None:
    gate.begin(str(gate.folder / "nowhere"))
    gate.tick()
    gate.pass_days(1)
    gate.tick()

    assert gate.said[-1] == DailyExport(ExportProblem.NO_PLACE, 1)


def test_nobody_is_kept_waiting_for_it(gate: Gate) -> None:
    gate.tick()
    gate.pass_days(1)
    gate.tick(idle=False)

    assert gate.files == []


def test_nothing_from_before_it_was_switched_on(gate: Gate) -> None:
    gate.pass_days(3)
    gate.tick()

    assert gate.files == []


def test_a_day_that_a_wrong_clock_exported_too_early_is_exported_again(gate: Gate) -> None:
    gate.tick()
    gate.pass_days(1)
    right = gate.now
    gate.now += timedelta(days=3)  # somebody sets the clock, and back
    gate.tick()
    gate.now = right + timedelta(hours=1)
    gate.pass_days(1)
    gate.now = right + timedelta(days=1)
    gate.tick()

    text = (gate.stick / name("2022-04-02")).read_bytes().decode("utf-8-sig")
    assert '""rows"":1' in text


def test_what_came_after_a_clock_of_another_zone_was_set_right_is_exported_also_if_the_pc_was_off_at_midnight(
    gate: Gate,
) -> None:
    gate.tick()
    gate.journal.append(passage(at=gate.now))
    noon = gate.now
    gate.now = noon + timedelta(hours=14)  # the PC keeps another zone's time until a time server is there
    gate.tick()
    gate.now = noon + timedelta(minutes=5)
    gate.tick()
    gate.journal.append(passage(at=gate.now))
    gate.begin()  # switched off in the evening, and on when the wrong clock's time is over
    gate.now = noon + timedelta(hours=20)
    gate.tick()

    assert '""rows"":2' in (gate.stick / name("2022-04-01")).read_bytes().decode("utf-8-sig")


def test_who_came_while_the_clock_was_a_day_behind_is_in_that_days_log(gate: Gate) -> None:
    gate.tick()
    gate.pass_days(1)
    gate.tick()
    right = gate.now
    gate.now = right - timedelta(hours=23)
    gate.tick()
    gate.journal.append(passage(at=gate.now))
    gate.now = right + timedelta(hours=1)
    gate.tick()

    assert '""rows"":2' in (gate.stick / name("2022-04-01")).read_bytes().decode("utf-8-sig")


def test_nothing_goes_by_itself_unless_it_is_wanted(gate: Gate) -> None:
    gate.watch.schedule = replace(gate.watch.schedule, to="")
    gate.pass_days(2)
    gate.tick()

    assert gate.files == []
    assert daily_exports.newest(gate.journal.connection) is None


def test_a_stick_pulled_out_for_two_months_catches_up_a_month(gate: Gate) -> None:
    gate.tick()
    gate.now += timedelta(days=60)
    waiting = daily_exports.waiting(gate.journal.connection, date(2022, 5, 31), gate.now)

    assert len(waiting) == daily_exports.MOST_DAYS
    assert waiting[-1] == date(2022, 5, 30)
    assert isinstance(gate.now, datetime)


def test_a_folder_that_cannot_be_looked_at_is_said_and_the_gate_goes_on(gate: Gate) -> None:
    gate.begin(str(gate.folder / ("u" * 300)))  # as a stick does that was pulled out: an error, not "no"
    gate.tick()
    gate.pass_days(1)
    gate.tick()

    assert gate.said[-1] == DailyExport(ExportProblem.NO_PLACE, 1)


def test_switched_on_while_the_clock_was_years_ahead_the_days_are_exported_all_the_same(gate: Gate) -> None:
    right = gate.now
    gate.now += timedelta(days=3650)
    gate.tick()
    gate.now = right
    gate.tick()
    gate.pass_days(2)
    gate.tick()

    assert gate.files == [name("2022-04-01"), name("2022-04-02")]


def test_a_share_whose_server_is_gone_holds_only_its_own_thread(gate: Gate) -> None:
    gate.tick()
    gate.pass_days(1)
    looks, gate.hanging = gate.looks, []
    gate.tick()

    assert len(gate.hanging) == 1
    assert gate.looks == looks  # not by the lane
    assert gate.said[-1] == DailyExport(ExportProblem.NO_PLACE, 1)


def test_what_comes_back_after_hanging_is_taken(gate: Gate) -> None:
    gate.tick()
    gate.pass_days(1)
    gate.hanging = []
    gate.tick()
    [work], gate.hanging = gate.hanging, None
    work()
    gate.tick()

    assert gate.said[-1] == DailyExport(None, 0)
    assert gate.files == [name("2022-04-01")]


def test_another_place_need_not_wait_for_the_share_that_hangs(gate: Gate) -> None:
    gate.tick()
    gate.pass_days(1)
    gate.hanging = []
    gate.tick()
    other = gate.folder / "other"
    other.mkdir()
    gate.hanging = None
    gate.watch.schedule = replace(gate.watch.schedule, to=str(other))
    gate.watch.try_now()
    gate.tick()

    assert gate.said[-1] == DailyExport(None, 0)
    assert [path.name for path in other.iterdir()] == [name("2022-04-01")]


def test_another_place_that_was_chosen_before_the_share_was_given_up_is_taken(gate: Gate) -> None:
    gate.tick()
    gate.pass_days(1)
    gate.hanging = []
    gate.watch.tick(gate.monotonic + 3, idle=True)
    other = gate.folder / "other"
    other.mkdir()
    gate.hanging = None
    gate.watch.schedule = replace(gate.watch.schedule, to=str(other))
    gate.watch.try_now()
    gate.tick()

    assert gate.said == []
    assert [path.name for path in other.iterdir()] == [name("2022-04-01")]


@pytest.mark.parametrize("hanging", [None, []])
def test_whoever_switches_it_off_is_not_told_any_more_what_was_in_the_way(
    gate: Gate, hanging: list[Callable[[], None]] | None
) -> None:
    gate.tick()
    gate.pass_days(1)
    gate.plugged, gate.hanging = None, hanging
    gate.tick()
    assert gate.said[-1].problem
    gate.watch.schedule = replace(gate.watch.schedule, to="")
    gate.watch.try_now()
    gate.tick()

    assert gate.said[-1] == DailyExport(None, 0)


def test_switched_off_while_a_day_is_written_the_next_one_goes_nowhere(
    gate: Gate, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Not into whatever folder the program was started in, either."""
    gate.tick()
    gate.pass_days(2)
    gate.hanging = []
    gate.watch.tick(gate.monotonic + 3, idle=True)
    [work], gate.hanging = gate.hanging, None
    gate.watch.schedule = replace(gate.watch.schedule, to="")
    here = tmp_path / "started in"
    here.mkdir()
    monkeypatch.chdir(here)
    work()
    gate.tick()

    assert gate.files == [name("2022-04-01")]
    assert list(here.iterdir()) == []
    assert gate.watch.told == DailyExport(None, 0)


@pytest.mark.parametrize("to", ["", STICK])
def test_a_share_that_wakes_up_after_it_was_given_up_gets_nothing(gate: Gate, to: str) -> None:
    """The admin had switched it off; or its place was chosen once more, and the new thread writes there."""
    gate.tick()
    gate.pass_days(1)
    gate.hanging = []
    gate.tick()
    gate.watch.schedule = replace(gate.watch.schedule, to=to)
    gate.watch.try_now()
    gate.tick()
    gate.hanging[0]()

    assert gate.files == []
    lines = read_audit(gate.folder / "data", NOON, NOON + timedelta(days=3))
    assert [line for line in lines if line.what == Audited.EXPORTED] == []
