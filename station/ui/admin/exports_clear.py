"""Names in clear in an export: who wants that says why, and two people sign."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from station.ui.admin import desk_words
from station.ui.admin.exports_desk import DeskError, ExportDesk, Signature
from station.ui.admin.parts import Field, Switch, label, row
from station.ui.admin.two_signatures import TwoSignatures


class ClearForm(QWidget):
    """Closed at first: exports are masked."""

    def __init__(self, desk: ExportDesk) -> None:
        super().__init__()
        self.setObjectName("plain")
        self._desk = desk
        self.wanted = Switch(self.tr("要全名"))
        self.reason = Field(self.tr("为什么要全名，给谁"))
        self._signing = TwoSignatures()
        self.numbers, self.pins = self._signing.numbers, self._signing.pins
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        self._masked = label(self.tr("姓名打码，例如 王*英"), "note")
        self._nobody = label(desk_words.admin_first(), "trouble", wrap=True)
        asked = row(self.wanted, self._masked, self.reason, self._nobody)
        for part in (1, 2, 3):
            asked.setStretch(part, 1)
        column.addLayout(asked)
        column.addWidget(self._signing)
        self.wanted.toggled.connect(lambda wanted: self.refresh())
        self.refresh()

    @property
    def signatures(self) -> tuple[Signature, ...]:
        return self._signing.typed

    def refresh(self) -> None:
        wanted = self.wanted.isChecked()
        can_sign = wanted and self._can_sign()
        self.reason.setVisible(can_sign)
        self._signing.setVisible(can_sign)
        self._masked.setVisible(not wanted)
        self._nobody.setVisible(wanted and not can_sign)

    def forget(self) -> None:
        """Nothing that was typed stays."""
        self.reason.clear()
        self._signing.forget()
        self.wanted.setChecked(False)

    def _can_sign(self) -> bool:
        """Whether anybody was made an operator yet."""
        try:
            return self._desk.needs_pins()
        except DeskError:
            return True  # said when it is tried
