"""Three crashes within five minutes: the next start goes by hand. Not before, and not for ever."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from station.running.starts import FILE_NAME, MOST, WITHIN, Starts


@dataclass
class Pc:
    """A PC whose clock and boots a test moves."""

    data: Path
    now: datetime = field(default_factory=lambda: datetime(2026, 11, 22, 7, tzinfo=UTC))
    boot: str = "one"

    def start(self, *, after: timedelta = timedelta(seconds=10)) -> tuple[Starts, bool]:
        self.now += after
        starts = Starts(self.data, lambda: self.now, lambda: self.boot)
        return starts, starts.begin()


@pytest.fixture
def pc(tmp_path: Path) -> Pc:
    return Pc(tmp_path / "data")


def test_the_third_crash_in_five_minutes_makes_it_manual_only(pc: Pc) -> None:
    assert [pc.start()[1] for _ in range(5)] == [False, False, False, True, True]


def test_closing_the_window_is_no_crash(pc: Pc) -> None:
    for _ in range(5):
        starts, by_hand = pc.start()
        assert not by_hand
        starts.end()


def test_three_crashes_over_a_morning_are_none_too_many(pc: Pc) -> None:
    assert not any(pc.start(after=timedelta(minutes=3))[1] for _ in range(10))


def test_the_next_morning_it_opens_as_usual(pc: Pc) -> None:
    assert [pc.start()[1] for _ in range(4)][-1]

    assert not pc.start(after=WITHIN)[1]


def test_an_admin_who_opens_it_as_usual_has_the_count_begin_anew(pc: Pc) -> None:
    starts = [pc.start()[0] for _ in range(4)][-1]
    starts.forgive()

    assert [pc.start()[1] for _ in range(3)] == [False, False, True]


def test_a_cut_of_power_is_no_crash_of_ours(pc: Pc) -> None:
    for boot in ("two", "three", "four", "five"):
        pc.boot = boot
        assert not pc.start()[1]


def test_a_clock_that_was_set_back_forgets_crashes_of_the_future(pc: Pc) -> None:
    for _ in range(3):
        pc.start()

    assert not pc.start(after=-timedelta(hours=1))[1]


@pytest.mark.parametrize("text", [b"", b"[]", b"\xff\xfe", b'{"crashes": ["yesterday"]}'])
def test_a_damaged_count_is_counted_anew(pc: Pc, text: bytes) -> None:
    pc.data.mkdir()
    (pc.data / FILE_NAME).write_bytes(text)

    assert [pc.start()[1] for _ in range(4)] == [False, False, False, True]


def test_a_folder_that_cannot_be_written_does_not_keep_the_window_shut(tmp_path: Path) -> None:
    (tmp_path / "file").touch()

    starts, by_hand = Pc(tmp_path / "file").start()
    starts.end()

    assert not by_hand


@settings(deadline=None, max_examples=30)  # every start waits for the disk
@given(st.lists(st.integers(0, 400), max_size=30))
def test_however_it_crashes_it_is_by_hand_only_after_three_in_five_minutes(
    tmp_path_factory: pytest.TempPathFactory, pauses: list[int]
) -> None:
    pc = Pc(tmp_path_factory.mktemp("pc"))
    pc.start()
    crashes: list[datetime] = []
    for pause in pauses:
        _, by_hand = pc.start(after=timedelta(seconds=pause))
        crashes.append(pc.now)
        recent = [at for at in crashes if pc.now - at < WITHIN]
        assert by_hand == (len(recent) >= MOST)
