"""What the set-up section needs of the devices, without knowing them: `station.device_setup` fills it in."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from station.core.model import DeviceEvent
from station.ui.admin.work import Progress


class Use(StrEnum):
    """What a device does at this gate; the values are names of settings."""

    CAMERA = "camera"
    THERMOMETER = "thermometer"
    SECOND_THERMOMETER = "thermometer_2"
    SCANNER = "scanner"


class Trouble(StrEnum):
    """Why a device cannot be opened."""

    BUSY = "busy"  # another program holds it
    NO_PERMISSION = "no_permission"  # this user may not
    GONE = "gone"  # it is not plugged in any more
    OTHER = "other"


class TroubleError(Exception):
    """A device that cannot be opened. `detail` is technical, and holds nothing personal."""

    def __init__(self, trouble: Trouble, detail: str = "") -> None:
        super().__init__(detail)
        self.trouble, self.detail = trouble, detail


class SaveError(Exception):
    """The settings could not be written, or the gate could not take them over; the message says why."""


@dataclass(frozen=True, slots=True)
class Port:
    """A serial port with something plugged in."""

    address: str  # what is kept in the settings: the USB socket, or else the path
    socket: str  # for a person with the plug in hand, e.g. USB 1-1.2
    adapter: str  # what is written on the chip, e.g. CH340; "" if nobody knows
    path: str
    use: Use | None = None  # by the gate, now
    spoken_of: str = ""  # how the gate calls the device in what it publishes; "" if it is not in use


@dataclass(frozen=True, slots=True)
class Camera:
    """A camera that is plugged in."""

    source: str  # what is kept in the settings
    title: str
    socket: str  # "" if it has none
    in_use: bool = False


@dataclass(frozen=True, slots=True)
class Found:
    """Which thermometer is on a port."""

    family: str  # its slug
    title: str
    baud: int


@dataclass(frozen=True, slots=True)
class ScannerChoice:
    kind: str  # its slug
    title: str


Stop = Callable[[], None]
Hear = Callable[[DeviceEvent], None]


class Bench(Protocol):
    """The devices of this PC. `hear` is called from threads of their own."""

    @property
    def can_save(self) -> bool:
        """Not while the devices of the gate are emulated."""

    @property
    def scanner_kinds(self) -> Sequence[ScannerChoice]: ...

    def ports(self) -> Sequence[Port]: ...

    def cameras(self) -> Sequence[Camera]: ...

    def search(self, port: Port, progress: Progress) -> Found | None:
        """Find out what is on a port that is not in use; only reads. Takes up to 13 s.

        Called in a thread of its own. Raises TroubleError, and CancelledError.
        """

    def listen(self, port: Port, found: Found, hear: Hear) -> Stop:
        """Have the readings of that thermometer until `Stop` is called."""

    def listen_for_codes(self, port: Port, kind: str, hear: Hear) -> Stop:
        """Have the codes of a scanner of that kind on a port."""

    def look(self, camera: Camera, see: Hear) -> Stop:
        """Have the pictures of a camera that is not in use. Raises TroubleError."""

    def use_thermometer(self, port: Port, found: Found, use: Use) -> None:
        """Keep it in the settings; the gate takes it over at once. Raises SaveError."""

    def use_scanner(self, port: Port, kind: str) -> None: ...

    def use_camera(self, camera: Camera) -> None: ...

    def release(self, use: Use) -> None:
        """The gate does without. Raises SaveError."""
