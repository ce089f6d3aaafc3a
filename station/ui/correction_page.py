"""The last verdict was wrong: which is right, and why? Two taps, or a guard's number between them.

Chooses a `core.override.Override`. The first entry stays.
"""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from station.core.model import Severity
from station.core.operators import Who
from station.core.override import Override, OverrideReason, Role, may_override
from station.ui import override_words, words
from station.ui.buttons import KeyButton, VerdictButton
from station.ui.signed_page import RoleOf, SignedPage
from station.ui.theme import Theme
from station.ui.touch import Touch

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


class CorrectionPage(SignedPage):
    """Whoever stands here is on duty, or a volunteer, or for one time who signed with number and PIN.

    `asks`: nobody here knows, the center is to be asked.

    As long as no operator was ever made, a number is typed and believed.
    """

    asks = Signal()

    def __init__(self, theme: Theme, touch: Touch, role_of: RoleOf, parent: QWidget) -> None:
        super().__init__(theme, touch, role_of, len(_MILDER), parent)
        self._before, self._wanted = Severity.RECHECK, Severity.RECHECK
        self._operator, self._role = "", Role.VOLUNTEER
        self.title.setObjectName("entry")  # in the regular face: it may hold a rare character of a name
        self._verdicts = self._add_step()
        self._build_verdicts(theme, touch)
        ask = KeyButton(self.tr("问中心"), "F2", touch, self)
        ask.tapped.connect(self.asks)
        self.add_to_foot(ask)

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

    def _build_verdicts(self, theme: Theme, touch: Touch) -> None:
        row = QHBoxLayout(self._verdicts)
        row.setContentsMargins(0, 0, 0, 0)
        self._choices = [VerdictButton(one, str(one + 1), theme, touch, self._verdicts) for one in Severity]
        for severity, button in zip(Severity, self._choices, strict=True):
            button.tapped.connect(lambda severity=severity: self._want(severity))
            row.addWidget(button)

    # --- what is chosen -----------------------------------------------------------------------

    def _take(self, place: int) -> None:
        if self._reasons.isVisible():
            self._give(place)
        elif place < len(Severity):
            self._want(Severity(place))

    def _want(self, severity: Severity) -> None:
        if severity is self._before:
            return
        self._wanted = severity
        if self._may(self._role):
            self._ask_why()
        else:
            self._ask(self.tr("请他按自己的编号，再按“确定”。"))

    def _may(self, role: Role) -> bool:
        return may_override(role, self._before, self._wanted)

    def _ask(self, step: str) -> None:
        """Not for a volunteer: who may, and how they do it."""
        verdict = words.verdict_name(self._wanted)
        why = self.tr("改成“{verdict}”要保安或管理员来定。").format(verdict=verdict)
        told = [why, step, self.tr("他不在这里就打社区值班电话。")]
        if self._before is Severity.STOP:
            told.append(self.tr("改成“复核”您自己就可以。"))
        self._ask_at_the_pad("\n\n".join(told))

    def _not_theirs(self) -> str:
        return self.tr("您的编号不能这样改，请他按自己的编号，再按“确定”。")

    def _signed(self, who: Who) -> None:
        self._operator, self._role = who.number, who.role or Role.VOLUNTEER
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
