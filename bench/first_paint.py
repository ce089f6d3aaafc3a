"""`python -m bench.first_paint ARGUMENTS…`: `station ARGUMENTS` until its window is seen, and takes people.

Writes two lines, of the first picture and of the open lane: seconds since this process began, and processor
seconds that it used, itself and its threads. Then it ends in order.
"""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path


def since_begin_s() -> float:
    """Since the kernel started this process: field 22 of proc(5), `starttime`, in clock ticks since boot."""
    ticks = int(Path("/proc/self/stat").read_text("ascii").rpartition(")")[2].split()[19])
    return time.clock_gettime(time.CLOCK_BOOTTIME) - ticks / os.sysconf("SC_CLK_TCK")


def tell(what: str) -> None:
    sys.stdout.write(f"{what:13} {since_begin_s():.3f} s, {time.process_time():.3f} s of a processor\n")
    sys.stdout.flush()


def main() -> None:
    from PySide6.QtCore import QCoreApplication, QEvent, QObject, QTimer

    from station import cli

    class FirstPaint(QObject):
        """Hears of the first picture of the gate's window, on which alone it is put."""

        seen = False

        def eventFilter(self, watched: QObject, event: QEvent) -> bool:
            if not self.seen and event.type() is QEvent.Type.Paint:
                self.seen = True
                QTimer.singleShot(0, self, lambda: tell("first picture"))  # the paint itself is over then
            return False

    watch = FirstPaint()

    def watched() -> None:
        from station.screen import LaneInWindow

        usual, opens = LaneInWindow.show, LaneInWindow.open

        def show(lane: LaneInWindow) -> None:
            lane.window.installEventFilter(watch)
            usual(lane)

        def opened(lane: LaneInWindow) -> None:
            opens(lane)
            QTimer.singleShot(0, watch, ready)

        def ready() -> None:
            tell("takes people")
            QCoreApplication.quit()

        LaneInWindow.show = show  # type: ignore[method-assign, assignment]
        LaneInWindow.open = opened  # type: ignore[method-assign, assignment]

    watched()
    sys.exit(cli.main(sys.argv[1:]))


if __name__ == "__main__":
    main()
