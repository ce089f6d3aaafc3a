"""The last verdict was wrong: which is right, and why? Two taps, or a guard's number between them.

Chooses a `core.override.Override`. The first entry stays.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QWidget

from station.core.model import Severity
from station.core.override import Override, OverrideReason, Role, may_override
from station.ui import override_words, words
from station.ui.buttons import KeyButton, VerdictButton
from station.ui.duty import Duty, NoDuty
from station.ui.note import Note
from station.ui.number_pad import NumberPad
from station.ui.pages import Page
from station.ui.theme import Theme
from station.ui.touch import Touch

RoleOf = Callable[[str], Role | None]  # by the number of an operator; None: nobody here has it

_STRICTER = (
    OverrideReason.SUSPICIOUS,
    OverrideReason.SEEN_ON_PHONE,
    OverrideReason.MEASURED_AGAIN,
    OverrideReason.COMMUNITY_AGREED,
    OverrideReason.MISTAKE,
)
_MILDER = (
    OverrideReason.COMMUNITY_AGREED,
    OverrideReason.GOING_HOME,
    OverrideReason.EMERGENCY,
    OverrideReason.MEASURED_AGAIN,
    OverrideReason.SEEN_ON_PHONE,
    OverrideReason.PAPERS_SEEN,
    OverrideReason.NO_PHONE,
    OverrideReason.MISTAKE,
)  # "other" needs a note, and nobody writes one while a queue waits
_COLUMNS = 2
GUARD_COMES_S = 120.0  # from the other end of the gate


class CorrectionPage(Page):
    """Whoever stands here is on duty, or a volunteer, or for one time who signed with number and PIN.

    `asks`: nobody here knows, the center is to be asked.

    As long as no operator was ever made, a number is typed and believed.
    """

    asks = Signal()

    def __init__(self, theme: Theme, touch: Touch, role_of: RoleOf, parent: QWidget) -> None:
        super().__init__(theme, touch, parent)
        self._role_of = role_of
        self._duty: Duty = NoDuty()
        self._signing = ""  # the number of whoever types their PIN
        self._before, self._wanted = Severity.RECHECK, Severity.RECHECK
        self._operator, self._role = "", Role.VOLUNTEER
        self.title.setObjectName("entry")  # in the regular face: it may hold a rare character of a name
        self._steps = [QWidget(self) for _ in range(3)]
        self._verdicts, self._number, self._reasons = self._steps
        for step in self._steps:
            self.body.addWidget(step, 0, 0)
        self._build_verdicts(theme, touch)
        self._build_number(theme, touch)
        self._build_reasons(touch)
        ask = KeyButton(self.tr("问中心"), "F2", touch, self)
        ask.tapped.connect(self.asks)
        self.add_to_foot(ask)

    def use(self, duty: Duty) -> None:
        """Who is on duty, and whose PIN is right."""
        self._duty = duty

    def show_last(self, said: str, before: Severity) -> None:
        """Name the entry that a choice will correct, and its verdict."""
        self.title.setText(self.tr("改判：{entry}").format(entry=said))
        who = self._duty.answering()
        self._before, self._operator, self._role = before, who.number, who.role or Role.VOLUNTEER
        for severity, button in zip(Severity, self._choices, strict=True):
            button.setEnabled(severity is not before)
            button.show_note(self._note(severity))
        self._turn_to(self._verdicts)

    def dress(self, theme: Theme, scale: float) -> None:
        super().dress(theme, scale)
        for choice in self._choices:
            choice.dress(theme, scale)
        self._why_refused.dress(theme, scale)
        for grid in (self._pad.grid, self._list):
            grid.setSpacing(round(12 * scale))

    def type(self, character: str, now: float) -> None:
        super().type(character, now)
        if self._number.isVisible():
            self._pad.type(character)
        elif character in "123456789":
            self._take(int(character) - 1)

    def erase(self, now: float) -> None:
        super().erase(now)
        if self._number.isVisible():
            self._pad.erase()

    def enter(self, now: float) -> None:
        super().enter(now)
        if self._number.isVisible():
            self._pad.enter()

    # --- the three steps ----------------------------------------------------------------------

    def _build_verdicts(self, theme: Theme, touch: Touch) -> None:
        row = QHBoxLayout(self._verdicts)
        row.setContentsMargins(0, 0, 0, 0)
        self._choices = [VerdictButton(one, str(one + 1), theme, touch, self._verdicts) for one in Severity]
        for severity, button in zip(Severity, self._choices, strict=True):
            button.tapped.connect(lambda severity=severity: self._want(severity))
            row.addWidget(button)

    def _build_number(self, theme: Theme, touch: Touch) -> None:
        row = QHBoxLayout(self._number)
        row.setContentsMargins(0, 0, 0, 0)
        self._why_refused, self._pad = Note(34, theme, self._number), NumberPad(touch, self._number)
        self._pad.entered.connect(self._sign)
        row.addWidget(self._why_refused, 1)
        row.addWidget(self._pad, 1)

    def _build_reasons(self, touch: Touch) -> None:
        self._list = QGridLayout(self._reasons)
        self._list.setContentsMargins(0, 0, 0, 0)
        self._whys = [KeyButton("", str(place + 1), touch, self._reasons) for place in range(len(_MILDER))]
        for place, button in enumerate(self._whys):
            button.tapped.connect(lambda place=place: self._give(place))
            self._list.addWidget(button, place // _COLUMNS, place % _COLUMNS)
        for column in range(_COLUMNS):
            self._list.setColumnStretch(column, 1)

    def _turn_to(self, step: QWidget) -> None:
        for one in self._steps:
            one.setVisible(one is step)

    # --- what is chosen -----------------------------------------------------------------------

    def _take(self, place: int) -> None:
        """A digit stands for the button that bears it."""
        if self._reasons.isVisible():
            self._give(place)
        elif place < len(Severity):
            self._want(Severity(place))

    def _want(self, severity: Severity) -> None:
        if severity is self._before:
            return
        self._wanted = severity
        if may_override(self._role, self._before, severity):
            self._ask_why()
        else:
            self._refuse(self.tr("请他按自己的编号，再按“确定”。"))

    def _refuse(self, step: str) -> None:
        """Not for a volunteer: who may, and how they do it."""
        verdict = words.verdict_name(self._wanted)
        why = self.tr("改成“{verdict}”要保安或管理员来定。").format(verdict=verdict)
        told = [why, step, self.tr("他不在这里就打社区值班电话。")]
        if self._before is Severity.STOP:
            told.append(self.tr("改成“复核”您自己就可以。"))
        self._ask_at_the_pad("\n\n".join(told))
        self._signing = ""

    def _ask_at_the_pad(self, text: str) -> None:
        self._why_refused.show_text(text)
        self._pad.clear()
        self.stay(GUARD_COMES_S)
        self._turn_to(self._number)

    def _sign(self, number: str) -> None:
        if self._duty.used():
            self._sign_with_pin(number)
            return
        role = self._role_of(number)
        if role is None or not may_override(role, self._before, self._wanted):
            self._refuse(self.tr("没有这个编号，请再按一次。"))
            return
        self._operator, self._role = number, role
        self._ask_why()

    def _sign_with_pin(self, typed: str) -> None:
        """First the number, then the PIN."""
        if not self._signing:
            self._ask_at_the_pad(self.tr("编号 {number}：请按密码，再按“确定”。").format(number=typed))
            self._signing = typed
            return
        signed = self._duty.sign_once(self._signing, typed)
        if signed.operator is None:
            self._refuse(signed.refusal)
        elif not may_override(signed.operator.role, self._before, self._wanted):
            self._refuse(self.tr("您的编号不能这样改，请他按自己的编号，再按“确定”。"))
        else:
            self._operator, self._role = signed.operator.number, signed.operator.role
            self._ask_why()

    def _ask_why(self) -> None:
        verdict = words.verdict_name(self._wanted)
        self.title.setText(self.tr("为什么改成“{verdict}”？").format(verdict=verdict))
        reasons = self._offered()
        for place, button in enumerate(self._whys):
            button.setVisible(place < len(reasons))
            if place < len(reasons):
                button.show_label(override_words.reason(reasons[place]))
        self.stay()
        self._turn_to(self._reasons)

    def _give(self, place: int) -> None:
        reasons = self._offered()
        if place < len(reasons):
            operator = self._operator or self._role.value
            self._duty.used_role()
            self._choose(Override(self._wanted, reasons[place], operator, self._role))

    def _offered(self) -> tuple[OverrideReason, ...]:
        return _STRICTER if self._wanted > self._before else _MILDER

    def _note(self, severity: Severity) -> str:
        if severity is self._before:
            return self.tr("现在就是")
        return "" if may_override(self._role, self._before, severity) else self.tr("要保安或管理员")
