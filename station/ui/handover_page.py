"""Handing over (交班): the sheet that wrote itself, the checklists, and two signatures. Over the gate, which
goes on: a STOP takes the page away, and what was ticked, said or signed stays.
"""

from __future__ import annotations

from functools import partial

from station.core.handover import MOST_OF_REMARK
from station.ui.handover_desk import Signer
from station.ui.handover_frame import STAYS_S, Step
from station.ui.handover_steps import HandoverSteps
from station.ui.offers import Offer

MOST_OF_NAME = 20


class HandoverPage(HandoverSteps):
    """Who signs, and how."""

    def open(self, now: float) -> None:
        """At the sheet, or at the signature that is still missing."""
        super().open(now)
        self.stay(STAYS_S)
        self._anew = False
        waits = self._waiting()
        if waits:
            self._sheet = waits.sheet
            self._ask_in()
        else:
            self.show_sheet()

    # --- signing --------------------------------------------------------------------------------

    def _ask_out(self) -> None:
        on_duty = self._asked(self._desk.on_duty)
        if on_duty:
            self._choose_signer(on_duty, Step.OUT_PIN)
            return
        self.title.setText(self.tr("谁交班？请点自己的名字。"))
        self._offer_people(Step.OUT, Step.OUT_PIN, other=self.tr("交班的人不在"))

    def _ask_in(self) -> None:
        waits = self._asked(self._desk.waits)
        out = waits.outgoing if waits else ""
        said = self.tr("{name} 交了班。谁接班？") if out else self.tr("谁接班？请点自己的名字。")
        self.title.setText(said.format(name=out))
        self._offer_people(Step.IN, Step.IN_PIN)

    def _offer_people(self, step: Step, then: Step, other: str = "") -> None:
        people = self._asked(self._desk.people) or ()
        named = self._desk.pins()
        if not named and not people and step is Step.IN:
            self._ask_name(out=False)
            return
        offers = [(Offer(one.name, one.about), partial(self._choose_signer, one, then)) for one in people]
        self._offer(step, offers, go_on="" if named else self.tr("写名字"), other=other)

    def _choose_signer(self, signer: Signer, then: Step) -> None:
        self._signer = signer
        if not signer.number:
            self._sign("") if then is Step.IN_PIN else self._confirm_name(signer)
            return
        said = self.tr("{name} 接班") if then is Step.IN_PIN else self.tr("{name} 交班")
        self.title.setText(said.format(name=signer.name))
        self._ask_pin(then)

    def _confirm_name(self, signer: Signer) -> None:
        """Whoever is on duty by name signs with one touch more: it stays what they said."""
        self.title.setText(self.tr("{name} 交班").format(name=signer.name))
        self.note.show_text(
            self.tr("按“签字”，交班单就定下来，等接班的人签。\n\n不是你？点“不是我”，写自己的名字。")
        )
        self._turn(Step.OUT_PIN, go_on=self.tr("签字"), other=self.tr("不是我"), pad=False)

    def _ask_pin(self, step: Step, trouble: str = "") -> None:
        asked = (
            self.tr("请按密码，再按“确定”，签字交班。")
            if step is Step.OUT_PIN
            else self.tr("请按密码，再按“确定”，签字接班。")
        )
        self.note.show_text(trouble or asked)
        self.pad.clear()
        other = self.tr("换个人签") if step is Step.OUT_PIN else ""
        self._turn(step, other=other, pad=True)

    def _ask_name(self, *, out: bool) -> None:
        self.title.setText(self.tr("交班的人叫什么？") if out else self.tr("接班的人叫什么？"))
        self.note.show_text(self.tr("写好按回车。没有密码也能交接班；想要密码，请管理员在“账号”里添加。"))
        self._turn(Step.OUT_NAME if out else Step.IN_NAME, go_on=self.tr("签字"))
        self.field.ask(self.tr("名字"), most=MOST_OF_NAME)

    def _signed(self, pin: str) -> None:
        """The pad's digits."""
        if self._signer:
            self._sign(pin)

    def _sign(self, pin: str, *, absent: bool = False) -> None:
        out = self._step in (Step.OUT, Step.OUT_PIN, Step.OUT_NAME)
        signer, sheet = None if absent else self._signer, self._sheet
        if out and sheet:
            draft = self._asked(lambda: self._desk.draft(self._remark))
            trouble = self._desk.hand_over(draft, signer, pin) if draft else self.tr("交班单没写成")
        else:
            trouble = self._desk.take_over(signer, pin) if signer else ""
        if trouble:
            self._say(trouble, out=out)
            return
        self.changed.emit()
        if out:
            self._remark, self._anew = "", False
            self._ask_in()
        else:
            self._show_done()

    def _say(self, trouble: str, *, out: bool) -> None:
        if self._signer and self._signer.number:
            self._ask_pin(Step.OUT_PIN if out else Step.IN_PIN, trouble)
        else:
            self.note.show_text(trouble)
            self._turn(self._step, go_on=self.tr("再试一次"))

    def _show_done(self) -> None:
        on_duty = self._asked(self._desk.on_duty)
        name = on_duty.name if on_duty else ""
        self.title.setText(self.tr("交接好了，现在当班：{name}").format(name=name))
        self.note.show_text(self.tr("上岗清单请做一做。交班单在管理页“值班”里，可以打印，也可以存 PDF。"))
        self._turn(Step.DONE, go_on=self.tr("上岗清单"), other=self.tr("打印交班单"), pad=False)

    # --- buttons --------------------------------------------------------------------------------

    def _confirm(self) -> None:
        """ENTER: what the first button says."""
        self.stay(STAYS_S)
        match self._step:
            case Step.SHEET if self._sheet:
                self._ask_in() if self._waiting() else self._ask_out()
            case Step.REMARK:
                self._remark = self.field.said[:MOST_OF_REMARK]
                self.show_sheet()
            case Step.OUT | Step.IN if not self._desk.pins():
                self._ask_name(out=self._step is Step.OUT)
            case Step.OUT_NAME | Step.IN_NAME if self.field.said:
                self._signer = Signer(self.field.said)
                self._sign("")
            case Step.OUT_PIN if self._signer and not self._signer.number:
                self._sign("")
            case Step.DONE:
                self.show_points(0)

    def _otherwise(self) -> None:
        """0: what the second button says."""
        self.stay(STAYS_S)
        match self._step:
            case Step.SHEET if self._waiting():
                self._anew = True
                self.show_sheet()
            case Step.OUT:
                self._signer = None
                self._sign("", absent=True)
            case Step.OUT_PIN if self._signer and not self._signer.number:
                self._ask_name(out=True)
            case Step.OUT_PIN:
                self.title.setText(self.tr("谁交班？请点自己的名字。"))
                self._offer_people(Step.OUT, Step.OUT_PIN, other=self.tr("交班的人不在"))
            case Step.DONE:
                said = self._desk.print()
                self.note.show_text(said or self.tr("没有打印机。请在管理页“值班”里存成 PDF。"))
