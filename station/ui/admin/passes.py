"""The passes section (出入证): who has one, new ones for people of the roster, what is lost or taken back."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime

from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QVBoxLayout, QWidget

from station.local_time import local_now
from station.ui.admin import desk_words
from station.ui.admin.desk import Candidate, DeskError, PassDesk, PassLine
from station.ui.admin.parts import Command, Field, Question, Switch, label, row
from station.ui.admin.places import Place, places
from station.ui.admin.sections import Host, Section
from station.ui.admin.sheet_preview import SheetPreview
from station.ui.admin.table import Line, Table
from station.ui.theme import Theme

_NAME_COLUMN = 1
_PREVIEW_SHARE, _LIST_SHARE = 2, 3


class PassesSection(Section):
    """Names are masked until somebody asks to see them, and again when they go."""

    def __init__(
        self,
        host: Host,
        desk: PassDesk,
        *,
        where: Callable[[], Sequence[Place]] = places,
        now: Callable[[], datetime] = local_now,
    ) -> None:
        super().__init__(host)
        self._desk = desk
        self._passes: Sequence[PassLine] = ()
        self._people: Sequence[Candidate] = ()
        self._issuing = False
        self.preview = SheetPreview(host, desk, where, now)
        self.preview.in_full.connect(self.in_full)
        self.question = Question()
        self.table = Table(self._titles(), _NAME_COLUMN)
        self._build()

    @property
    def title(self) -> str:
        return self.tr("出入证")

    def enter(self) -> None:
        self.preview.refresh()
        self._read_passes()

    def leave(self) -> None:
        self.unmasked.setChecked(False)
        self.question.answer(yes=False)
        self.preview.show_passes([])
        self.house.clear()
        self._people = ()

    def end(self) -> None:
        self.preview.end()

    def go_back(self) -> bool:
        if self.question.isHidden():
            return False
        self.question.answer(yes=False)
        return True

    # --- building -------------------------------------------------------------------------------

    def _build(self) -> None:
        self.modes = QButtonGroup(self)
        for number, text in enumerate((self.tr("已发的证"), self.tr("发新证"))):
            self.modes.addButton(Switch(text), number)
        self.modes.button(0).setChecked(True)
        self.modes.idClicked.connect(lambda number: self.show_mode(issuing=number == 1))
        self.unmasked = Switch(self.tr("显示全名"), "flat")
        self.unmasked.toggled.connect(lambda on: self._fill())
        self.unmasked.toggled.connect(lambda on: self.in_full.emit() if on else None)
        self._build_list()
        self._middle = QHBoxLayout()
        self._middle.addWidget(self._list, _LIST_SHARE)
        self._middle.addWidget(self.preview, _PREVIEW_SHARE)
        self.column.addLayout(self._middle, 1)
        self.column.addWidget(self.question)

    def _build_list(self) -> None:
        self.house = Field(self.tr("房号，如 3-2-501；3-2 是整个单元"), plain=True)
        self.house.returnPressed.connect(self.look_up)
        self.house.textChanged.connect(lambda text: None if self._issuing else self._fill())
        self.look = Command(self.tr("查"), self.look_up)
        self.issue = Command("", self._issue, "main")
        self.all = Command(self.tr("全选"), self._mark_all, "flat")
        self.none = Command(self.tr("都不选"), lambda: self.table.mark([]), "flat")
        self.lost = Command(self.tr("挂失补办"), self._ask_to_reissue)
        self.revoke = Command(self.tr("作废"), self._ask_to_revoke)
        self.count = label(name="note")
        self._list = QWidget()
        self._list.setObjectName("plain")
        self._lines = QVBoxLayout(self._list)
        self._lines.setContentsMargins(0, 0, 0, 0)
        self._lines.addLayout(
            row(label(self.title, "title"), None, self.modes.button(0), self.modes.button(1))
        )
        self._lines.addLayout(row(self.house, self.look))
        self._lines.addLayout(row(self.count, None, self.unmasked, self.all, self.none))
        self._lines.addWidget(self.table, 1)
        self._lines.addLayout(row(self.lost, self.revoke, None, self.issue))
        self.table.marked_changed.connect(self._show_marked)

    def _titles(self) -> list[str]:
        return [self.tr("房号"), self.tr("姓名"), self.tr("类别"), self.tr("有效至"), self.tr("编号")]

    # --- what is listed -------------------------------------------------------------------------

    def show_mode(self, *, issuing: bool) -> None:
        """The passes there are, or people who may get one."""
        self._issuing = issuing
        self.modes.button(int(issuing)).setChecked(True)
        self._people = ()
        self.house.clear()
        self._fill()
        self.house.setFocus()

    def look_up(self) -> None:
        """Who lives there. Among the passes, typing alone finds."""
        if not self._issuing:
            return
        house = self.house.text().strip()
        if not house:
            self.host.say(self.tr("请先写房号"), trouble=True)
            return
        try:
            self._people = self._desk.living_in(house)
        except DeskError as error:
            self.host.say(str(error), trouble=True)
            return
        self.host.say("" if self._people else self.tr("名册里没有人住在 {house}").format(house=house))
        self._fill()
        self.table.mark([person for person in self._people if not person.has_pass])

    def _read_passes(self) -> None:
        try:
            self._passes = self._desk.passes()
        except DeskError as error:
            self._passes = ()
            self.host.say(str(error), trouble=True)
        self._fill()

    def _fill(self) -> None:
        lines = self._people_lines() if self._issuing else self._pass_lines()
        titles = [*self._titles()[:3], self.tr("出入证")] if self._issuing else self._titles()
        self.table.show_lines(lines, titles)
        for widget in (self.lost, self.revoke):
            widget.setVisible(not self._issuing)
        for widget in (self.issue, self.look):
            widget.setVisible(self._issuing)
        self._show_marked()

    def _pass_lines(self) -> list[Line]:
        wanted = self.house.text().strip().lower()
        return [
            Line(
                one,
                (
                    one.dwelling,
                    self._name(one),
                    desk_words.kind(one.kind),
                    f"{one.until:%Y-%m-%d}",
                    one.number[:8].upper(),
                ),
            )
            for one in self._passes
            if one.dwelling.startswith(wanted) or one.number.startswith(wanted)
        ]

    def _people_lines(self) -> list[Line]:
        has, free = self.tr("已有"), self.tr("没有")
        return [
            Line(
                one,
                (one.dwelling, self._name(one), desk_words.kind(one.kind), has if one.has_pass else free),
                can_be_marked=not one.has_pass and one.kind is not None,
            )
            for one in self._people
        ]

    def _name(self, one: PassLine | Candidate) -> str:
        return one.name if self.unmasked.isChecked() else one.masked

    @property
    def marked_passes(self) -> list[PassLine]:
        return [one for one in self.table.marked if isinstance(one, PassLine)]

    @property
    def marked_people(self) -> list[Candidate]:
        return [one for one in self.table.marked if isinstance(one, Candidate)]

    def _hint(self) -> str:
        if self._issuing:
            return self.tr("先查一户，再发证。发好以后，这里先看样子，再打印。")
        if not self._passes:
            return self.tr("还没有发过证。点“发新证”，写上房号，就能发。")
        return self.tr("点左边要打印的证，这里先看样子。")

    def _mark_all(self) -> None:
        self.table.mark_all()

    def _show_marked(self) -> None:
        passes, people = self.marked_passes, self.marked_people
        self.preview.show_passes(passes, self._hint())
        self.count.setVisible(bool(self.table.lines))
        self.count.setText(
            self.tr("{marked} / {all} 人").format(marked=len(people), all=len(self.table.lines))
            if self._issuing
            else self.tr("{marked} / {all} 张").format(marked=len(passes), all=len(self.table.lines))
        )
        self.issue.setText(self.tr("发 {count} 张证").format(count=len(people)))
        self.issue.setEnabled(bool(people))
        self.revoke.setEnabled(bool(passes))
        self.lost.setEnabled(len(passes) == 1)

    # --- what is done ---------------------------------------------------------------------------

    def _issue(self) -> None:
        try:
            issued = self._desk.issue(self.marked_people)
        except DeskError as error:
            self.host.say(str(error), trouble=True)
            return
        self.show_mode(issuing=False)
        self._show_new(issued)
        self.host.say(self.tr("发了 {count} 张证，大门已经认得；现在可以打印。").format(count=len(issued)))

    def _ask_to_revoke(self) -> None:
        chosen = self.marked_passes
        self.question.ask(
            self.tr("作废 {count} 张证（{who}）？作废以后大门就不认了，不能恢复。").format(
                count=len(chosen), who=self._who(chosen)
            ),
            self.tr("作废"),
            lambda: self._revoke(chosen),
        )

    def _revoke(self, passes: Sequence[PassLine]) -> None:
        try:
            self._desk.revoke(passes)
        except DeskError as error:
            self.host.say(str(error), trouble=True)
            return
        self._read_passes()
        self.host.say(self.tr("作废了 {count} 张证，大门不再认它们。").format(count=len(passes)))

    def _ask_to_reissue(self) -> None:
        (lost,) = self.marked_passes
        self.question.ask(
            self.tr("{who} 的证丢了？旧证作废，补一张新的。").format(who=self._who([lost])),
            self.tr("补办"),
            lambda: self._reissue(lost),
        )

    def _reissue(self, lost: PassLine) -> None:
        try:
            new = self._desk.reissue(lost)
        except DeskError as error:
            self.host.say(str(error), trouble=True)
            return
        self._show_new([new])
        self.host.say(self.tr("旧证作废了，新证可以打印。"))

    def _show_new(self, issued: Sequence[PassLine]) -> None:
        self._read_passes()
        self.table.mark([one for one in self._passes if one.id in {new.id for new in issued}])
        self.preview.show_now()

    def _who(self, passes: Sequence[PassLine]) -> str:
        """The first of them, masked or not as in the list."""
        first = f"{passes[0].dwelling} {self._name(passes[0])}"
        return first if len(passes) == 1 else self.tr("{first} 等").format(first=first)

    def dress(self, theme: Theme, scale: float) -> None:
        super().dress(theme, scale)
        for layout in (self._middle, self._lines):
            layout.setSpacing(round(10 * scale))
        self.table.dress(scale)
        self.preview.dress(theme, scale)
