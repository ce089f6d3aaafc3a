"""Cyclic garbage is collected in the GUI's thread only.

Python collects in whichever thread happens to allocate. A widget, or a timer that runs, that is freed in a
thread of a device or of a job crashes Qt (https://doc.qt.io/qt-6/threads-qobject.html, "Per-Thread Event
Loop": a QObject must not be deleted from another thread).
"""

from __future__ import annotations

import gc

from PySide6.QtCore import QObject, QTimer

EVERY_MS = 1000
_FULL_EVERY = 60  # the oldest generation, once a minute


class Collecting(QObject):
    """From now until `end`. What is not in a circle goes at once, as ever, whoever lets go of it last."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._turn = 0
        self._timer = QTimer(self, interval=EVERY_MS)
        self._timer.timeout.connect(self.collect)
        self._timer.start()
        gc.disable()

    def collect(self) -> None:
        """The young generations as Python itself would; all of them now and then."""
        self._turn += 1
        young, middle, _ = gc.get_count()
        limits = gc.get_threshold()
        if self._turn % _FULL_EVERY == 0:
            gc.collect()
        elif middle > limits[1]:
            gc.collect(1)
        elif young > limits[0]:
            gc.collect(0)

    def end(self) -> None:
        self._timer.stop()
        gc.enable()
