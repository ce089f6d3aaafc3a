"""The devices of the self-test without a gate: each is opened for a moment, as the gate opens it.

One that another program has open is left alone. A thermometer gets at most the question that its family asks
for a reading; nothing is set.
"""

from __future__ import annotations

from contextlib import closing, suppress
from itertools import islice
from threading import Event

from PySide6.QtCore import QCoreApplication, QObject

from station.commands.plugged_in import cameras
from station.core.model import DeviceState, DeviceStatus, Sample
from station.devices.camera import open_source
from station.devices.frame import Fault, SourceError
from station.devices.serial_port import SerialThermometer
from station.devices.thermometers import FAMILIES
from station.devices.usb_socket import port_at
from station.selftest import Camera, Serial
from station.selftesting import Devices
from station.settings import Settings
from station.ui.voice import player

LISTEN_S = 3.0  # to a family that is known
SEARCH_S = 14.0  # as long as finding one out takes
_WARM_UP = 8  # frames until a camera has found its exposure
_GONE = (Fault.NOT_FOUND, Fault.NO_PICTURES, Fault.NOT_A_PICTURE)


def opened_devices(settings: Settings) -> Devices:
    """What the devices that the settings name say now. Takes a few seconds."""
    scanner = Serial(settings.scanner is not None, _is_there(settings.scanner))
    return Devices(_camera(settings), _thermometer(settings), scanner, _sound())


def _camera(settings: Settings) -> Camera:
    source = settings.camera or next(iter(cameras()), None)
    if source is None:
        return Camera(there=False)
    try:
        with closing(open_source(source)) as frames:
            *_, frame = islice(frames, _WARM_UP)
    except SourceError as error:
        return Camera(error.fault not in _GONE, in_use=error.fault is Fault.NOT_OPENED)
    return Camera(True, 0.0, float(frame.image[::16, ::16].mean()))


def _thermometer(settings: Settings) -> Serial:
    address = settings.thermometer
    if address is None:
        return Serial(chosen=False)
    if not _is_there(address):
        return Serial(chosen=True)
    url, _, slug = address.partition(",")
    heard = _Heard()
    thermometer = SerialThermometer(url, FAMILIES.get(slug), heard.take)
    thermometer.start()
    heard.done.wait(LISTEN_S if slug else SEARCH_S)
    thermometer.stop()
    if heard.sample is None:
        return Serial(True, True, in_use=heard.lost)
    return Serial(True, True, 0.0, heard.sample.reading.value_c)


class _Heard:
    """The first reading, or that the port cannot be had."""

    def __init__(self) -> None:
        self.done = Event()
        self.sample: Sample | None = None
        self.lost = False

    def take(self, event: Sample | DeviceStatus) -> None:
        """Called in the thermometer's thread."""
        if isinstance(event, Sample):
            self.sample = event
        elif event.state is DeviceState.LOST:
            self.lost = True
        if self.sample or self.lost:
            self.done.set()


def _is_there(address: str | None) -> bool:
    """Whether something is plugged in at an address of the settings; of one on the network nobody knows."""
    url = (address or "").partition(",")[0]
    return "://" in url or (bool(url) and port_at(url) is not None)


def _sound() -> bool:
    """Whether there is a device to play on. Qt tells only to an application."""
    running = QCoreApplication.instance()
    application = running or QCoreApplication([])
    owner = QObject()
    try:
        return player(owner).is_heard
    finally:
        if running is None:
            with suppress(RuntimeError):
                application.shutdown()
