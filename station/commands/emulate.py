"""`station emulate`: pseudo-terminals that behave as devices, to try the station with. POSIX only.

The path is the first line printed; the device is there until Ctrl-C.
"""

from __future__ import annotations

import argparse
import signal
from collections.abc import Callable
from itertools import cycle
from pathlib import Path
from threading import Event
from typing import TypeVar

from station import demo
from station.commands.result import CommandError, Exit, print_json, print_line
from station.commands.thermometers import family_of
from station.commands.words import translate
from station.devices.emulators import scanner as scanners
from station.devices.emulators import temperature_script as temperatures
from station.devices.emulators.pty_device import PtyDevice
from station.devices.emulators.scanner import PtyScanner, Showing
from station.devices.emulators.temperature_script import ScriptError
from station.devices.emulators.thermal import PtyThermal
from station.devices.emulators.thermometer import PtyThermometer
from station.devices.scanners import SCANNERS
from station.devices.thermal import PICTURES

_EVERY_S = 8.0  # a person without a script
Script = TypeVar("Script")


def thermometer(arguments: argparse.Namespace) -> Exit:
    """An instrument of this family that sees what the script says."""
    family = family_of(arguments.family)
    steps = _read(arguments.script, temperatures.parse, temperatures.parse(temperatures.DEFAULT))
    return _present(PtyThermometer(family.slug, temperatures.profile(steps)), as_json=arguments.json)


def thermal(arguments: argparse.Namespace) -> Exit:
    """A picture sensor before which somebody stands whenever the script is warm."""
    if arguments.family not in PICTURES:
        message = translate("cli", "不认识热像“{}”，认识的有：{}").format(
            arguments.family, "、".join(PICTURES)
        )
        raise CommandError(message, Exit.WRONG_USE)
    steps = _read(arguments.script, temperatures.parse, temperatures.parse(temperatures.DEFAULT))
    return _present(PtyThermal(arguments.family, temperatures.profile(steps)), as_json=arguments.json)


def scanner(arguments: argparse.Namespace) -> Exit:
    """A scanner of this kind that is shown the codes of the script, over and over."""
    if arguments.kind not in SCANNERS:
        message = translate("cli", "不认识扫码枪“{}”，认识的有：{}").format(
            arguments.kind, "、".join(SCANNERS)
        )
        raise CommandError(message, Exit.WRONG_USE)
    people = tuple(Showing(_EVERY_S, actor.code) for actor in demo.CAST if actor.code)
    showings = _read(arguments.script, scanners.parse, people)
    device, coming = PtyScanner(slug=arguments.kind), cycle(showings)

    def show_next(stopped: Event) -> None:
        showing = next(coming)
        if not stopped.wait(showing.seconds):
            device.show(showing.text)

    return _present(device, show_next, as_json=arguments.json)


def _present(
    device: PtyDevice, act: Callable[[Event], object] = Event.wait, *, as_json: bool = False
) -> Exit:
    """Plug the device in and let it act until somebody has had enough."""
    stopped = Event()
    for number in (signal.SIGINT, signal.SIGTERM):  # not sigwait: other threads would not block them
        signal.signal(number, lambda number, frame: stopped.set())
    with device:
        if as_json:
            print_json({"port": device.path})
        else:
            print_line(device.path)
        while not stopped.is_set():
            act(stopped)
    return Exit.DONE


def _read(path: Path | None, parse: Callable[[str], Script], default: Script) -> Script:
    try:
        return default if path is None else parse(path.read_text(encoding="utf-8-sig"))
    except (OSError, UnicodeDecodeError, ScriptError) as error:
        raise CommandError(translate("cli", "脚本用不了：{}").format(error)) from error
