"""Readings as they come, from a port or from bytes: `station thermometer`, `station decode`."""

from __future__ import annotations

import argparse
import math
import time
from datetime import UTC, datetime
from queue import Empty, SimpleQueue

from station.commands.families import print_families, print_tables
from station.commands.result import CommandError, Exit, print_error, print_json, print_line
from station.commands.words import translate
from station.core.model import DeviceState, DeviceStatus, FrameError, Reading, Sample
from station.devices.serial_port import SerialThermometer
from station.devices.thermal import PICTURES, ThermalPicture
from station.devices.thermometers import FAMILIES, Family


def thermometer(arguments: argparse.Namespace) -> Exit:
    """Readings of the instrument at a port, which is found out if not named. Exit 1 if none came."""
    heard: SimpleQueue[Sample | DeviceStatus | FrameError] = SimpleQueue()
    family = family_of(arguments.family) if arguments.family else None
    device = SerialThermometer(arguments.url, family, heard.put, reject=heard.put)
    device.start()
    try:
        readings = _follow(heard, arguments.seconds, as_json=arguments.json)
    except KeyboardInterrupt:
        return Exit.DONE
    finally:
        device.stop()
    return Exit.DONE if readings else Exit.NEGATIVE


def decode(arguments: argparse.Namespace) -> Exit:
    """Bytes to readings, for transcripts. Exit 1 if there is no reading in them."""
    if arguments.list:
        if arguments.markdown:
            print_tables()
        else:
            print_families(as_json=arguments.json)
        return Exit.DONE
    if not arguments.family:
        raise CommandError(
            translate("cli", "请写明是哪一种测温仪，station decode --list 列出全部"), Exit.WRONG_USE
        )
    family = PICTURES.get(arguments.family) or family_of(arguments.family)
    results = family.decoder().feed(_bytes(arguments.hex))
    for result in results:
        _show(result, family.slug, as_json=arguments.json)
    return Exit.NEGATIVE if all(isinstance(result, FrameError) for result in results) else Exit.DONE


def _follow(heard: SimpleQueue[Sample | DeviceStatus | FrameError], seconds: float, *, as_json: bool) -> int:
    """How many readings came. Raises CommandError if the port could not even be opened."""
    readings, end, lost = 0, time.monotonic() + seconds, ""
    while (left := end - time.monotonic()) > 0:
        try:
            event = heard.get(timeout=left if math.isfinite(left) else None)
        except Empty:
            break
        readings += isinstance(event, Sample)
        if isinstance(event, DeviceStatus):
            _say_status(event)
            lost = event.detail if event.state is DeviceState.LOST else ""
        elif isinstance(event, Sample):
            _show(event.reading, event.instrument.family, as_json=as_json)
        else:
            _show(event, "", as_json=as_json)
    if lost and not readings:
        raise CommandError(translate("cli", "串口打不开：{}").format(lost))
    return readings


def _show(result: Reading | ThermalPicture | FrameError, family: str, *, as_json: bool) -> None:
    at = datetime.now(UTC).isoformat(timespec="milliseconds")
    if isinstance(result, FrameError):
        fields: dict[str, object] = {"at": at, "error": result.reason}
        line = f"{result.reason}: {result.data.hex(' ')}"
    elif isinstance(result, ThermalPicture):
        picture = {"columns": result.columns, "rows": result.rows, "warmest": result.warmest}
        fields = {"at": at, "picture": picture, "ambient_c": result.ambient_c, "family": family}
        line = f"{result.columns} x {result.rows}, warmest at {result.warmest}"
    else:
        fields = {"at": at, "raw_c": result.value_c, "site": result.site, "ambient_c": result.ambient_c}
        fields |= {"family": family, "emulated": False}
        ambient = "" if result.ambient_c is None else f"  ({result.ambient_c:.2f} °C)"
        line = f"{result.value_c:6.2f} °C  {result.site}{ambient}"
    if as_json:
        print_json(fields)
    else:
        print_line(line)


def _say_status(status: DeviceStatus) -> None:
    if status.state in (DeviceState.LOST, DeviceState.SILENT):
        print_error(f"{status.name}: {status.state} {status.detail}".rstrip())


def family_of(slug: str) -> Family:
    """The family of this slug. Raises CommandError, which names those there are."""
    try:
        return FAMILIES[slug]
    except KeyError:
        known = "、".join(FAMILIES)
        message = translate("cli", "不认识测温仪“{}”，认识的有：{}").format(slug, known)
        raise CommandError(message, Exit.WRONG_USE) from None


def _bytes(words: list[str]) -> bytes:
    try:
        return bytes.fromhex(" ".join(words))
    except ValueError as error:
        raise CommandError(translate("cli", "不是十六进制字节：{}").format(error), Exit.WRONG_USE) from None
