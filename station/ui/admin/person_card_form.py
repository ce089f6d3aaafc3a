"""The form of a person: what is typed goes to the desk as it is, which says what is wrong with it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from station.ui.admin import people_words as words
from station.ui.admin.parts import Command, Field, Picker, label, row
from station.ui.admin.people_desk import Card, Typed


class PersonForm(QWidget):
    """`save` is called with what was typed, `back` if nothing shall be changed."""

    def __init__(self, save: Callable[[Typed], None], back: Callable[[], None]) -> None:
        super().__init__()
        self.setObjectName("plain")
        self.name = Field(self.tr("姓名"))
        self.dwelling = Field(self.tr("如 3-2-501；不住这里的可以不填"))
        self.category = Picker()
        for word in words.CATEGORIES:
            self.category.addItem(words.category(word), word)
        self.phones = Field(self.tr("可以有几个，用逗号隔开"), plain=True)
        self.id_number = Field(self.tr("18 位，最后一位可以是 X"), plain=True)
        self.occupation = Field(self.tr("如 快递、司机、冷链"))
        self.note = Field(self.tr("备注"))
        self.save = Command(self.tr("保存"), lambda: save(self.typed), "main")
        self.back = Command(self.tr("不改了"), back)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(self._grid())
        column.addStretch()
        column.addLayout(row(self.back, None, self.save))

    def _grid(self) -> QGridLayout:
        grid = QGridLayout()
        titles = (
            (self.tr("姓名"), self.name), (self.tr("房号"), self.dwelling),
            (self.tr("类别"), self.category), (self.tr("电话"), self.phones),
            (self.tr("证件号"), self.id_number), (self.tr("职业"), self.occupation),
            (self.tr("备注"), self.note),
        )  # fmt: skip
        for number, (title, field) in enumerate(titles):
            line, side = divmod(number, 2)
            grid.addWidget(label(title), line, 2 * side)
            grid.addWidget(field, line, 2 * side + 1)
        grid.setColumnStretch(1, 1)
        grid.setColumnStretch(3, 1)
        return grid

    def show_card(self, card: Card | None) -> None:
        """What is known of somebody, in full; None: somebody new."""
        self.name.setText(card.name if card else "")
        self.dwelling.setText(card.dwelling if card else "")
        self.phones.setText("，".join(card.phones) if card else "")
        self.id_number.setText(card.id_number if card else "")
        self.occupation.setText(card.occupation if card else "")
        self.note.setText(card.note if card else "")
        self._pick(card.category if card else words.CATEGORIES[0])

    def _pick(self, category: str) -> None:
        """Also one that only the center knows, so that saving does not change it."""
        if self.category.findData(category) < 0:
            self.category.addItem(words.category(category), category)
        self.category.setCurrentIndex(self.category.findData(category))

    @property
    def typed(self) -> Typed:
        return Typed(
            self.name.text(),
            self.dwelling.text(),
            str(self.category.currentData()),
            self.phones.text(),
            self.id_number.text(),
            self.occupation.text(),
            self.note.text(),
        )
