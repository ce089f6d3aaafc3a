"""Finding somebody: by typing, or from the buildings by way of the dwellings."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from station.translation import listed
from station.ui.admin import people_words as words
from station.ui.admin.parts import Command, Field, label, row
from station.ui.admin.people_desk import Block, DeskError, Hit, PeopleDesk
from station.ui.admin.people_ready import PeopleIndex
from station.ui.admin.sections import Host
from station.ui.admin.table import Line, Table


class FindPage(QWidget):
    """`chosen` with a person's id when one is tapped; `add_asked` for somebody new."""

    chosen = Signal(str)
    add_asked = Signal()

    def __init__(self, host: Host, desk: PeopleDesk) -> None:
        super().__init__()
        self.setObjectName("plain")
        self._host, self._desk = host, desk
        self._in_sight = False
        self._block: Block | None = None
        self._house: str | None = None
        self.typed = Field(self.tr("拼音首字母、姓名、房号，或电话、证件后四位"))
        self.typed.textChanged.connect(lambda text: self.show_found())
        self.add = Command(self.tr("加一个人"), self.add_asked.emit)
        self.up = Command("", self._go_up, "flat")
        self.hint = label(name="note", wrap=True)
        self._index = PeopleIndex(host, desk, self.show_found, self.hint.setText, self._fail)
        self.table = Table(["", "", ""], 1)
        self.table.clicked.connect(self._tapped)
        self.table.activated.connect(self._tapped)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(row(self.typed, self.add))
        line = row(self.up, self.hint)
        line.setStretch(1, 1)
        column.addLayout(line)
        column.addWidget(self.table, 1)

    def enter(self) -> None:
        """Get ready to find, beside the screen if that takes time; then list."""
        self._in_sight = True
        self.typed.setFocus()
        self._index.get_ready()

    def leave(self) -> None:
        self._in_sight = False
        self._block = self._house = None
        self.typed.clear()

    def go_back(self) -> bool:
        """One level up; False at the top."""
        if self.typed.text():
            self.typed.clear()
            return True
        if self._block is None:
            return False
        self._go_up()
        return True

    def dress(self, scale: float) -> None:
        self.table.dress(scale)

    def _fail(self, error: DeskError) -> None:
        self._show([], [""], "")
        self._host.say(str(error), trouble=True)

    # --- what is listed -------------------------------------------------------------------------

    def show_found(self) -> None:
        """Whoever fits what is typed; if nothing is, the level at which one looks."""
        if not self._in_sight:
            return
        if not self._desk.ready:  # also after the gate began anew
            self._index.get_ready()
            return
        try:
            typed = self.typed.text().strip()
            if typed:
                self._show_hits(self._desk.search(typed))
            elif self._block is None:
                self._show_blocks(self._desk.blocks())
            else:
                self._show_block(self._desk.of_block(self._block.name))
        except DeskError as error:
            self._fail(error)

    def _show_hits(self, hits: Sequence[Hit]) -> None:
        hint = self.tr("找到 {count} 人，点一下看他的卡片").format(count=len(hits))
        self._show_people(hits, hint if hits else self.tr("没有找到。试试只打姓的首字母，或者房号"))

    def _show_blocks(self, blocks: Sequence[Block]) -> None:
        lines = [Line(one, (self._block_name(one), str(one.people), "")) for one in blocks]
        if lines:
            hint = self.tr("名册里有 {count} 人。直接打字找人，或者点一栋楼")
            hint = hint.format(count=self._desk.count())
        else:
            hint = self.tr("名册还是空的：可以“加一个人”，或者到“导入”选一份名单")
        self._show(lines, [self.tr("楼"), self.tr("人数"), ""], hint)

    def _show_block(self, people: Sequence[Hit]) -> None:
        if self._house is not None:
            living = [one for one in people if one.dwelling == self._house]
            self._show_people(living, self.tr("点一下看他的卡片"))
            return
        houses: dict[str, list[Hit]] = {}
        for one in people:
            houses.setdefault(one.dwelling, []).append(one)
        lines = [
            Line(house, (house or self.tr("没有房号"), listed(one.masked for one in living[:6]),
                         str(len(living))))
            for house, living in houses.items()
        ]  # fmt: skip
        hint = self.tr("{houses} 户，{people} 人。点一户").format(houses=len(lines), people=len(people))
        self._show(lines, [self.tr("房号"), self.tr("住着"), self.tr("人数")], hint)

    def _show_people(self, people: Sequence[Hit], hint: str) -> None:
        lines = [
            Line(
                one,
                (one.dwelling or "—", one.masked, words.category(one.category), one.phone_tail or "—"),
            )
            for one in people
        ]
        titles = [self.tr("房号"), self.tr("姓名"), self.tr("类别"), self.tr("电话尾号")]
        self._show(lines, titles, hint)

    def _show(self, lines: Sequence[Line], titles: Sequence[str], hint: str) -> None:
        self.table.show_lines(lines, titles)
        self.hint.setText(hint)
        self.up.setVisible(self._block is not None and not self.typed.text())
        above = (
            self._block_name(self._block) if self._block and self._house is not None else self.tr("所有的楼")
        )
        self.up.setText(f"← {above}")

    def _block_name(self, block: Block) -> str:
        if not block.name:
            return self.tr("没有房号")
        return self.tr("{name} 号楼").format(name=block.name) if block.name.isdigit() else block.name

    # --- going down and up ----------------------------------------------------------------------

    def _tapped(self, index: QModelIndex) -> None:
        if index.row() < len(self.table.lines):
            self.open(self.table.lines[index.row()].about)

    def open(self, about: object) -> None:
        """What a line is about: a building, a dwelling, a person."""
        if isinstance(about, Hit):
            self.chosen.emit(about.person_id)
            return
        if isinstance(about, Block):
            self._block, self._house = about, None if about.name else ""
        elif isinstance(about, str):
            self._house = about
        self.show_found()

    def _go_up(self) -> None:
        if self._house is not None and self._block and self._block.name:
            self._house = None
        else:
            self._block = self._house = None
        self.show_found()
