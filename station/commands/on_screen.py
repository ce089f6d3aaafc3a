"""A gate that does not open says so where somebody looks: with an icon or at boot there is no terminal."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from station.commands.result import CommandError, Exit
from station.commands.words import in_english
from station.running.notify import is_service

AGAIN_MS = 45_000  # a service has a minute to open (assets/autostart): it is over before, and tries again
_SCREENS = ("DISPLAY", "WAYLAND_DISPLAY")


@contextmanager
def shown_if_nobody_reads() -> Iterator[None]:
    """What keeps the gate's window from opening is shown on the screen, and raised as ever."""
    try:
        yield
    except CommandError as error:
        if error.exit_code is Exit.ENVIRONMENT and not is_read(os.environ):
            _show(str(error))
        raise


def is_read(environment: Mapping[str, str]) -> bool:
    """Whether somebody reads what is printed, or there is no screen to show anything on."""
    if environment.get("QT_QPA_PLATFORM") == "offscreen":
        return True
    if sys.platform == "linux" and not any(environment.get(name) for name in _SCREENS):
        return True
    streams = (sys.stdin, sys.stdout, sys.stderr)
    return any(stream is not None and stream.isatty() for stream in streams)


def _show(why: str) -> None:
    from PySide6.QtWidgets import QApplication  # a window needs libraries that a headless PC may not have

    from station.ui.application import prepare
    from station.ui.refusal import refusal

    application = QApplication.instance() or QApplication(sys.argv[:1])
    assert isinstance(application, QApplication)
    prepare(application, "en" if in_english() else "zh")
    refusal(why, AGAIN_MS if is_service() else None).exec()
