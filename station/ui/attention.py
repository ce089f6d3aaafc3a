"""Whether the keyboard is ours: while another program is in front, keys and a scanner that types go there."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication

ASIDE_MS = 2000  # a window that comes and goes, or the change from one to the other, is not worth a word


class Attention(QObject):
    """Says nothing before the first time that a window of ours was in front."""

    turned = Signal(bool)  # whether the keys go elsewhere from now on

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._elsewhere = QTimer(self, interval=ASIDE_MS, singleShot=True)
        self._elsewhere.timeout.connect(lambda: self.turned.emit(True))
        application = QGuiApplication.instance()
        if isinstance(application, QGuiApplication):
            application.applicationStateChanged.connect(self._take)

    def _take(self, state: Qt.ApplicationState) -> None:
        """Of the whole program: a dialog of the admin page is no other program."""
        if state is Qt.ApplicationState.ApplicationActive:
            self._elsewhere.stop()
            self.turned.emit(False)
        elif not self._elsewhere.isActive():
            self._elsewhere.start()
