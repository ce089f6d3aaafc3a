"""The door of the admin page: a guard or an admin signs in before anything of it is seen.

It also locks again by itself when nobody uses the page.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QFrame, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from station.core.operators import Operator
from station.core.override import Role
from station.ui import operator_words
from station.ui.admin.operators_desk import DoorDesk, OperatorsDesk
from station.ui.admin.operators_lost import LostPin
from station.ui.admin.parts import Command, label, row
from station.ui.number_pad import NumberPad
from station.ui.offers import Offer
from station.ui.person_tile import PersonTile
from station.ui.theme import Theme
from station.ui.touch import Touch

SHOWN, _COLUMNS = 6, 2  # guards and admins at one time
_PLACES = tuple(str(place + 1) for place in range(SHOWN))  # the digit of each tile, as at the gate
_USES = (QEvent.Type.KeyPress, QEvent.Type.MouseButtonPress, QEvent.Type.Wheel, QEvent.Type.InputMethod)


class Door(QFrame):
    """`opened` when somebody may come in. Digits go to the pad, a scanner's burst to the gate as ever."""

    opened = Signal()
    left = Signal()  # back to the gate

    def __init__(
        self,
        desk: OperatorsDesk,
        theme: Theme,
        parent: QWidget | None = None,
        *,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.desk: DoorDesk = desk
        self._who: Operator | None = None
        self._people: list[Operator] = []
        self._first = 0  # of those whose tiles are seen
        self._new: str | None = None  # the first of the two times that a new PIN is typed
        touch = Touch(monotonic)
        self.title, self.note = label("", "title", wrap=True), label("", "heading", wrap=True)
        self.tiles = [PersonTile(theme, touch, self) for _ in range(SHOWN)]
        self.pad = NumberPad(touch, self)
        self.lost = LostPin(desk)
        self.forgot = Command(self.tr("密码忘了"), self._forget)
        self.more = Command(self.tr("下一页  PgDn"), self._leaf)
        self.back = Command(self.tr("回到卡口  Esc"), self.left.emit)
        self._build()

    def _build(self) -> None:
        self._grid = QGridLayout()
        for place, tile in enumerate(self.tiles):
            tile.tapped.connect(lambda place=place: self._choose(place))
            self._grid.addWidget(tile, place // _COLUMNS, place % _COLUMNS)
        self.pad.entered.connect(self._entered)
        self.lost.done.connect(self._recovered)
        left, sides = QVBoxLayout(), QHBoxLayout()
        left.addLayout(self._grid, 3)
        left.addWidget(self.note, 1)
        left.addLayout(row(self.back, self.forgot, None, self.more))
        sides.addLayout(left, 1)
        sides.addWidget(self.pad, 1)
        self._inside = QWidget(self)
        self._inside.setLayout(sides)
        column = QVBoxLayout(self)
        column.addWidget(self.title)
        column.addWidget(self._inside, 1)
        column.addWidget(self.lost, 1)
        self.lost.hide()

    # --- who may be here --------------------------------------------------------------------------

    def is_open(self) -> bool:
        """Whether the page may be seen now."""
        return not self.desk.used() or self.desk.page() is not None

    def may_enter(self) -> bool:
        """The same, for whoever comes from the gate and signed in there a moment ago."""
        return self.is_open() or self.desk.unlock_as_shift()

    def is_admin(self) -> bool:
        """Whether whoever is here may also do what only admins do."""
        page = self.desk.page()
        return not self.desk.used() or (page is not None and page.role is Role.ADMIN)

    def watch(self, on: bool) -> None:
        """Every key and tap on the page is use of it."""
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        if on:
            application.installEventFilter(self)
        else:
            application.removeEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in _USES and self.desk.used():
            self.desk.used_page()
        return False

    # --- the door ---------------------------------------------------------------------------------

    def come_up(self) -> None:
        """Ask who it is."""
        self._drop_half_way()
        self._people, self._first = list(self.desk.trusted()), 0
        self.more.setVisible(len(self._people) > SHOWN)
        self._turn(lost=False)
        self._show_names()
        self._choose(0, only=len(self._people) == 1)
        self.setFocus()

    @property
    def _seen(self) -> Sequence[Operator]:
        return self._people[self._first : self._first + SHOWN]

    def _show_names(self) -> None:
        for place, tile in enumerate(self.tiles):
            one = self._seen[place] if place < len(self._seen) else None
            role = operator_words.role(one.role) if one else ""
            tile.show_offer(Offer(one.name, f"{place + 1} · {role}") if one else None)

    def _leaf(self) -> None:
        """The next names; after the last of them the first."""
        if len(self._people) > SHOWN:
            self._first = self._first + SHOWN if self._first + SHOWN < len(self._people) else 0
            self._show_names()
            self._choose(0, only=False)
            self.setFocus()

    def _choose(self, place: int, *, only: bool = True) -> None:
        self._drop_half_way()
        self._who = self._seen[place] if only and place < len(self._seen) else None
        for at, tile in enumerate(self.tiles):
            tile.show_marked(self._who is not None and at == place)
        self.pad.clear()
        said = self.tr("{name}：请按密码，再按“确定”。").format(name=self._who.name) if self._who else ""
        self.note.setText(said or self.tr("请点自己的名字。"))

    def _entered(self, digits: str) -> None:
        self.pad.clear()
        if self._who is None:
            return
        if self._new is None:
            self._compare(digits)
        elif self._new == "":
            self._new = digits
            self.note.setText(self.tr("新密码再按一遍。"))
        else:
            self._take_new(digits)

    def _compare(self, pin: str) -> None:
        assert self._who
        answer = self.desk.unlock(self._who.number, pin)
        if answer.operator is None:
            self.note.setText(answer.refusal)
        elif answer.operator.new_pin:
            self._new = ""
            self.note.setText(self.tr("这是别人给的密码。请定一个只有自己知道的新密码，至少 6 位数字。"))
        else:
            self.opened.emit()

    def _take_new(self, again: str) -> None:
        assert self._who
        new, self._new = self._new or "", ""
        problem = self.tr("两遍不一样，请从头再来。") if again != new else ""
        problem = problem or self.desk.change_pin(self._who.number, new)
        if problem:
            self.note.setText(problem)
            return
        self._new = None
        self.opened.emit()

    def is_half_way(self) -> bool:
        """Signed in with a PIN that somebody else knows, and not changed it yet."""
        return self._new is not None

    def forget_if_left(self) -> None:
        """Half way, and gone: whoever comes next does not choose the PIN of who was here."""
        if self.is_half_way() and not self.is_open():
            self.come_up()

    def _drop_half_way(self) -> None:
        """Somebody else now: the new PIN that was asked for is not theirs, and nobody has come in."""
        if self.is_half_way():
            self._new = None
            self.desk.lock()

    def _forget(self) -> None:
        self._drop_half_way()
        admins = [one for one in self.desk.trusted() if one.role is Role.ADMIN]
        self.lost.ask(admins)
        self._turn(lost=True)

    def _recovered(self) -> None:
        self.come_up()

    def _turn(self, *, lost: bool) -> None:
        self.title.setText(self.tr("用恢复码定新密码") if lost else self.tr("管理页：请先签到"))
        self._inside.setVisible(not lost)
        self.lost.setVisible(lost)

    def go_back(self) -> bool:
        """Esc: whether there was something to close first."""
        if not self.lost.isVisible():
            return False
        if not self.lost.go_back():
            self.come_up()
        return True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.pad.enter()
        elif event.key() == Qt.Key.Key_Backspace:
            self.pad.erase()
        elif event.key() == Qt.Key.Key_PageDown:
            self._leaf()
        elif self._who is not None:
            self.pad.type(event.text())
        elif event.text() in _PLACES:
            self._choose(_PLACES.index(event.text()))
        event.accept()

    def dress(self, theme: Theme, scale: float) -> None:
        gap = round(12 * scale)
        for tile in self.tiles:
            tile.dress(theme, scale)
        for grid in (self._grid, self.pad.grid):
            grid.setSpacing(gap)
        layout = self._inside.layout()
        assert layout
        layout.setSpacing(2 * gap)
