"""What an import would change: how many of each sort first, then the rows."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QButtonGroup, QVBoxLayout, QWidget

from station.ui.admin.parts import Command, Switch, label, row
from station.ui.admin.people_desk import Preview, PreviewLine
from station.ui.admin.table import Line, Table

SORTS = ("wrong", "new", "changed", "doubtful", "same")


class ImportPreview(QWidget):
    """`take`: import it; `hand_back`: save the wrong rows; `away`: leave it."""

    def __init__(
        self, take: Callable[[Preview], None], hand_back: Callable[[Preview], None], away: Callable[[], None]
    ) -> None:
        super().__init__()
        self.setObjectName("plain")
        self._preview: Preview | None = None
        self.heading = label(name="heading", wrap=True)
        self.hint = label(name="note", wrap=True)
        self.sorts = QButtonGroup(self)
        for number in range(len(SORTS)):
            self.sorts.addButton(Switch(""), number)
        self.sorts.idClicked.connect(lambda number: self._fill())
        self.table = Table(self._titles(), 3)
        self.away = Command(self.tr("不导入"), away)
        self.errors = Command(self.tr("存下有问题的行"), lambda: self._with(hand_back))
        self.take = Command("", lambda: self._with(take), "main")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.heading)
        column.addLayout(row(*(self.sorts.button(number) for number in range(len(SORTS))), None))
        column.addWidget(self.hint)
        column.addWidget(self.table, 1)
        column.addLayout(row(self.away, self.errors, None, self.take))

    def _titles(self) -> list[str]:
        return [self.tr("第几行"), self.tr("房号"), self.tr("姓名"), self.tr("说明")]

    def show_preview(self, preview: Preview | None) -> None:
        """At the sort that needs a look first; None takes everything away."""
        self._preview = preview
        if preview is None:
            self.table.show_lines([], self._titles())
            return
        self.heading.setText(self.tr("“{name}”还没有导入，请先看一看").format(name=preview.name))
        texts = (
            self.tr("有问题 {count}"), self.tr("新增 {count}"), self.tr("更新 {count}"),
            self.tr("要看看 {count}"), self.tr("不变 {count}"),
        )  # fmt: skip
        for number, (sort, text) in enumerate(zip(SORTS, texts, strict=True)):
            count = preview.count(sort)
            self.sorts.button(number).setText(text.format(count=count))
            self.sorts.button(number).setEnabled(count > 0)
        filled = [number for number, sort in enumerate(SORTS) if preview.count(sort)]
        self.sorts.button(filled[0] if filled else 1).setChecked(True)
        self.errors.setVisible(preview.count("wrong") > 0)
        self.take.setText(self.tr("导入 {count} 人").format(count=preview.taken))
        self.take.setEnabled(any(preview.count(sort) for sort in ("new", "changed", "same")))
        self._fill()

    def _with(self, act: Callable[[Preview], None]) -> None:
        if self._preview:
            act(self._preview)

    @property
    def sort(self) -> str:
        return SORTS[self.sorts.checkedId()]

    def _fill(self) -> None:
        preview, sort = self._preview, self.sort
        if preview is None:
            return
        lines = [self._line(one) for one in preview.lines if one.what == sort]
        self.table.show_lines(lines, self._titles())
        hints = {
            "wrong": self.tr("这些行不会导入。存下来交给做表的人，改好再导入；其余的可以先导"),
            "new": self.tr("名册里还没有这些人"),
            "changed": self.tr("名册里有这些人，说明里是要改的几项"),
            "doubtful": self.tr("这些行会导入，只是请您看一眼"),
            "same": self.tr("和名册里一样，只记下今天又核对过"),
        }
        self.hint.setText(hints[sort])

    def _line(self, one: PreviewLine) -> Line:
        return Line(one, (str(one.row), one.dwelling or "—", one.who or "—", one.said or "—"), False)

    def dress(self, scale: float) -> None:
        self.table.dress(scale)
