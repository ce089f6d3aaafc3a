"""`station autostart on|off|status`: the gate opens with the desktop, and again whenever it ends."""

from __future__ import annotations

import argparse
import logging
import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from station.commands.result import CommandError, Exit, print_json, print_line
from station.commands.words import translate
from station.running.autostart import SERVICE, Autostart, program, settings_folder
from station.settings import default_data_folder

log = logging.getLogger(__name__)

_SYSTEMCTL_S = 20.0
_SCREEN = ("DISPLAY", "WAYLAND_DISPLAY", "XAUTHORITY", "XDG_CURRENT_DESKTOP")


def autostart(arguments: argparse.Namespace) -> Exit:
    """Turn it on or off, or say how it is. Exit 1: it is off."""
    if sys.platform != "linux":
        raise CommandError(translate("cli", "自动打开只在 Linux 上有，Windows 请看 docs/windows.md"))
    options = _folder(arguments.data)
    if arguments.action == "start":
        return _start([*program(), "run", *options])
    starting = Autostart(settings_folder(), program(), options)
    try:
        if arguments.action == "on":
            starting.turn_on()
        if arguments.action == "off":
            starting.turn_off()
    except OSError as error:
        raise CommandError(translate("cli", "没有写成：{}").format(error)) from error
    if arguments.action != "status":
        _systemctl("daemon-reload")
    return _report(starting.is_on, arguments)


def _report(is_on: bool, arguments: argparse.Namespace) -> Exit:
    if arguments.json:
        print_json({"autostart": is_on})
    elif is_on:
        print_line(translate("cli", "开机自动打开：是。从下次登录起，关掉或出错都会自己再打开。"))
        print_line(
            translate("cli", "要关掉：systemctl --user stop kakou；不再自动打开：station autostart off")
        )
    else:
        print_line(translate("cli", "开机自动打开：否。要打开：station autostart on"))
    return Exit.DONE if is_on or arguments.action == "off" else Exit.NEGATIVE


def _start(command: Sequence[str]) -> Exit:
    """What the desktop calls: by systemd, which watches over it, or by itself where there is none."""
    _systemctl("import-environment", *(name for name in _SCREEN if name in os.environ))
    if not _systemctl("start", SERVICE):
        os.execv(command[0], list(command))
    return Exit.DONE


def _systemctl(*arguments: str) -> bool:
    """Whether the user's systemd did it."""
    if not shutil.which("systemctl"):
        return False
    try:
        done = subprocess.run(
            ["systemctl", "--user", *arguments],
            capture_output=True,
            text=True,
            timeout=_SYSTEMCTL_S,
            check=False,
        )
    except subprocess.TimeoutExpired:
        log.warning("systemctl %s: no answer", arguments[0])
        return False
    if done.returncode:
        log.warning("systemctl %s: %s", arguments[0], done.stderr.strip())
    return done.returncode == 0


def _folder(data: Path) -> list[str]:
    """Only a data folder that was named."""
    return [] if data == default_data_folder() else ["--data", str(data.resolve())]
