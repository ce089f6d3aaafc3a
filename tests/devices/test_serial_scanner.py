"""The serial scanner's owner against an emulated GM65 on a real pseudo-terminal."""

from __future__ import annotations

import logging
import queue
import socket
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
import serial

from station.core.model import DeviceKind, DeviceState, DeviceStatus, Scan
from station.devices.emulators.scanner import PtyScanner
from station.devices.scanners import SCANNERS
from station.devices.scanners.gm65 import What, command
from station.devices.serial_scanner import SerialScanner
from tests.devices.clocks import Freezing, WorkingClock, at_work
from tests.patience import PATIENCE_S

CODE, OTHER = "https://kakou.invalid/hc?c=ABC123", "https://kakou.invalid/hc?c=DEF456"
AGAIN_S = 0.2  # a volunteer scans again when nothing happens
at_its_pace = WorkingClock()
fast_clock = WorkingClock(5)  # makes time-outs short

each_kind = pytest.mark.parametrize("slug", SCANNERS)
Event = Scan | DeviceStatus


class Heard:
    """What a scanner published, in order."""

    def __init__(self) -> None:
        self._events: queue.Queue[Event] = queue.Queue()
        self.put = self._events.put
        self.states: list[DeviceState] = []

    def next(self, timeout_s: float = PATIENCE_S) -> Event:
        """Raises queue.Empty when nothing comes."""
        event = self._events.get(timeout=timeout_s)
        if isinstance(event, DeviceStatus):
            assert event.kind is DeviceKind.SCANNER
            self.states.append(event.state)
        return event

    def status(self, state: DeviceState) -> DeviceStatus:
        """The next status of this state."""
        while True:
            event = self.next()
            if isinstance(event, DeviceStatus) and event.state is state:
                return event

    def scan(self, timeout_s: float = PATIENCE_S) -> Scan:
        """The next scan."""
        while True:
            event = self.next(timeout_s)
            if isinstance(event, Scan):
                return event

    def scan_of(self, device: PtyScanner, text: str) -> Scan:
        return self.scan_after(lambda: device.show(text))

    def scan_after(self, show: Callable[[], None]) -> Scan:
        """The first scan after somebody began to show a code, again and again."""
        deadline = time.monotonic() + PATIENCE_S
        while True:
            show()
            try:
                return self.scan(AGAIN_S)
            except queue.Empty:
                assert time.monotonic() < deadline, "the code was never heard"

    @property
    def nothing_more(self) -> bool:
        return self._events.empty()


@contextmanager
def owner(url: str, slug: str, clock: Callable[[], float] = at_its_pace) -> Iterator[Heard]:
    """A running scanner at `url`."""
    heard = Heard()
    scanner = SerialScanner(url, SCANNERS[slug], heard.put, monotonic=clock, elapsed=at_its_pace)
    scanner.start()
    try:
        yield heard
    finally:
        scanner.stop()


# --- the same for every kind --------------------------------------------------------------------


@each_kind
@pytest.mark.parametrize("tail", [b"\r", b"\r\n", b"\t", b""], ids=["CR", "CRLF", "TAB", "nothing"])
def test_a_code_is_a_scan_at_once_and_the_scanner_works(slug: str, tail: bytes) -> None:
    before = at_its_pace()
    with PtyScanner(tail=tail) as device, owner(device.path, slug) as heard:
        scan = heard.scan_of(device, CODE)
    assert (scan.text, scan.reader, scan.source) == (CODE, "scanner", "gm65")
    assert before <= scan.at <= at_its_pace()
    assert heard.states == [DeviceState.SEARCHING, DeviceState.WORKING]


@each_kind
def test_a_pulled_plug_is_said_once_and_after_the_return_codes_are_heard(slug: str) -> None:
    with PtyScanner() as device, owner(device.path, slug) as heard:
        heard.scan_of(device, CODE)
        device.unplug()
        heard.status(DeviceState.LOST)
        device.replug()
        assert heard.scan_of(device, OTHER).text == OTHER
    back = heard.states[heard.states.index(DeviceState.LOST) + 1 :]
    assert (
        back
        == {
            "gm65": [DeviceState.WORKING],
            "lines": [DeviceState.SEARCHING, DeviceState.WORKING],  # its first code shows that it works
        }[slug]
    )


@each_kind
def test_the_other_speed_is_found(slug: str) -> None:
    with PtyScanner(baud=115200) as device, owner(device.path, slug, fast_clock) as heard:
        assert heard.scan_of(device, CODE).text == CODE


@each_kind
def test_a_code_held_before_a_scanner_without_trigger_is_one_scan(slug: str) -> None:
    now = [1000.0]
    with PtyScanner() as device, owner(device.path, slug, lambda: now[0]) as heard:
        heard.scan_of(device, CODE)
        now[0] += 1.9
        device.show(CODE)
        assert heard.scan_of(device, OTHER).text == OTHER  # in order, so the code before it was no scan
        assert heard.scan_of(device, CODE).text == CODE  # it comes back after somebody else
        now[0] += 2.1
        assert heard.scan_of(device, CODE).text == CODE  # and again, after it had left


@each_kind
def test_a_code_from_before_the_opening_never_acts(slug: str) -> None:
    with PtyScanner() as device:
        device.show(CODE)
        with owner(device.path, slug) as heard:
            assert heard.scan_of(device, OTHER).text == OTHER


@each_kind
def test_a_code_shown_while_the_program_stood_still_never_acts(slug: str) -> None:
    """Its owner gave up long ago: whoever steps up now must not be measured under it."""
    clock, heard = Freezing(), Heard()
    with PtyScanner(slug=slug) as device:
        scanner = SerialScanner(device.path, SCANNERS[slug], heard.put, monotonic=at_its_pace, elapsed=clock)
        scanner.start()
        try:
            heard.scan_of(device, OTHER)
            with clock.stands_still(120.0):
                device.show(CODE)
            assert heard.scan_of(device, OTHER + "2").text == OTHER + "2"
        finally:
            scanner.stop()


@each_kind
def test_noise_costs_no_code_once_the_speed_is_known(slug: str) -> None:
    with PtyScanner() as device, owner(device.path, slug) as heard:
        heard.scan_of(device, CODE)
        device.inject(b"\xff\x00\x13\r")
        device.show(OTHER)
        assert heard.scan().text == OTHER
        assert heard.nothing_more


@each_kind
def test_no_code_is_ever_in_the_log(slug: str, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    with PtyScanner() as device, owner(device.path, slug) as heard:
        heard.scan_of(device, CODE)
        device.inject(CODE.encode() + b"\x00\r")
        heard.scan_of(device, OTHER)
    assert "control" in caplog.text
    assert "kakou.invalid" not in caplog.text


@pytest.mark.usefixtures("patient_end")
@each_kind
def test_stop_is_quick(slug: str) -> None:
    with PtyScanner() as device:
        scanners = [SerialScanner(url, SCANNERS[slug], Heard().put) for url in (device.path, "/dev/no-such")]
        for scanner in scanners:
            scanner.start()
        with at_work() as seconds:
            for scanner in scanners:
                scanner.stop()
            assert seconds() < 1.5  # so long one that hangs is waited for


# --- health -------------------------------------------------------------------------------------


def test_a_gm65_is_known_to_work_before_its_first_code() -> None:
    with PtyScanner() as device, owner(device.path, "gm65") as heard:
        assert heard.status(DeviceState.WORKING).detail == "9600 baud"
    assert heard.states == [DeviceState.SEARCHING, DeviceState.WORKING]


def test_an_open_port_without_a_gm65_behind_it_is_silent() -> None:
    with owner("loop://", "gm65", fast_clock) as heard:  # it answers with our own words
        assert heard.status(DeviceState.SILENT).detail.startswith("no answer at ")


def test_a_gm65_that_comes_loose_behind_its_adapter_is_missed_and_found_again() -> None:
    with PtyScanner() as device, owner(device.path, "gm65", fast_clock) as heard:
        heard.status(DeviceState.WORKING)
        device.deaf = True
        heard.status(DeviceState.SILENT)
        device.deaf = False
        heard.status(DeviceState.WORKING)
        assert heard.scan_of(device, CODE).text == CODE


def test_a_gm65_that_comes_back_at_its_other_speed_is_found_again() -> None:
    """Somebody scanned the sheet that sets it back, or another one took its place behind the same adapter."""
    with PtyScanner() as device, owner(device.path, "gm65", fast_clock) as heard:
        heard.scan_of(device, CODE)
        device.set_speed(115200)
        heard.status(DeviceState.SILENT)
        assert heard.scan_of(device, OTHER).text == OTHER


def test_a_scanner_behind_a_network_adapter_is_heard() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        host, port = server.getsockname()
        with owner(f"socket://{host}:{port}", "lines") as heard:
            client, _ = server.accept()
            with client:
                scan = heard.scan_after(lambda: client.sendall(CODE.encode() + b"\r"))
                assert (scan.text, scan.source) == (CODE, f"{host}:{port}")
            heard.status(DeviceState.LOST)


# --- the emulator -------------------------------------------------------------------------------


def test_the_emulated_gm65_answers_as_the_manual_says() -> None:
    with PtyScanner() as device, serial.Serial(device.path, 9600, timeout=PATIENCE_S) as port:

        def answer(sent: bytes, size: int) -> str:
            port.write(sent)
            return port.read(size).hex(" ").upper()

        assert answer(command(What.READ, 0x000A, 1), 7) == "02 00 00 01 00 33 31"
        assert answer(command(What.WRITE, 0x000A, 0x3E), 7) == "02 00 00 01 00 33 31"
        assert answer(command(What.READ, 0x000A, 1), 7) == "02 00 00 01 3E E4 AC"
        assert answer(command(What.READ, 0x002A, 2), 8) == "02 00 00 02 39 01 C1 4C"
        assert answer(command(What.SAVE), 7) == "02 00 00 01 00 33 31"
        assert answer(command(What.HEARTBEAT), 7) == "03 00 00 01 00 33 31"
        assert answer(bytes.fromhex("7E 00 07 01 00 00 01 AB CD"), 7)[:11] == "02 00 00 01"
        port.timeout = 0.1
        assert answer(bytes.fromhex("7E 00 07 01 00 00 01 AB CE"), 1) == ""
