"""The serial thermometer's owner against emulated thermometers on real pseudo-terminals."""

from __future__ import annotations

import logging
import socket
import termios
import threading
import time
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import serial

from station.core.model import DeviceState, DeviceStatus, FrameError, Reading, Sample, Site
from station.devices.emulators.thermometer import PtyThermometer
from station.devices.port_owner import BadFrameLog
from station.devices.serial_port import SerialThermometer
from station.devices.thermometers import FAMILIES
from station.devices.usb_socket import list_ports
from tests.devices.clocks import Freezing, at_work
from tests.devices.owner import (
    INTERVAL_S,
    NO_SPEED,
    PERSON,
    Heard,
    at_its_pace,
    each_family,
    fast_clock,
    hasty_clock,
    is_sample,
    is_state,
    owner,
    person,
    states,
)
from tests.patience import PATIENCE_S

STREAMING = [slug for slug, family in FAMILIES.items() if family.query is None]
SHORTLY_AFTER = 3  # readings

# --- the same for every family ----------------------------------------------------------------


@pytest.mark.usefixtures("impatient")
@each_family
def test_a_person_is_read_and_only_then_the_thermometer_works(slug: str) -> None:
    before = fast_clock()
    with (
        PtyThermometer(slug, person, interval_s=INTERVAL_S) as device,
        owner(device.path, slug, fast_clock) as heard,
    ):
        events = heard.until(is_sample)
        assert states(events) == [DeviceState.SEARCHING, DeviceState.WORKING]
        for sample in [events[-1], *heard.until(is_sample)]:
            assert isinstance(sample, Sample)
            assert sample.reading.value_c == PERSON.value_c
            assert sample.reading.ambient_c in (PERSON.ambient_c, None)
            assert (sample.instrument.name, sample.instrument.family) == (slug, slug)
            assert sample.instrument.emulated
            assert before <= sample.at <= fast_clock()


@pytest.mark.usefixtures("impatient")
@each_family
def test_a_pulled_plug_is_said_once_and_the_return_once(slug: str) -> None:
    with (
        PtyThermometer(slug, person, interval_s=INTERVAL_S) as device,
        owner(device.path, slug, fast_clock) as heard,
    ):
        heard.until(is_sample)
        device.unplug()
        lost = heard.until(is_state(DeviceState.LOST))
        assert states(lost) == [DeviceState.LOST]
        device.replug()
        back = heard.until(is_sample)
        assert states(back) == [DeviceState.WORKING]
        assert states(heard.until(is_sample)) == []


class Queue:
    """Who stands before the sensor, and how often each was told."""

    def __init__(self, *people: float) -> None:
        self._people, self._told, self._lock = list(people), 0, threading.Condition()

    def __call__(self, _at: float) -> Reading:
        with self._lock:
            self._told += 1
            self._lock.notify()
            return replace(PERSON, value_c=self._people[0])

    def moves_on(self) -> None:
        """Once whoever is in front has been told some times."""
        with self._lock:
            del self._people[0]
            self._told = 0
            assert self._lock.wait_for(lambda: self._told >= SHORTLY_AFTER, PATIENCE_S)


@pytest.mark.parametrize("slug", STREAMING)
def test_a_reading_from_while_the_program_stood_still_never_acts(slug: str) -> None:
    """Of somebody who has gone: whoever steps up now, with a fever, would be let through with it."""
    still, queue = Freezing(), Queue(35.5, 36.5, 38.5)
    with (
        PtyThermometer(slug, queue, interval_s=INTERVAL_S) as device,
        owner(device.path, slug, still=still) as heard,
    ):
        heard.until(is_sample)
        with still.stands_still(120.0):
            queue.moves_on()
            queue.moves_on()
        events = heard.until(lambda event: isinstance(event, Sample) and event.reading.value_c == 38.5)

    assert {event.reading.value_c for event in events if isinstance(event, Sample)} <= {35.5, 38.5}


@pytest.mark.usefixtures("impatient")
@each_family
def test_a_wrong_speed_is_silence_not_a_temperature(slug: str) -> None:
    with (
        PtyThermometer(slug, person, baud=NO_SPEED, interval_s=INTERVAL_S) as device,
        owner(device.path, slug, hasty_clock) as heard,
    ):
        events = heard.until(is_state(DeviceState.SILENT))
        assert states(events) == [DeviceState.SEARCHING, DeviceState.SILENT]
        assert not any(is_sample(event) for event in events)


@pytest.mark.usefixtures("impatient")
@each_family
def test_garbage_on_the_line_costs_at_most_a_frame(slug: str) -> None:
    with (
        PtyThermometer(slug, person, interval_s=INTERVAL_S) as device,
        owner(device.path, slug, fast_clock) as heard,
    ):
        heard.until(is_sample)
        device.inject(b"\x5a\x5a\x45\x04\xfe\xaa\x00Object = 99.99")
        heard.until(is_sample)
        events = heard.until(is_sample)
        assert states(events) == []
        assert isinstance(events[-1], Sample)
        assert events[-1].reading.value_c == PERSON.value_c


@pytest.mark.usefixtures("patient_end")
@each_family
def test_stop_is_quick_while_reading_and_while_waiting_for_the_return(slug: str) -> None:
    thermometer = SerialThermometer("/dev/kakou-no-such-port", FAMILIES[slug], Heard().put)
    with PtyThermometer(slug, person, interval_s=INTERVAL_S) as device:
        reading = SerialThermometer(device.path, FAMILIES[slug], Heard().put)
        for running in (thermometer, reading):
            running.start()
        with at_work() as seconds:
            for running in (thermometer, reading):
                running.stop()
            assert seconds() < 1.5  # so long one that hangs is waited for


# --- opening ----------------------------------------------------------------------------------


def test_the_other_speed_is_tried_when_nothing_valid_arrives() -> None:
    slug = "gy-mcu90614"
    with (
        PtyThermometer(slug, person, baud=115200, interval_s=INTERVAL_S) as device,
        owner(device.path, slug, fast_clock) as heard,
    ):
        events = heard.until(is_sample)
        assert states(events) == [DeviceState.SEARCHING, DeviceState.SILENT, DeviceState.WORKING]
        assert isinstance(events[-2], DeviceStatus)
        assert events[-2].detail == "115200 baud"
        device.unplug()
        heard.until(is_state(DeviceState.LOST))
        device.replug()
        assert states(heard.until(is_sample)) == [DeviceState.WORKING]  # the speed is remembered


def test_a_second_owner_is_turned_away_and_the_first_goes_on() -> None:
    slug = "gy-mcu90614"
    with PtyThermometer(slug, person, interval_s=INTERVAL_S) as device, owner(device.path, slug) as first:
        first.until(is_sample)
        with owner(device.path, slug) as second:
            assert "exclusively lock" in second.status(DeviceState.LOST).detail
        first.rest()
        assert states(first.until(is_sample)) == []


def test_failing_in_several_ways_is_still_one_loss(monkeypatch: pytest.MonkeyPatch) -> None:
    """What pyserial raises depends on the call that meets the unplugged port first."""
    errors = [termios.error(5, "Input/output error"), TypeError("'NoneType' is no file descriptor")]
    open_port = serial.serial_for_url

    def fail_first(*args: Any, **options: Any) -> serial.Serial:
        if errors:
            raise errors.pop()
        return open_port(*args, **options)

    monkeypatch.setattr(serial, "serial_for_url", fail_first)
    slug = "gy-mcu90614"
    with PtyThermometer(slug, person, interval_s=INTERVAL_S) as device, owner(device.path, slug) as heard:
        events = heard.until(is_sample)
    assert states(events) == [DeviceState.SEARCHING, DeviceState.LOST, DeviceState.WORKING]


def test_a_missing_port_is_lost_and_says_why() -> None:
    with owner("/dev/kakou-no-such-port", "lu90614") as heard:
        assert "No such file" in heard.status(DeviceState.LOST).detail


def test_a_wrong_url_is_lost_and_says_why() -> None:
    with owner("nonsense://port", "lu90614") as heard:
        assert "nonsense" in heard.status(DeviceState.LOST).detail


def test_a_thermometer_behind_a_network_adapter_is_read() -> None:
    frame = FAMILIES["gy-mcu90614"].encode(PERSON)
    with socket.create_server(("127.0.0.1", 0)) as server:
        host, port = server.getsockname()
        with owner(f"socket://{host}:{port}", "gy-mcu90614") as heard:
            client, _ = server.accept()
            with client:
                client.settimeout(PATIENCE_S)
                assert client.recv(3) == FAMILIES["gy-mcu90614"].start  # what came earlier is flushed
                client.sendall(frame)
                sample = heard.until(is_sample)[-1]
            assert states(heard.until(is_state(DeviceState.LOST))) == [DeviceState.LOST]
    assert isinstance(sample, Sample)
    assert sample.reading == PERSON
    assert sample.instrument.name == f"{host}:{port}"


# --- a family that nobody named ---------------------------------------------------------------


def test_a_thermometer_of_unknown_family_is_found_read_and_remembered() -> None:
    with (
        PtyThermometer("cjmcu-90614", person, baud=9600, interval_s=INTERVAL_S) as device,
        owner(device.path, None, fast_clock) as heard,
    ):
        events = heard.until(is_sample)
        assert states(events) == [DeviceState.SEARCHING, DeviceState.WORKING]
        device.unplug()
        heard.until(is_state(DeviceState.LOST))
        device.replug()
        sample = heard.until(is_sample)[-1]
    assert isinstance(sample, Sample)
    assert sample.instrument.family == "cjmcu-90614"
    assert sample.reading == PERSON


def test_a_port_on_which_no_thermometer_is_found_is_silent_and_searched_again() -> None:
    with owner("loop://", None, lambda: time.monotonic() * 100) as heard:
        assert heard.status(DeviceState.SILENT).detail == "no thermometer that we know answers"
        assert states(heard.rest()) == []


# --- settings of the line ---------------------------------------------------------------------


def test_the_parity_of_the_family_is_set(monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[serial.Serial] = []
    open_port = serial.serial_for_url

    def remember(*args: Any, **options: Any) -> serial.Serial:
        opened.append(open_port(*args, **options))
        return opened[-1]

    monkeypatch.setattr(serial, "serial_for_url", remember)
    heard = Heard()
    impac = SerialThermometer(
        "loop://", FAMILIES["impac"], heard.put, reject=heard.put, monotonic=at_its_pace
    )
    impac.start()
    try:
        echo = heard.until(lambda event: isinstance(event, FrameError))[-1]
    finally:
        impac.stop()
    assert echo == FrameError("malformed", b"00ms")  # the question itself, which a loop gives back
    assert (opened[0].parity, opened[0].baudrate) == ("E", 19200)


def test_a_port_without_parity_is_lost_and_not_read_wrongly() -> None:
    heard = Heard()
    with PtyThermometer("impac", person, interval_s=INTERVAL_S) as device:
        impac = SerialThermometer(device.path, FAMILIES["impac"], heard.put)
        impac.start()
        try:
            assert "Invalid argument" in heard.status(DeviceState.LOST).detail
        finally:
            impac.stop()


class NoisyAtFirst(PtyThermometer):
    """One byte too many comes with the first two answers."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self._noise = [b"\x05", b"\x05"]

    def answer(self, heard: bytes) -> bytes:
        said = super().answer(heard)
        return said + self._noise.pop() if said and self._noise else said


def test_an_answer_told_by_its_size_counts_only_if_it_comes_alone() -> None:
    with (
        NoisyAtFirst("optris", person, interval_s=INTERVAL_S) as device,
        owner(device.path, "optris", fast_clock) as heard,
    ):
        events = heard.until(is_sample)
    errors = [event for event in events if isinstance(event, FrameError)]
    assert errors == [FrameError("not_alone", FAMILIES["optris"].encode(PERSON) + b"\x05")] * 2
    assert isinstance(events[-1], Sample)
    assert events[-1].reading.value_c == PERSON.value_c


# --- health -----------------------------------------------------------------------------------


def test_an_open_port_without_a_thermometer_behind_it_is_silent() -> None:
    with owner("loop://", "ascii-bridge", fast_clock) as heard:
        silent = heard.status(DeviceState.SILENT)
        assert silent.detail == "0 bytes without a reading at 9600 baud"


def test_a_fault_that_the_instrument_tells_of_is_its_status() -> None:
    def broken(_at: float) -> Reading:
        return Reading(float("nan"), Site.OBJECT, float("nan"))

    with (
        PtyThermometer("ascii-bridge", broken, interval_s=INTERVAL_S) as device,
        owner(device.path, "ascii-bridge") as heard,
    ):
        heard.until(lambda event: isinstance(event, FrameError) and event.reason == "not_a_number")
        device.inject(b"Error connecting to MLX sensor. Check wiring.\r\n")
        fault = "Error connecting to MLX sensor. Check wiring."  # on a busy machine it was silent before
        heard.until(lambda event: isinstance(event, DeviceStatus) and event.detail == fault)


def test_readings_from_before_the_opening_never_act() -> None:
    """A fever that lay unread in the port's buffer is not the next person's."""
    slug = "lu90614"  # it speaks only when asked, so nothing but the old frame could come first
    fever = FAMILIES[slug].encode(Reading(39.5, Site.OBJECT))
    with PtyThermometer(slug, person, interval_s=INTERVAL_S) as device:
        device.inject(fever)
        with owner(device.path, slug) as heard:
            sample = heard.until(is_sample)[-1]
    assert isinstance(sample, Sample)
    assert sample.reading.value_c == PERSON.value_c


@pytest.mark.usefixtures("impatient")
def test_another_model_in_the_socket_of_one_that_was_found_out_is_found_out_too(tmp_path: Path) -> None:
    socket = tmp_path / "socket"
    with (
        PtyThermometer("gy-mcu90614", person, interval_s=INTERVAL_S) as former,
        PtyThermometer("lu90614", person, interval_s=INTERVAL_S) as other,
    ):
        socket.symlink_to(former.path)
        with owner(str(socket), None, fast_clock) as heard:
            heard.until(is_sample)
            socket.unlink()
            former.unplug()
            socket.symlink_to(other.path)
            sample = heard.until(
                lambda event: isinstance(event, Sample) and event.instrument.family == "lu90614"
            )
            assert DeviceState.LOST in states(sample)


def test_loss_and_return_take_one_log_line_each(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO, "station.devices.port_owner")
    with PtyThermometer("lu90614", person) as device, owner(device.path, "lu90614") as heard:
        heard.until(is_sample)
        caplog.clear()
        device.unplug()
        heard.until(is_state(DeviceState.LOST))
        device.replug()
        heard.until(is_sample)
    assert [record.levelname for record in caplog.records] == ["WARNING", "INFO"]


def test_bad_frames_take_one_log_line_a_minute(caplog: pytest.LogCaptureFixture) -> None:
    log = BadFrameLog("thermometer ttyUSB0")
    for second in range(61):
        log.add("checksum", now=float(second))
    assert [record.message for record in caplog.records] == [
        "thermometer ttyUSB0: 1 bad frames, last: checksum",
        "thermometer ttyUSB0: 60 bad frames, last: checksum",
    ]


def test_the_ports_of_this_pc_can_be_listed() -> None:
    assert all(port.path for port in list_ports())
