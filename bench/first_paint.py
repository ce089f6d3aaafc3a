"""`python -m bench.first_paint ARGUMENTS…`: `station ARGUMENTS` until its window is first painted.

Writes one line: seconds since this process began, and CPU seconds that it used. Then it ends in order.
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


def main() -> None:
    from PySide6.QtCore import QCoreApplication, QEvent, QObject, QTimer

    from station import cli

    class FirstPaint(QObject):
        """Hears of the first picture of the gate's window."""

        seen = False

        def eventFilter(self, watched: QObject, event: QEvent) -> bool:
            if not self.seen and event.type() is QEvent.Type.Paint and watched.objectName() == "gate":
                self.seen = True
                QTimer.singleShot(0, self, self.tell)  # the paint itself is over then
            return False

        def tell(self) -> None:
            sys.stdout.write(f"{since_begin_s():.3f} {time.process_time():.3f}\n")
            sys.stdout.flush()
            QCoreApplication.quit()

    watch = FirstPaint()

    def watched() -> None:
        from station.screen import LaneInWindow

        usual = LaneInWindow.show

        def show(lane: LaneInWindow) -> None:
            running = QCoreApplication.instance()
            assert running is not None
            running.installEventFilter(watch)
            usual(lane)

        LaneInWindow.show = show  # type: ignore[method-assign, assignment]

    watched()
    sys.exit(cli.main(sys.argv[1:]))


if __name__ == "__main__":
    main()
