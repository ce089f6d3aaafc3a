"""Names in clear in an export: who wants that says why, and two people sign."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from station.ui.admin.exports_desk import DeskError, ExportDesk, Signature
from station.ui.admin.parts import Field, Switch, label, row


class ClearForm(QWidget):
    """Closed at first: exports are masked."""

    def __init__(self, desk: ExportDesk) -> None:
        super().__init__()
        self.setObjectName("plain")
        self._desk = desk
        self.wanted = Switch(self.tr("要全名"))
        self.reason = Field(self.tr("为什么要全名，给谁"))
        self.numbers = [Field(self.tr("管理员编号"), plain=True), Field(self.tr("另一位的编号"), plain=True)]
        self.pins = [Field(self.tr("密码"), plain=True), Field(self.tr("密码"), plain=True)]
        for pin in self.pins:
            pin.setEchoMode(Field.EchoMode.Password)
        self._signing = QWidget()
        self._signing.setObjectName("plain")
        line = row(*(field for pair in zip(self.numbers, self.pins, strict=True) for field in pair))
        line.setContentsMargins(0, 0, 0, 0)
        self._signing.setLayout(line)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        self._masked = label(self.tr("姓名打码，例如 王*英"), "note")
        asked = row(self.wanted, self._masked, self.reason)
        asked.setStretch(1, 1)
        asked.setStretch(2, 1)
        column.addLayout(asked)
        column.addWidget(self._signing)
        self.wanted.toggled.connect(lambda wanted: self.refresh())
        self.refresh()

    @property
    def signatures(self) -> tuple[Signature, ...]:
        pairs = zip(self.numbers, self.pins, strict=True)
        return tuple((number.text().strip(), pin.text()) for number, pin in pairs if number.text().strip())

    def refresh(self) -> None:
        wanted = self.wanted.isChecked()
        self.reason.setVisible(wanted)
        self._masked.setVisible(not wanted)
        self._signing.setVisible(wanted and self._needs_pins())

    def forget(self) -> None:
        """Nothing that was typed stays."""
        for field in (self.reason, *self.numbers, *self.pins):
            field.clear()
        self.wanted.setChecked(False)

    def _needs_pins(self) -> bool:
        try:
            return self._desk.needs_pins()
        except DeskError:
            return True  # said when it is tried
