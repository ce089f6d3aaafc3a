"""What the set-up section is told of ports: emulated instruments on pseudo-terminals, and troubles."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from queue import SimpleQueue

import pytest
import serial

from station import device_setup
from station.core.model import DeviceEvent, DeviceState, DeviceStatus, Reading, Sample, Site, View
from station.device_setup import DeviceSetup
from station.devices.emulators.thermometer import PtyThermometer
from station.devices.usb_socket import SerialDevice
from station.settings import Settings
from station.ui.admin.bench import Camera, Port, SaveError, Trouble, TroubleError, Use
from station.ui.admin.work import CancelledError, Progress
from tests.patience import PATIENCE_S

PERSON = Reading(36.5, Site.OBJECT, 22.5)


def adapter(path: str, location: str | None = "1-1.2") -> SerialDevice:
    return SerialDevice(path, "USB Serial", "1a86:7523", location)


def port(path: str) -> Port:
    """A port without a USB socket: its path is its address."""
    return Port(path, path, "", path)


class Gate:
    """The settings of a gate, and what was written to them."""

    def __init__(self, settings: Settings | None = None, ports: tuple[SerialDevice, ...] = ()) -> None:
        self.settings = settings or Settings()
        self.written: list[dict[str, str | None]] = []
        self.bench = DeviceSetup(
            lambda: self.settings,
            lambda changes: self.written.append(dict(changes)),
            list_ports=lambda: ports,
            list_cameras=lambda: ["/dev/null", "/dev/zero"],
        )


@pytest.fixture
def instrument() -> Iterator[PtyThermometer]:
    with PtyThermometer("gy-mcu90614", lambda seconds: PERSON, interval_s=0.02) as plugged:
        yield plugged


def quiet() -> Progress:
    return Progress(lambda part: None)


def test_a_port_is_named_by_its_socket_and_kept_by_it() -> None:
    gate = Gate(ports=(adapter("/dev/ttyUSB3"),))
    (found,) = gate.bench.ports()
    assert (found.address, found.socket, found.adapter) == ("usb:1-1.2", "USB 1-1.2", "CH340")
    assert found.use is None


@pytest.mark.parametrize("kept", ["usb:1-1.2,lu90614", "usb:1-1.2", "/dev/ttyUSB3,lu90614"])
def test_a_port_in_the_settings_is_in_use_however_it_is_written(kept: str) -> None:
    gate = Gate(Settings(thermometer_2=kept), (adapter("/dev/ttyUSB3"),))
    (found,) = gate.bench.ports()
    assert found.use is Use.SECOND_THERMOMETER
    assert found.spoken_of in ("usb:1-1.2", "ttyUSB3")


def test_an_instrument_is_found_and_its_reading_heard(instrument: PtyThermometer) -> None:
    bench, heard, steps = Gate().bench, SimpleQueue[DeviceEvent](), list[float]()
    found = bench.search(port(instrument.path), Progress(steps.append))
    assert found is not None
    assert (found.family, found.baud) == ("gy-mcu90614", 9600)
    assert steps
    stop = bench.listen(port(instrument.path), found, heard.put)
    try:
        assert _first(heard, Sample).reading == PERSON
    finally:
        stop()
    with serial.Serial(instrument.path, exclusive=True):
        pass  # it is free again for the gate


def _first(heard: SimpleQueue[DeviceEvent], kind: type[Sample]) -> Sample:
    while True:
        event = heard.get(timeout=PATIENCE_S)
        if isinstance(event, kind):
            return event


def test_a_search_that_is_told_to_stop_stops_at_once() -> None:
    first, second = os.openpty()
    progress = quiet()
    progress.cancel()
    with pytest.raises(CancelledError):
        Gate().bench.search(port(os.ttyname(second)), progress)
    os.close(first)
    os.close(second)


def test_a_port_that_another_program_holds_is_busy(instrument: PtyThermometer) -> None:
    with serial.Serial(instrument.path, exclusive=True), pytest.raises(TroubleError) as caught:
        Gate().bench.search(port(instrument.path), quiet())
    assert caught.value.trouble is Trouble.BUSY


@pytest.mark.parametrize("address", ["/dev/ttyUSB77", "usb:9-9.9"])
def test_a_port_that_is_not_there_is_gone(address: str) -> None:
    with pytest.raises(TroubleError) as caught:
        Gate().bench.search(port(address), quiet())
    assert caught.value.trouble is Trouble.GONE


@pytest.mark.parametrize(
    ("number", "trouble"),
    [(13, Trouble.NO_PERMISSION), (16, Trouble.BUSY), (19, Trouble.GONE), (5, Trouble.OTHER)],
)
def test_what_the_system_says_is_understood(
    monkeypatch: pytest.MonkeyPatch, number: int, trouble: Trouble
) -> None:
    def refuse(url: str) -> serial.Serial:
        raise serial.SerialException(number, os.strerror(number))

    monkeypatch.setattr(device_setup, "open_port", refuse)
    with pytest.raises(TroubleError) as caught:
        Gate().bench.search(port("/dev/ttyUSB0"), quiet())
    assert caught.value.trouble is trouble


def test_an_adapter_that_is_pulled_out_during_the_search_is_gone(monkeypatch: pytest.MonkeyPatch) -> None:
    """What pyserial raises then depends on the call: bare OSError, termios.error, TypeError …"""
    first, second = os.openpty()
    path = os.ttyname(second)
    os.close(second)

    def pulled_out(opened: serial.Serial, **how: object) -> None:
        os.close(first)
        opened.reset_input_buffer()

    monkeypatch.setattr(device_setup, "detect_on", pulled_out)
    with pytest.raises(TroubleError):
        Gate().bench.search(port(path), quiet())


def keep(gate: Gate, act: Callable[[DeviceSetup], None]) -> dict[str, str | None]:
    act(gate.bench)
    return gate.written[-1]


def test_what_is_kept_is_the_socket_with_the_family(instrument: PtyThermometer) -> None:
    gate = Gate(ports=(adapter(instrument.path),))
    found = gate.bench.search(port(instrument.path), quiet())
    assert found is not None
    (plugged,) = gate.bench.ports()
    written = keep(gate, lambda bench: bench.use_thermometer(plugged, found, Use.THERMOMETER))
    assert written == {"thermometer": "usb:1-1.2,gy-mcu90614"}


def test_one_port_is_one_device() -> None:
    """The first instrument's port becomes the scanner's: it is no thermometer any more."""
    gate = Gate(Settings(thermometer="usb:1-1.2,lu90614"), (adapter("/dev/ttyUSB3"),))
    (plugged,) = gate.bench.ports()
    written = keep(gate, lambda bench: bench.use_scanner(plugged, "gm65"))
    assert written == {"thermometer": None, "scanner": "usb:1-1.2,gm65"}


def test_a_port_that_the_settings_name_by_its_path_is_one_device_as_well() -> None:
    gate = Gate(Settings(thermometer="/dev/ttyUSB3,lu90614"), (adapter("/dev/ttyUSB3"),))
    (plugged,) = gate.bench.ports()
    written = keep(gate, lambda bench: bench.use_scanner(plugged, "gm65"))
    assert written == {"thermometer": None, "scanner": "usb:1-1.2,gm65"}


def test_a_device_goes_out_of_use() -> None:
    gate = Gate(Settings(scanner="usb:1-1.2,gm65"))
    assert keep(gate, lambda bench: bench.release(Use.SCANNER)) == {"scanner": None}


def test_emulated_devices_are_not_in_the_settings_and_nothing_is_saved() -> None:
    bench = DeviceSetup(
        lambda: Settings(thermometer="usb:1-1.2"), None, list_ports=lambda: [adapter("/dev/ttyUSB3")],
        list_cameras=lambda: ["/dev/null"],
    )  # fmt: skip
    assert not bench.can_save
    assert bench.ports()[0].use is None
    assert not bench.cameras()[0].in_use
    with pytest.raises(SaveError):
        bench.release(Use.SCANNER)


@pytest.mark.parametrize(("chosen", "used"), [(None, 0), ("/dev/zero", 1), ("rtsp://camera", None)])
def test_the_camera_in_use_is_the_chosen_or_else_the_first(chosen: str | None, used: int | None) -> None:
    cameras = Gate(Settings(camera=chosen)).bench.cameras()
    assert [camera.in_use for camera in cameras] == [number == used for number in range(2)]


def test_a_camera_has_a_title_even_if_the_system_has_none_for_it() -> None:
    assert [camera.title for camera in Gate().bench.cameras()] == ["null", "zero"]


def test_a_camera_that_is_gone_is_said_before_it_is_opened() -> None:
    with pytest.raises(TroubleError) as caught:
        Gate().bench.look(Camera("/dev/video77", "", ""), lambda event: None)
    assert caught.value.trouble is Trouble.GONE


def test_a_camera_is_looked_at_until_it_is_stopped(tmp_path: Path) -> None:
    """A folder of pictures stands for a camera."""
    import numpy as np

    from station.devices.opencv import cv2

    cv2.imwrite(str(tmp_path / "gate.png"), np.full((120, 160, 3), 99, np.uint8))
    heard = SimpleQueue[DeviceEvent]()
    stop = Gate().bench.look(Camera(str(tmp_path), "", ""), heard.put)
    try:
        while not isinstance(heard.get(timeout=PATIENCE_S), View):
            pass
    finally:
        stop()


def test_a_scanner_is_tried_out_with_the_gates_own_class(instrument: PtyThermometer) -> None:
    heard = SimpleQueue[DeviceEvent]()
    stop = Gate().bench.listen_for_codes(port("/dev/ttyUSB77"), "lines", heard.put)
    try:
        states = [heard.get(timeout=PATIENCE_S) for _ in range(2)]
    finally:
        stop()
    assert [event.state for event in states if isinstance(event, DeviceStatus)] == [
        DeviceState.SEARCHING,
        DeviceState.LOST,
    ]
