"""A page that lies over all of the gate in its window, as large and dressed like it. The gate goes on."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QVBoxLayout, QWidget

from station.ui.theme import Theme
from station.ui.wireframe import scale as scale_of

_MARGIN, _TOP = 28, 16  # px as at 1366x768


class CoveringPage(QFrame):
    """Subclasses put everything into `_column`, and say in `_spread` what else goes with the size."""

    _gap = 8  # px as at 1366x768, between the lines of the column
    _column: QVBoxLayout

    def __init__(self, over: QWidget, theme: Theme) -> None:
        """`over` is the window whose size it always has."""
        super().__init__(over)
        self.setObjectName("wizard")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._over, self._theme = over, theme
        over.installEventFilter(self)

    def cover(self) -> None:
        """Come up over the window."""
        self.setGeometry(self._over.rect())
        self._dress()
        self.show()
        self.raise_()

    def go_back(self) -> None:
        """Esc, also where the page under it hears the keys first."""

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Round within this page: what lies under it is not seen."""
        step = QWidget.nextInFocusChain if forward else QWidget.previousInFocusChain
        here = self.window().focusWidget() or self
        one = step(here)
        while one and one is not here:
            if self.isAncestorOf(one) and _is_on_the_way(one):
                one.setFocus(Qt.FocusReason.TabFocusReason)
                return True
            one = step(one)
        return False

    def dress(self, theme: Theme, scale: float) -> None:
        """Take another theme; the size is the window's."""
        self._theme = theme
        self._dress()

    def _dress(self) -> None:
        scale = scale_of(self.size())
        self.setStyleSheet(self._theme.style_sheet(scale, "wizard"))
        margin = round(_MARGIN * scale)
        self._column.setContentsMargins(margin, round(_TOP * scale), margin, margin)
        self._column.setSpacing(round(self._gap * scale))
        for row in self._rows():
            row.setSpacing(round(14 * scale))
        self._spread(scale)

    def _rows(self) -> tuple[QBoxLayout, ...]:
        """Of keys, side by side."""
        return ()

    def _spread(self, scale: float) -> None:
        """What else has a size."""

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._dress()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Resize and self.isVisible():
            self.setGeometry(self._over.rect())
        return False


def _is_on_the_way(widget: QWidget) -> bool:
    takes = widget.focusPolicy().value & Qt.FocusPolicy.TabFocus.value
    return bool(takes) and widget.isVisible() and widget.isEnabled()
