"""When a verdict is really on the screen."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject

from station.ui.gate import GateWindow


class Watch(QObject):
    """Knows which entry the verdict panel painted last.

    It learns so when the panel begins to paint; when the `processEvents` around it returns, all of the window
    is painted and handed to the screen.
    """

    def __init__(self, window: GateWindow) -> None:
        super().__init__(window)
        self.entry: bytes | None = None
        self._window = window
        window.verdict.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Paint and self._window.last_five.entries:
            self.entry = self._window.last_five.entries[0].id
        return False
