"""The barrier: who it opens for, and that it never stays open."""

from __future__ import annotations

import errno
import os
import queue
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from station.core.model import DeviceState, DeviceStatus
from station.devices import barrier_keeper
from station.devices.barrier import FRESH_S, Barrier, Pulse
from station.devices.barrier_keeper import KeptBarrier
from station.devices.emulators.relay import PtyRelay
from station.devices.relays import RELAYS, Relay
from tests.devices.clocks import WorkingClock
from tests.patience import PATIENCE_S

LATCHING = Relay(b"on", b"off")
at_its_pace = WorkingClock()

each_family = pytest.mark.parametrize("slug", RELAYS)


def eventually(is_so: Callable[[], bool]) -> bool:
    """Whether it becomes so; a real line has its own time."""
    due = time.monotonic() + PATIENCE_S
    while not (so := is_so()) and time.monotonic() < due:
        os.sched_yield()
    return so


@contextmanager
def barrier_at(
    board: PtyRelay, *, hold_s: float = 0.1, clock: Callable[[], float] = at_its_pace
) -> Iterator[tuple[Barrier, queue.Queue[DeviceStatus]]]:
    told: queue.Queue[DeviceStatus] = queue.Queue()
    relay = RELAYS[board._name].channel(1)
    barrier = Barrier(board.path, relay, told.put, hold_s=hold_s, monotonic=clock)
    barrier.start()
    try:
        yield barrier, told
    finally:
        barrier.stop()


def wait_for(told: queue.Queue[DeviceStatus], state: DeviceState) -> None:
    while told.get(timeout=PATIENCE_S).state is not state:
        pass


def asked_to_open(kept: KeptBarrier, is_so: Callable[[], bool]) -> Callable[[], bool]:
    """Somebody is let in; if that is too late for the keeper's own clock, the next one is."""
    asked = [float("-inf")]

    def ask() -> bool:
        if time.monotonic() - asked[0] > FRESH_S:
            asked[0] = time.monotonic()
            kept.open(asked[0])
        return is_so()

    return ask


def test_frames_are_those_of_the_papers() -> None:
    lcus, modbus, clone = (RELAYS[slug].channel(1) for slug in ("lcus", "modbus", "modbus-clone"))

    assert lcus.on.hex(" ") == "a0 01 01 a2"
    assert lcus.off.hex(" ") == "a0 01 00 a1"
    assert RELAYS["lcus"].channel(8).on.hex(" ") == "a0 08 01 a9"
    assert modbus.on.hex(" ") == "01 05 00 00 ff 00 8c 3a"
    assert modbus.off.hex(" ") == "01 05 00 00 00 00 cd ca"
    assert RELAYS["modbus"].channel(2).on.hex(" ") == "01 05 00 01 ff 00 dd fa"
    assert clone.on.hex(" ") == "01 05 00 01 01 00 9d 9a"
    assert clone.off.hex(" ") == "01 05 00 01 00 00 9c 0a"
    assert RELAYS["waveshare"].channel(1).pulse == bytes.fromhex("01 05 02 00 00 07 8d b0")
    assert RELAYS["numato"].channel(1).on == b"relay on 0\r"


@each_family
def test_opens_for_a_verdict_of_now_and_lets_go(slug: str) -> None:
    with PtyRelay(slug) as board, barrier_at(board) as (barrier, told):
        wait_for(told, DeviceState.WORKING)
        barrier.open(at_its_pace())

        assert eventually(lambda: board.closings == 1)
        assert eventually(lambda: not board.is_closed)
        assert board.closings == 1


@each_family
def test_never_opens_for_somebody_who_has_gone_by(slug: str) -> None:
    with PtyRelay(slug) as board, barrier_at(board) as (barrier, told):
        wait_for(told, DeviceState.WORKING)
        barrier.open(at_its_pace() - FRESH_S - 0.1)
        barrier.open(at_its_pace())  # the proof that the older one was heard before

        assert eventually(lambda: board.closings == 1)
        assert eventually(lambda: not board.is_closed)


def test_what_was_decided_while_the_cable_was_out_opens_nothing() -> None:
    with PtyRelay("lcus") as board, barrier_at(board) as (barrier, told):
        wait_for(told, DeviceState.WORKING)
        board.unplug()
        barrier.open(at_its_pace())
        wait_for(told, DeviceState.LOST)
        barrier.open(at_its_pace())
        board.replug()
        wait_for(told, DeviceState.WORKING)

        assert board.closings == 0
        assert not board.is_closed


def test_a_relay_that_was_left_closed_is_released_at_the_start() -> None:
    with PtyRelay("lcus") as board:
        board.answer(bytes.fromhex("a0 01 01 a2"))
        assert board.is_closed
        with barrier_at(board) as (_, told):
            wait_for(told, DeviceState.WORKING)
            assert eventually(lambda: not board.is_closed)


def test_ending_the_program_releases_a_relay_that_holds() -> None:
    with PtyRelay("lcus") as board:
        with barrier_at(board, hold_s=3600) as (barrier, told):
            wait_for(told, DeviceState.WORKING)
            barrier.open(at_its_pace())
            assert eventually(lambda: board.is_closed)
        assert eventually(lambda: not board.is_closed)


def test_a_board_that_does_not_answer_is_said() -> None:
    with PtyRelay("modbus") as board:
        board.deaf = True
        with barrier_at(board) as (_, told):
            wait_for(told, DeviceState.SILENT)


@pytest.mark.parametrize("slug", ["modbus", "numato"])
def test_letting_go_is_said_again_until_the_board_answers(slug: str) -> None:
    now = [1000.0]
    with PtyRelay(slug) as board, barrier_at(board, hold_s=1.0, clock=lambda: now[0]) as (barrier, told):
        wait_for(told, DeviceState.WORKING)
        barrier.open(now[0])
        assert eventually(lambda: board.is_closed)
        board.deaf = True
        now[0] += 1.0
        wait_for(told, DeviceState.SILENT)
        board.deaf = False

        assert eventually(lambda: not board.is_closed)
        wait_for(told, DeviceState.WORKING)


def test_a_pulse_of_the_board_itself_is_not_cut_short_by_what_it_did_not_hear() -> None:
    pulse = Pulse(RELAYS["waveshare"].channel(1))
    pulse.unheard(pulse.release())
    assert pulse.open(1.0, 1.0)
    assert not pulse.tick(1.05)


@each_family
def test_a_cable_that_is_pulled_out_while_nobody_comes_is_said_at_once(slug: str) -> None:
    with PtyRelay(slug) as board, barrier_at(board) as (_, told):
        wait_for(told, DeviceState.WORKING)
        board.unplug()
        wait_for(told, DeviceState.LOST)
        board.replug()
        wait_for(told, DeviceState.WORKING)


def test_killing_the_station_releases_the_relay() -> None:
    """The keeper's input ends when its parent dies, by whatever signal."""
    told: queue.Queue[DeviceStatus] = queue.Queue()
    with PtyRelay("lcus") as board:
        kept = KeptBarrier(board.path, "lcus", told.put, hold_s=3600)
        kept.start()
        try:
            wait_for(told, DeviceState.WORKING)
            assert eventually(asked_to_open(kept, lambda: board.is_closed))
            assert kept._process
            assert kept._process.stdin
            kept._process.stdin.close()  # what the system does for a parent that was killed
            assert eventually(lambda: not board.is_closed)
        finally:
            kept.stop()


def test_a_keeper_that_was_killed_is_started_again_and_releases() -> None:
    told: queue.Queue[DeviceStatus] = queue.Queue()
    with PtyRelay("lcus") as board:
        kept = KeptBarrier(board.path, "lcus", told.put, hold_s=3600)
        kept.start()
        try:
            wait_for(told, DeviceState.WORKING)
            assert eventually(asked_to_open(kept, lambda: board.is_closed))
            assert kept._process
            os.kill(kept._process.pid, signal.SIGKILL)
            wait_for(told, DeviceState.LOST)
            wait_for(told, DeviceState.WORKING)
            assert eventually(lambda: not board.is_closed)
        finally:
            kept.stop()


def test_a_keeper_that_hung_opens_for_nobody_who_has_gone_by_meanwhile() -> None:
    """Or that was still starting: what it is told waits in the pipe, and may not be young again there."""
    told: queue.Queue[DeviceStatus] = queue.Queue()
    with PtyRelay("lcus") as board:
        kept = KeptBarrier(board.path, "lcus", told.put)
        kept.start()
        try:
            wait_for(told, DeviceState.WORKING)
            assert kept._process
            os.kill(kept._process.pid, signal.SIGSTOP)
            gone_by = time.monotonic() + 0.1
            kept.open(gone_by - FRESH_S)
            assert eventually(lambda: time.monotonic() > gone_by)
            os.kill(kept._process.pid, signal.SIGCONT)

            due = time.monotonic() + 0.5  # ten turns of the keeper
            assert eventually(lambda: board.closings > 0 or time.monotonic() > due)
            assert board.closings == 0
            assert eventually(asked_to_open(kept, lambda: board.closings > 0))
            assert board.closings == 1
        finally:
            kept.stop()


DYING = """
import os, pathlib, sys, time
print('{"state": "working", "name": "relay"}', flush=True)
os.close(0)
while not pathlib.Path(sys.argv[1]).exists():
    time.sleep(0.01)
"""


def test_a_keeper_that_dies_under_a_wish_is_started_again(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    may_end, told = tmp_path / "end", queue.Queue[DeviceStatus]()
    monkeypatch.setattr(barrier_keeper, "_program", lambda: [sys.executable, "-c", DYING, str(may_end)])
    kept = KeptBarrier("/dev/no-such", "lcus", told.put)
    kept.start()
    try:
        wait_for(told, DeviceState.WORKING)
        assert kept._process
        assert eventually(lambda: _is_refused(kept))
        may_end.touch()
        wait_for(told, DeviceState.LOST)
        wait_for(told, DeviceState.WORKING)
    finally:
        kept.stop()


def _is_refused(kept: KeptBarrier) -> bool:
    """A wish that its keeper did not take: it is still in the buffer then."""
    assert kept._process
    assert kept._process.stdin
    kept.open(time.monotonic())
    try:
        kept._process.stdin.flush()
    except OSError:
        return True
    return False


def test_a_keeper_that_the_system_has_no_room_for_is_tried_again(monkeypatch: pytest.MonkeyPatch) -> None:
    told, starts = queue.Queue[DeviceStatus](), list[list[str]]()
    start = barrier_keeper._start

    def without_room(arguments: list[str]) -> subprocess.Popen[str]:
        starts.append(arguments)
        if len(starts) == 1:
            raise OSError(errno.ENOMEM, os.strerror(errno.ENOMEM))
        return start(arguments)

    monkeypatch.setattr(barrier_keeper, "_start", without_room)
    with PtyRelay("lcus") as board:
        kept = KeptBarrier(board.path, "lcus", told.put)
        kept.start()
        try:
            wait_for(told, DeviceState.LOST)
            wait_for(told, DeviceState.WORKING)
        finally:
            kept.stop()


@given(st.lists(st.tuples(st.floats(0, 5), st.booleans(), st.floats(-1, 6)), max_size=40))
def test_the_contact_never_holds_longer_than_its_time_after_the_last_person(
    steps: list[tuple[float, bool, float]],
) -> None:
    pulse, now, closed, held_until = Pulse(LATCHING, 1.0), 0.0, False, 0.0
    for wait, wish, age in steps:
        now += wait
        told = pulse.tick(now)
        closed = closed and told != b"off"
        assert not closed or now <= held_until
        if wish:
            decided_at = now - age
            told = pulse.open(decided_at, now)
            fresh = 0 <= now - decided_at <= FRESH_S
            assert fresh or not told
            closed = closed or told == b"on"
            held_until = now + 1.0 if fresh else held_until
            assert closed == (closed and now <= held_until)
    assert pulse.tick(now + 1.1) == (b"off" if closed else b"")


@pytest.mark.parametrize(
    ("age", "opens"),
    [(0.0, True), (FRESH_S, True), (FRESH_S + 0.001, False), (-0.001, False), (3600.0, False)],
)
def test_a_verdict_opens_for_two_seconds_and_none_that_is_to_come(age: float, opens: bool) -> None:
    """Held, or by a pulse of the board itself."""
    for relay in (LATCHING, RELAYS["waveshare"].channel(1)):
        assert bool(Pulse(relay).open(100.0, 100.0 + age)) is opens
