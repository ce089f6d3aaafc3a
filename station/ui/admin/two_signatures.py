"""Two people sign: each with their number and PIN. Nothing that was typed outlives the moment."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from station.ui.admin.parts import Field, row

TypedSignature = tuple[str, str]  # an operator's number and PIN


class TwoSignatures(QWidget):
    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("plain")
        self.numbers = [
            Field(self.tr("管理员编号"), plain=True),
            Field(self.tr("保安或管理员"), plain=True),
        ]
        self.pins = [Field(self.tr("密码"), plain=True), Field(self.tr("密码"), plain=True)]
        for pin in self.pins:
            pin.setEchoMode(Field.EchoMode.Password)
        line = row(*(field for pair in zip(self.numbers, self.pins, strict=True) for field in pair))
        line.setContentsMargins(0, 0, 0, 0)
        self.setLayout(line)

    @property
    def typed(self) -> tuple[TypedSignature, ...]:
        pairs = zip(self.numbers, self.pins, strict=True)
        return tuple((number.text().strip(), pin.text()) for number, pin in pairs if number.text().strip())

    def forget(self) -> None:
        for field in (*self.numbers, *self.pins):
            field.clear()
