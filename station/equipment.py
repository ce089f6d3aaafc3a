"""The devices of a lane: what they have in common, and the real ones by the addresses of the settings.

A device has a thread of its own and publishes into `Post`. None means: none is connected.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol, TypeAlias

from station.core.model import DeviceEvent, DeviceStatus
from station.devices.barrier_keeper import KeptBarrier
from station.devices.port_owner import short_name
from station.devices.relays import CHANNELS, RELAYS
from station.devices.scanners import SCANNERS
from station.devices.serial_port import SerialThermometer
from station.devices.serial_scanner import SerialScanner
from station.devices.thermal import PICTURES
from station.devices.thermal_camera import ThermalCamera
from station.devices.thermometers import FAMILIES
from station.settings import SettingsError

if TYPE_CHECKING:  # with all kinds of codes, after the first picture
    from station.judge import LiveJudge

USUAL_PICTURES = "gy-mcu90640"


class Device(Protocol):
    """Anything with a thread of its own."""

    def start(self) -> None: ...
    def stop(self) -> None: ...


class Barrier(Device, Protocol):
    """What opens the way; it never waits."""

    def open(self, decided_at: float) -> None:
        """For one person, of a verdict at this second of `time.monotonic`; of the past it does nothing."""


class Thermometer(Device, Protocol):
    """A device with a name of its own in the lane, the same in its samples and in its health."""

    @property
    def name(self) -> str: ...


Post = Callable[[DeviceEvent], None]
MakeDevice: TypeAlias = "Callable[[Post, LiveJudge], Device]"
MakeThermometer: TypeAlias = "Callable[[Post, LiveJudge], Thermometer]"
MakeBarrier = Callable[[Callable[[DeviceStatus], None]], Barrier]


@dataclass(frozen=True, slots=True)
class Equipment:
    """Which devices this lane has, and whether any of them is emulated. None means: none is connected."""

    camera: MakeDevice | None
    thermometers: tuple[MakeThermometer, ...] = ()  # the preferred one first
    scanner: MakeDevice | None = None
    thermal: MakeDevice | None = None  # a picture of warmth, to aim by
    barrier: MakeBarrier | None = None
    emulated: bool = False


def camera(source: str) -> MakeDevice:
    """The camera behind a source: index, device, file, folder, http or rtsp URL."""

    def make(post: Post, judge: LiveJudge) -> Device:
        from station.devices.looker import Looker  # OpenCV and numpy, after the window's first picture

        return Looker(source, post, verified=judge.verified)

    return make


def thermometers(*addresses: str | None) -> tuple[MakeThermometer, ...]:
    """Those at these addresses, the preferred one first. Raises SettingsError."""
    named = [address for address in addresses if address]
    urls = [address.partition(",")[0] for address in named]
    if len(set(urls)) < len(urls):
        raise SettingsError(f"thermometer and thermometer_2 are the same port: {urls[0]}")
    names = [short_name(url) for url in urls]
    if len(set(names)) < len(names):
        names = [f"{name} #{number}" for number, name in enumerate(names, start=1)]
    return tuple(thermometer(*each) for each in zip(named, names, strict=True))


def thermometer(address: str, name: str = "") -> MakeThermometer:
    """The thermometer at URL,family, or at URL if its family is to be found out. Raises SettingsError."""
    url, comma, slug = address.partition(",")
    if comma and slug not in FAMILIES:
        known = ", ".join(FAMILIES)
        raise SettingsError(f"thermometer {address!r}: write URL or URL,family; families: {known}")
    return lambda post, judge: SerialThermometer(url, FAMILIES.get(slug), post, name=name)


def scanner(address: str) -> MakeDevice:
    """The scanner at URL,kind. Raises SettingsError for an unknown kind."""
    url, _, slug = address.partition(",")
    if slug not in SCANNERS:
        raise SettingsError(f"scanner {address!r}: write URL,kind; kinds: {', '.join(SCANNERS)}")
    return lambda post, judge: SerialScanner(url, SCANNERS[slug], post)


def thermal(address: str) -> MakeDevice:
    """The picture sensor at URL, or at URL,family. Raises SettingsError for an unknown family."""
    url, comma, slug = address.partition(",")
    if comma and slug not in PICTURES:
        raise SettingsError(f"thermal {address!r}: write URL or URL,family; families: {', '.join(PICTURES)}")
    family = PICTURES[slug or USUAL_PICTURES]
    return lambda post, judge: ThermalCamera(url, family, post)


def barrier(address: str) -> MakeBarrier:
    """The relay at URL,family or URL,family,channel. Raises SettingsError if there is no such."""
    url, _, rest = address.partition(",")
    family, _, channel = rest.partition(",")
    if family not in RELAYS:
        known = ", ".join(RELAYS)
        raise SettingsError(f"barrier {address!r}: write URL,family or URL,family,channel; families: {known}")
    if channel and (not channel.isdecimal() or int(channel) not in CHANNELS):
        raise SettingsError(f"barrier {address!r}: the channel is 1 to {CHANNELS[-1]}")
    return lambda publish: KeptBarrier(url, family, publish, channel=int(channel or 1))
