"""The devices of this PC for the set-up section: what is plugged in, what it says, and whom the gate uses.

Trying a device out uses the same classes as the gate, so that what is seen here is what the gate will see.
"""

from __future__ import annotations

import errno
import os
import re
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import closing
from pathlib import Path

import serial

from station.commands.plugged_in import cameras, serial_ports
from station.devices.detect import Detected, detect_on
from station.devices.looker import Looker
from station.devices.port_owner import PORT_ERRORS, open_port, short_name
from station.devices.scanners import SCANNERS
from station.devices.serial_port import SerialThermometer
from station.devices.serial_scanner import SerialScanner
from station.devices.thermometers import FAMILIES
from station.devices.usb_socket import SerialDevice, path_of
from station.settings import Settings
from station.ui.admin.bench import (
    Camera,
    Found,
    Hear,
    Port,
    SaveError,
    ScannerChoice,
    Stop,
    Trouble,
    TroubleError,
    Use,
)
from station.ui.admin.work import Progress

SEARCH_S = 13.0  # as long as `detect` takes when nothing answers
_VIDEO = Path("/sys/class/video4linux")
_SOCKET = re.compile(r"/(\d+-[\d.]+):\d")  # of a USB interface in sysfs, e.g. 1-1.2:1.0
_SERIAL_USES = (Use.THERMOMETER, Use.SECOND_THERMOMETER, Use.SCANNER)
_TROUBLES = {
    errno.EACCES: Trouble.NO_PERMISSION,
    errno.EPERM: Trouble.NO_PERMISSION,
    errno.EBUSY: Trouble.BUSY,
    errno.EAGAIN: Trouble.BUSY,  # flock(2) on a port that another program has locked
    errno.ENOENT: Trouble.GONE,
    errno.ENODEV: Trouble.GONE,
    errno.ENXIO: Trouble.GONE,
}

Changes = Mapping[str, str | None]


class DeviceSetup:
    """`ui.admin.bench.Bench` on the real devices.

    `save` writes settings and has the gate take them over; it raises SaveError. None: the gate's devices
    are emulated and there is nothing to save.
    """

    def __init__(
        self,
        settings: Callable[[], Settings],
        save: Callable[[Changes], None] | None,
        *,
        list_ports: Callable[[], Sequence[SerialDevice]] = serial_ports,
        list_cameras: Callable[[], Sequence[str]] = cameras,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self._settings, self._save = settings, save
        self._list_ports, self._list_cameras = list_ports, list_cameras
        self._monotonic = monotonic

    @property
    def can_save(self) -> bool:
        return self._save is not None

    @property
    def scanner_kinds(self) -> Sequence[ScannerChoice]:
        return [ScannerChoice(kind.slug, kind.title) for kind in SCANNERS.values()]

    def ports(self) -> Sequence[Port]:
        uses = self._uses()
        return [_port(device, uses) for device in self._list_ports()]

    def cameras(self) -> Sequence[Camera]:
        sources = list(self._list_cameras())
        chosen = self._settings().camera if self.can_save else ""
        used = _device(chosen) if chosen else (sources[:1] or [""])[0] if chosen is None else ""
        return [_camera(source, used) for source in sources]

    def search(self, port: Port, progress: Progress) -> Found | None:
        end = self._monotonic() + SEARCH_S

        def stopping() -> bool:
            progress.at(SEARCH_S - (end - self._monotonic()), SEARCH_S)
            return progress.cancelled

        try:
            with closing(open_port(port.address)) as opened:
                found = detect_on(opened, monotonic=self._monotonic, stopping=stopping)
        except PORT_ERRORS as error:
            raise TroubleError(_trouble(port, error), str(error)) from error
        progress.check()
        return Found(found.family.slug, found.family.title, found.baud) if found else None

    def listen(self, port: Port, found: Found, hear: Hear) -> Stop:
        family = Detected(FAMILIES[found.family], found.baud).tuned
        thermometer = SerialThermometer(port.address, family, hear)
        thermometer.start()
        return thermometer.stop

    def listen_for_codes(self, port: Port, kind: str, hear: Hear) -> Stop:
        scanner = SerialScanner(port.address, SCANNERS[kind], hear)
        scanner.start()
        return scanner.stop

    def look(self, camera: Camera, see: Hear) -> Stop:
        if "://" not in camera.source:
            _check_camera(Path(camera.source))
        looker = Looker(camera.source, see)
        looker.start()
        return looker.stop

    def use_thermometer(self, port: Port, found: Found, use: Use) -> None:
        self._keep(use, port, found.family)

    def use_scanner(self, port: Port, kind: str) -> None:
        self._keep(Use.SCANNER, port, kind)

    def use_camera(self, camera: Camera) -> None:
        self._write({Use.CAMERA.value: camera.source})

    def release(self, use: Use) -> None:
        self._write({use.value: None})

    def _keep(self, use: Use, port: Port, kind: str) -> None:
        """In this use, and in no other: one port is one device, by whichever of its names it was kept."""
        names = (port.address, port.path)
        others = {other.value: None for other, named in self._named().items() if _url(named) in names}
        self._write({**others, use.value: f"{port.address},{kind}"})

    def _write(self, changes: Changes) -> None:
        if self._save is None:
            raise SaveError("the devices of this gate are emulated")
        self._save(changes)

    def _named(self) -> dict[Use, str]:
        """The serial devices in the settings."""
        settings = self._settings()
        named = {use: getattr(settings, use.value) for use in _SERIAL_USES}
        return {use: address for use, address in named.items() if address}

    def _uses(self) -> dict[str, Use]:
        """Which of the gate's uses each address in the settings has."""
        return {_url(address): use for use, address in self._named().items()} if self.can_save else {}


def _url(address: str) -> str:
    return address.partition(",")[0]


def _port(device: SerialDevice, uses: Mapping[str, Use]) -> Port:
    named = next((name for name in (device.address, device.path) if name in uses), None)
    return Port(
        address=device.address,
        socket=f"USB {device.location}" if device.location else device.path,
        adapter=device.title.partition(",")[0] if device.location else "",
        path=device.path,
        use=uses[named] if named else None,
        spoken_of=short_name(named) if named else "",
    )


def _trouble(port: Port, error: Exception) -> Trouble:
    try:
        path_of(port.address)
    except serial.SerialException:
        return Trouble.GONE
    return _TROUBLES.get(getattr(error, "errno", None) or 0, Trouble.OTHER)


# --- cameras ----------------------------------------------------------------------------------


def _device(source: str) -> str:
    """The device that an index means; any other source as it is."""
    return f"/dev/video{source}" if source.isdecimal() else source


def _camera(source: str, used: str) -> Camera:
    real = Path(source).resolve()
    about = _VIDEO / real.name
    try:
        title = (about / "name").read_text(encoding="utf-8").strip()
    except OSError:
        title = real.name
    socket = _SOCKET.search(str(about.resolve()))
    in_use = bool(used) and Path(used).resolve() == real
    return Camera(source, title, f"USB {socket[1]}" if socket else "", in_use)


def _check_camera(path: Path) -> None:
    """Raises TroubleError for what can be known without opening it."""
    if not path.exists():
        raise TroubleError(Trouble.GONE, str(path))
    if not os.access(path, os.R_OK | os.W_OK):
        raise TroubleError(Trouble.NO_PERMISSION, str(path))
