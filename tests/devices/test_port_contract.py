"""What a port may do to a lane: die in the middle of a frame, come back under another name, belong to another
program, take no more bytes. `test_serial_thermometer` has the rest: the wrong speed, garbage, a pulled plug.

Each family meets what depends on its bytes; what depends on the port alone, one device of each class meets.
"""

from __future__ import annotations

import os
import select
import subprocess
import sys
import threading
import time
import tty
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from threading import active_count
from typing import Protocol

import pytest
from serial.tools.list_ports_common import ListPortInfo

from station.core.model import DeviceState, Reading, Sample, Site
from station.devices import port_owner
from station.devices.emulators.thermometer import PtyThermometer
from station.devices.scanners import SCANNERS
from station.devices.serial_port import SerialThermometer
from station.devices.serial_scanner import SerialScanner
from station.devices.thermal import PICTURES
from station.devices.thermal_camera import ThermalCamera
from station.devices.thermometers import FAMILIES
from tests.devices.clocks import at_work
from tests.devices.owner import (
    INTERVAL_S,
    PERSON,
    Event,
    Heard,
    each_family,
    fast_clock,
    is_sample,
    is_state,
    owner,
    person,
    states,
)
from tests.devices.test_usb_socket import adapter
from tests.patience import PATIENCE_S

FEVER = Reading(39.5, Site.OBJECT, 30.0)
WRITING = [slug for slug, family in FAMILIES.items() if family.query or family.start]


def values(events: list[Event]) -> set[float]:
    return {event.reading.value_c for event in events if isinstance(event, Sample)}


# --- the plug ---------------------------------------------------------------------------------


@contextmanager
def back_under_another_name(device: PtyThermometer, former: str) -> Iterator[None]:
    """Other terminals get the name that has become free; it may be in use elsewhere, and free again later."""
    with ExitStack() as others:
        device.replug()
        while os.path.realpath(device.path) == former:
            device.unplug()
            for end in os.openpty():
                others.callback(os.close, end)
            device.replug()
        yield


@pytest.mark.usefixtures("impatient")
@each_family
def test_pulled_in_the_middle_of_a_frame_and_back_under_another_name_no_value_is_mixed(
    slug: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    plugged_in: list[ListPortInfo] = []
    monkeypatch.setattr("station.devices.usb_socket.serial_ports.comports", lambda: plugged_in)

    def plug(device: PtyThermometer) -> str:
        path = os.path.realpath(device.path)
        plugged_in[:] = [adapter(path, "1-1.2")]
        return path

    fever = FAMILIES[slug].encode(FEVER)
    with PtyThermometer(slug, person, interval_s=INTERVAL_S) as device:
        before = plug(device)
        with owner("usb:1-1.2", slug, fast_clock) as heard:
            events = heard.until(is_sample)
            device.inject(fever[: len(fever) // 3])  # less than one of the two lines of a bridge
            plugged_in.clear()  # first: another program's test may have the name at once
            device.unplug()
            events += heard.until(is_state(DeviceState.LOST))
            with back_under_another_name(device, before):
                assert plug(device) != before
                events += heard.until(is_sample)
    assert values(events) == {PERSON.value_c}
    assert states(events)[1:] == [DeviceState.WORKING, DeviceState.LOST, DeviceState.WORKING]
    assert {event.instrument.name for event in events if isinstance(event, Sample)} == {"usb:1-1.2"}


# --- another program --------------------------------------------------------------------------

_HOLD = (
    "import serial,sys; p = serial.Serial(sys.argv[1], exclusive=True); print('held', flush=True); input()"
)
_STEAL = """
import os, sys
port = os.open(sys.argv[1], os.O_RDWR | os.O_NOCTTY)
print("reading", flush=True)
while os.read(port, 7): pass
"""


@contextmanager
def program(source: str, path: str) -> Iterator[None]:
    """Another process with the port open, until the end of the context."""
    process = subprocess.Popen(
        [sys.executable, "-c", source, path], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert process.stdin
    assert process.stdout
    with process.stdin, process.stdout:
        try:
            assert process.stdout.readline()
            yield
        finally:
            process.kill()
            process.wait()


@pytest.mark.usefixtures("impatient")
def test_a_port_that_another_program_holds_is_lost_until_that_program_ends() -> None:
    slug = "gy-mcu90614"
    with PtyThermometer(slug, person, interval_s=INTERVAL_S) as device:
        with program(_HOLD, device.path):
            with owner(device.path, slug) as heard:
                assert "exclusively lock" in heard.status(DeviceState.LOST).detail
            assert heard.rest() == []  # said once, however often it tried
        with owner(device.path, slug) as heard:
            assert states(heard.until(is_sample)) == [DeviceState.SEARCHING, DeviceState.WORKING]


@pytest.mark.usefixtures("impatient")
def test_the_station_comes_to_the_port_by_itself_when_the_other_program_has_ended() -> None:
    slug = "gy-mcu90614"
    with PtyThermometer(slug, person, interval_s=INTERVAL_S) as device:
        holding = program(_HOLD, device.path)
        holding.__enter__()
        with owner(device.path, slug) as heard:
            heard.status(DeviceState.LOST)
            holding.__exit__(None, None, None)
            assert states(heard.until(is_sample)) == [DeviceState.WORKING]


@pytest.mark.usefixtures("impatient")
def test_a_second_station_is_turned_away_in_words_and_the_first_goes_on() -> None:
    slug = "gy-mcu90614"
    with PtyThermometer(slug, person, interval_s=INTERVAL_S) as device, owner(device.path, slug) as heard:
        heard.until(is_sample)
        second = subprocess.run(
            [sys.executable, "-m", "station", "thermometer", device.path, "--family", slug, "--seconds", "1"],
            capture_output=True,
            text=True,
            check=False,
        )
        assert second.returncode == 3
        assert "Traceback" not in second.stderr
        events = heard.rest() + heard.until(is_sample)
    assert states(events) == []
    assert values(events) == {PERSON.value_c}


@pytest.mark.usefixtures("impatient")
def test_a_program_that_steals_bytes_costs_readings_and_never_makes_one() -> None:
    """flock(2) is advisory: a modem manager that does not ask may read along."""
    slug = "gy-mcu90614"
    with PtyThermometer(slug, person, interval_s=INTERVAL_S) as device, owner(device.path, slug) as heard:
        events = heard.until(is_sample)
        with program(_STEAL, device.path):
            time_is_up = time.monotonic() + 0.5
            events += heard.until(lambda event: time.monotonic() > time_is_up)
        events += heard.until(is_sample) + heard.until(is_sample)
    assert values(events) == {PERSON.value_c}


# --- a port that takes no more bytes ----------------------------------------------------------


@pytest.fixture
def blocked() -> Iterator[str]:
    """A terminal whose buffer is full and which nobody empties, as behind a hung adapter."""
    master, slave = os.openpty()
    tty.setraw(slave)
    os.set_blocking(slave, False)
    ended, full = threading.Event(), threading.Event()

    def keep_full() -> None:
        """The kernel makes room once more, whenever it comes to it."""
        while not ended.is_set():
            if not select.select([], [slave], [], 0.02)[1]:
                full.set()
            with suppress(BlockingIOError):
                os.write(slave, bytes(4096))

    filling = threading.Thread(target=keep_full)
    filling.start()
    assert full.wait(PATIENCE_S)
    yield os.ttyname(slave)
    ended.set()
    filling.join()
    os.close(slave)
    os.close(master)


@pytest.mark.usefixtures("impatient", "patient_end")
@pytest.mark.parametrize("slug", WRITING)
def test_a_port_that_blocks_writes_is_lost_and_stop_is_quick(
    slug: str, blocked: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(port_owner, "_WRITE_TIMEOUT_S", 0.05)
    with at_work() as seconds:
        with owner(blocked, slug) as heard:
            assert "Write timeout" in heard.status(DeviceState.LOST).detail
            began = seconds()
        assert seconds() - began < 1.5  # so long one that hangs is waited for
    assert states(heard.rest()) == []


class Device(Protocol):
    def start(self) -> None: ...
    def stop(self) -> None: ...


@pytest.mark.usefixtures("patient_end")
@pytest.mark.parametrize(
    "make",
    [
        lambda path: SerialThermometer(path, FAMILIES["lu90614"], Heard().put),
        lambda path: SerialScanner(path, SCANNERS["gm65"], lambda event: None),
        lambda path: ThermalCamera(path, PICTURES["htpa32"], lambda view: None),
    ],
    ids=["thermometer", "scanner", "thermal"],
)
def test_stopping_while_a_write_blocks_leaves_no_thread_behind(
    make: Callable[[str], Device], blocked: str
) -> None:
    """With the time-outs of the gate: starting returns at once, and stopping within a write's time-out."""
    with at_work() as seconds:
        threads = active_count()
        device = make(blocked)
        device.start()
        assert seconds() < 0.9  # a write gives up after 1 s
        device.stop()
        assert seconds() < 3
        assert active_count() == threads


def test_the_lock_of_a_stopped_owner_is_free_for_the_next(tmp_path: Path) -> None:
    slug = "gy-mcu90614"
    with PtyThermometer(slug, person, interval_s=INTERVAL_S) as device:
        for _ in range(3):
            with owner(device.path, slug) as heard:
                assert states(heard.until(is_sample)) == [DeviceState.SEARCHING, DeviceState.WORKING]
