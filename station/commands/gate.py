"""`station`, `station run`, `station demo`: open the gate, with or without a window."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from contextlib import ExitStack, nullcontext
from datetime import UTC, datetime
from itertools import zip_longest
from pathlib import Path

import msgspec

from station import equipment
from station.commands import rights
from station.commands.missing_disk import refuse_missing
from station.commands.on_screen import shown_if_nobody_reads
from station.commands.plugged_in import cameras, serial_ports
from station.commands.result import CommandError, Exit, print_error
from station.commands.words import translate
from station.core.policy import PolicyError
from station.equipment import Equipment
from station.journal.durable import is_there
from station.journal.errors import JournalError, NoJournalError, VaultError
from station.opening import Opening
from station.running.crash_log import kept_crashes
from station.running.last_place import LastPlace
from station.running.logfiles import kept_log
from station.running.single_instance import NOT_ANSWERING, show_first
from station.settings import Settings, SettingsError, load_settings
from station.settings_file import FILE_NAME

Equip = Callable[[Settings], Equipment]

_THERMOMETERS = ("thermometer", "thermometer_2")  # in the settings


def start(arguments: argparse.Namespace) -> Exit:
    """`station` alone: the gate, or the demo if this PC has no device and never was a gate.

    Before the first start of a gate the wizard comes up.
    """
    with shown_if_nobody_reads():
        return _start(arguments)


def _start(arguments: argparse.Namespace) -> Exit:
    _of_this_disk(arguments.data)
    settings = _settings(arguments.data)
    if _was_never_used(arguments.data, settings) and not cameras() and not serial_ports():
        print_error(translate("cli", "没有接摄像头和测温仪，先打开演示。接好以后再运行一次。"))
        return _open_demo(arguments.data, headless=False)
    if not is_there(arguments.data / FILE_NAME):
        settings = _set_up(arguments.data) or settings
    return _open(Opening(arguments.data, settings, _equipment(settings)), headless=False, equip=equipment_of)


def _of_this_disk(data: Path) -> None:
    """A stick that is not plugged in is no first start."""
    refuse_missing(data)
    LastPlace(data).remember()


def _was_never_used(data: Path, settings: Settings) -> bool:
    """A gate whose plugs are out has a journal, also if it goes by settings that nobody changed."""
    return settings == Settings() and not any(data.glob("journal*"))


def set_up(arguments: argparse.Namespace) -> Exit:
    """The wizard alone, any time; the gate is closed, or else it comes to the front."""
    _of_this_disk(arguments.data)
    if _set_up(arguments.data):
        return Exit.DONE
    return _shown(show_first(arguments.data))


def _set_up(data: Path) -> Settings | None:
    """None: this folder has a window already."""
    from station import first_start  # a window needs libraries that a headless PC may not have

    try:
        return first_start.run(data)
    except SettingsError as error:
        raise _wrong_settings(error) from error


def run(arguments: argparse.Namespace) -> Exit:
    """The gate with the devices named on the command line or in the settings."""
    with nullcontext() if arguments.headless else shown_if_nobody_reads():
        return _run(arguments)


def _run(arguments: argparse.Namespace) -> Exit:
    _of_this_disk(arguments.data)
    settings = msgspec.structs.replace(_settings(arguments.data), **_named(arguments))
    with ExitStack() as emulators:
        equipment = _equipment(settings)
        if arguments.emulate:
            from station import demo  # OpenCV, which a window's first picture does not wait for

            equipment = demo.emulated(equipment, emulators)
        opening = Opening(arguments.data, settings, equipment)
        equip = None if arguments.emulate else equipment_of
        return _open(opening, headless=arguments.headless, equip=equip)


def _named(arguments: argparse.Namespace) -> dict[str, str | None]:
    """The settings that the command line gives. Thermometers named there are all that the lane has."""
    named = {name: value for name in ("camera", "scanner", "thermal") if (value := getattr(arguments, name))}
    thermometers: list[str] = arguments.thermometer or []
    if len(thermometers) > len(_THERMOMETERS):
        raise CommandError(translate("cli", "一条通道最多接两个测温仪"), Exit.WRONG_USE)
    return {**named, **(dict(zip_longest(_THERMOMETERS, thermometers)) if thermometers else {})}


def run_demo(arguments: argparse.Namespace) -> Exit:
    """Emulated devices, made-up people, a journal of its own."""
    return _open_demo(arguments.data, headless=arguments.headless)


def _open_demo(data: Path, *, headless: bool) -> Exit:
    from station import demo  # OpenCV, as above

    with ExitStack() as emulators:
        equipment = demo.emulated(Equipment(camera=None), emulators)
        settings = Settings(gate=translate("cli", "幸福里小区 · 东门"), language=_settings(data).language)
        opening = Opening(
            data / demo.FOLDER,
            settings,
            equipment,
            prepare=lambda people: demo.seed(people, datetime.now(UTC)),
        )
        return _open(opening, headless=headless)


def _open(opening: Opening, *, headless: bool, equip: Equip | None = None) -> Exit:
    try:
        with kept_log(opening.data), kept_crashes(opening.data):
            return _opened(opening, equip, headless=headless)
    except (PolicyError, SettingsError) as error:
        raise _wrong_settings(error) from error


def _opened(opening: Opening, equip: Equip | None, *, headless: bool) -> Exit:
    try:
        return _run_headless(opening) if headless else _run_in_window(opening, equip)
    except (JournalError, NoJournalError, VaultError):
        from station.commands.journal import storage_words  # all of the journal, once there are such words

        with storage_words(opening.data):
            raise


def _run_headless(opening: Opening) -> Exit:
    from station import headless  # all of the lane: a window has its first picture before

    headless.run(opening)
    return Exit.DONE


def _run_in_window(opening: Opening, equip: Equip | None) -> Exit:
    from station import screen  # a window needs libraries that a headless PC may not have

    return _shown(screen.run(opening, equip))


def _shown(code: int) -> Exit:
    if code == NOT_ANSWERING:
        raise CommandError(translate("cli", "卡口已经开着，但是没有回应。等半分钟再看；还不行，请重启电脑。"))
    return Exit(code)


def _settings(data: Path) -> Settings:
    try:
        return load_settings(data)
    except SettingsError as error:
        closed = isinstance(error.__cause__, PermissionError) and rights.advice(data)
        raise CommandError(closed) if closed else _wrong_settings(error) from error


def equipment_of(settings: Settings) -> Equipment:
    """What the settings name, and else the first camera there is. Raises SettingsError."""
    source = settings.camera or next(iter(cameras()), None)
    return Equipment(
        camera=equipment.camera(source) if source else None,
        thermometers=equipment.thermometers(settings.thermometer, settings.thermometer_2),
        scanner=equipment.scanner(settings.scanner) if settings.scanner else None,
        thermal=equipment.thermal(settings.thermal) if settings.thermal else None,
        barrier=equipment.barrier(settings.barrier) if settings.barrier else None,
    )


def _equipment(settings: Settings) -> Equipment:
    try:
        return equipment_of(settings)
    except SettingsError as error:
        raise _wrong_settings(error) from error


def _wrong_settings(error: Exception) -> CommandError:
    return CommandError(translate("cli", "设置有误：{}").format(error))
