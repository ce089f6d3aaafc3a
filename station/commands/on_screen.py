"""A gate that does not open says so where somebody looks: with an icon or at boot there is no terminal."""

from __future__ import annotations

import logging
import os
import signal
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from station.commands.result import CommandError, Exit, print_error
from station.commands.words import in_english
from station.running.notify import is_service

log = logging.getLogger(__name__)

AGAIN_MS = 45_000  # a service has a minute to open (assets/autostart): it is over before, and tries again
_SCREENS = ("DISPLAY", "WAYLAND_DISPLAY")


@contextmanager
def shown_if_nobody_reads() -> Iterator[None]:
    """What keeps the gate's window from opening is shown on the screen, and raised as ever.

    It is printed before: a screen that is gone ends the program, and a service's log is read meanwhile.
    """
    try:
        yield
    except CommandError as error:
        if error.exit_code is Exit.ENVIRONMENT and not is_read(os.environ):
            print_error(str(error))
            error.is_said = True
            try:
                _show(str(error))
            except Exception as trouble:  # noqa: BLE001 - a font that is missing is not why there is no gate
                log.warning("the screen does not say it: %s", trouble)
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
    for number in (signal.SIGINT, signal.SIGTERM):
        # The gate's own handlers (`screen`) wait for Python, which does not run while the dialog stands.
        signal.signal(number, signal.SIG_DFL)
    refusal(why, AGAIN_MS if is_service() else None).exec()
