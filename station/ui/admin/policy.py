"""The rules section (规则): what is in force, a draft and its trial, the history, the drill without codes."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtWidgets import QButtonGroup, QStackedWidget

from station.core.hindsight import Differing
from station.core.policy import Policy, kept_policy
from station.core.policy_edit import PolicyEditError
from station.ui.admin import policy_speech
from station.ui.admin.parts import Question, Switch, label, row
from station.ui.admin.policy_desk import DrillLine, InUse, PolicyDesk, PolicyDeskError, Trial
from station.ui.admin.policy_draft import Draft
from station.ui.admin.policy_drill import DrillPage
from station.ui.admin.policy_form_page import FormPage
from station.ui.admin.policy_history import HistoryPage
from station.ui.admin.policy_now import NowPage
from station.ui.admin.policy_trial import TrialPage
from station.ui.admin.sections import Host, Section
from station.ui.theme import Theme

NOW, FORM, TRIAL, HISTORY, DRILL = range(5)


class PolicySection(Section):
    """A draft lives here until it is activated or the section is asked to begin anew."""

    admin_only = True

    def __init__(self, host: Host, desk: PolicyDesk) -> None:
        super().__init__(host)
        self._desk = desk
        self._used: InUse | None = None
        self._draft: Draft | None = None
        self._starts: list[str] = []  # the texts that the form offers to begin from
        self.now, self.form, self.trial = NowPage(), FormPage(self._complain), TrialPage()
        self.history, self.drill = HistoryPage(), DrillPage()
        self.alarm, self.question = label(name="trouble", wrap=True), Question()
        self._build()

    @property
    def title(self) -> str:
        return self.tr("规则")

    def enter(self) -> None:
        self.refresh()

    def leave(self) -> None:
        self.question.answer(yes=False)
        for signature in (self.trial.signature, self.drill.signature):
            signature.clear()

    def go_back(self) -> bool:
        if self.question.isHidden():
            return False
        self.question.answer(yes=False)
        return True

    def _build(self) -> None:
        self.modes = QButtonGroup(self)
        self._stack = QStackedWidget()
        titles = (self.tr("现行"), self.tr("改"), self.tr("试算启用"), self.tr("谁改过"), self.tr("停码"))
        pages = (self.now, self.form, self.trial, self.history, self.drill)
        for number, (title, page) in enumerate(zip(titles, pages, strict=True)):
            self.modes.addButton(Switch(title), number)
            self._stack.addWidget(page)
        self.modes.button(NOW).setChecked(True)
        self.modes.idClicked.connect(self.show_page)
        self.column.addLayout(row(label(self.title, "title"), None, *self.modes.buttons()))
        self.column.addWidget(self.alarm)
        self.column.addWidget(self._stack, 1)
        self.column.addWidget(self.question)
        self.form.begun.connect(lambda number: self._begin(self._starts[number]))
        self.form.edited.connect(self._forget_trial)
        self.trial.asked.connect(self._try)
        self.trial.keeping.connect(lambda: self._guarded(self._keep))
        self.trial.activating.connect(self._ask_to_activate)
        self.history.taken.connect(self._take)
        self.drill.switched.connect(self._ask_to_switch)
        self.drill.asked.connect(self._verify)

    # --- what is shown --------------------------------------------------------------------------

    def show_page(self, number: int) -> None:
        """One of NOW, FORM, TRIAL, HISTORY, DRILL."""
        self.host.say("")
        self.question.answer(yes=False)
        self.modes.button(number).setChecked(True)
        self._stack.setCurrentIndex(number)
        self._sound_alarm()
        if number == HISTORY:
            self._guarded(lambda: self.history.show_history(self._desk.history()))

    def refresh(self) -> None:
        """Read anew what is in force. A draft stays, unless something else came into force meanwhile."""
        self._guarded(self._read)

    def _read(self) -> None:
        before, used = self._used, self._desk.in_use()
        self._used = used
        self.trial.zone = self.drill.zone = self._desk.now().tzinfo
        self.now.show_policy(used)
        self.drill.show_state(used, self._desk.drills())
        self.trial.offer_days(self._desk.now().date())
        self._sound_alarm()
        if self._draft is None or before is None or before.policy != used.policy:
            self._offer(used)
            self._begin(used.text)

    def _sound_alarm(self) -> None:
        """What must not be overlooked; the drill's own page says the one anyway."""
        said, used = [], self._used
        if used and used.refused:
            said.append(self.tr("有一版更新的规则不是本机签的，没有使用。请到“谁改过”看，再找管理员。"))
        if used and used.wrong:
            said.append(
                self.tr("现行规则有一处不对，大门还照原来的判：{}。请改好再启用。").format(used.wrong)
            )
        if used and used.down_since and self._stack.currentIndex() != DRILL:
            said.append(self.tr("现在停码：大门不查码。"))
        self.alarm.setText("\n".join(said))
        self.alarm.setVisible(bool(said))

    def _offer(self, used: InUse) -> None:
        presets = self._desk.presets()
        self._starts = [used.text, *(text for _, text in presets)]
        self.form.offer([self.tr("现行的"), *(policy_speech.name(name) for name, _ in presets)], 0)

    # --- the draft ------------------------------------------------------------------------------

    def _begin(self, text: str) -> None:
        assert self._used is not None
        self._draft = Draft(text, kept_policy(self._used.text))
        self.form.show_draft(self._draft)
        self._forget_trial()

    def _take(self, text: str) -> None:
        self._begin(text)
        self.show_page(FORM)

    def _forget_trial(self) -> None:
        if self._draft:
            count = len(self._draft.changes)
            said = self.tr("草稿：{name}，和现行比改了 {count} 处")
            said = said.format(name=policy_speech.name(self._draft.policy.name), count=count)
            self.trial.forget(said, differs=bool(count))

    def _try(self, day: Any) -> None:
        draft = self._draft
        if draft is None:
            return
        self._forget_trial()
        job = self._desk.trial(draft.policy, day)
        self.host.work(
            self.tr("正在试算"),
            job,
            partial(self._show_trial, draft.text),
            lambda error: self._complain(str(error)),
        )

    def _show_trial(self, text: str, result: object) -> None:
        """Only if the draft is still the one that was tried."""
        assert isinstance(result, Trial)
        if self._draft and self._draft.text == text:
            self._guarded(lambda: self.trial.show_trial(result, self._who))

    def _who(self, one: Differing) -> str:
        return self._desk.who(one.entry)

    def _keep(self) -> None:
        signature = self.trial.signature
        if self._draft and self._signed(signature.number):
            self._desk.keep(self._draft.text, signature.number, signature.why)
            self.host.say(self.tr("草稿存好了，在“谁改过”里，随时可以拿来接着改"))

    def _ask_to_activate(self) -> None:
        if not self._signed(self.trial.signature.number):
            return
        self.question.ask(
            self.tr("从现在起按这份规则判定？大门会停几秒，正在办的人请他再亮一次码。"),
            self.tr("启用"),
            lambda: self._guarded(self._activate),
        )

    def _activate(self) -> None:
        assert self._draft is not None
        signature = self.trial.signature
        try:
            text = self._draft.numbered(self._known())
        except PolicyEditError as error:
            raise PolicyDeskError(str(error)) from error
        self._desk.activate(text, signature.number, signature.why)
        signature.clear()
        self._draft = None
        self._read()
        self.show_page(NOW)
        assert self._used is not None
        self.host.say(self.tr("现在按 {name} 判定").format(name=policy_speech.label(self._used.policy)))

    def _known(self) -> list[Policy]:
        """Every policy that was here before or comes with the program."""
        before = [line.policy for line in self._desk.history() if line.policy]
        return [*before, *(kept_policy(text) for text in self._starts)]

    # --- the drill ------------------------------------------------------------------------------

    def _ask_to_switch(self, down: bool) -> None:
        if not self._signed(self.drill.signature.number):
            return
        said = (
            self.tr("停码？大门不再查码，只看名册和体温，直到恢复。")
            if down
            else self.tr("恢复查码？然后请补核停码时的记录。")
        )
        yes = self.tr("停码") if down else self.tr("恢复查码")
        self.question.ask(said, yes, lambda: self._guarded(partial(self._switch, down)))

    def _switch(self, down: bool) -> None:
        signature = self.drill.signature
        self._desk.switch_codes(signature.number, signature.why, down=down)
        signature.clear()
        self._read()
        self.host.say(self.tr("已经停码") if down else self.tr("已经恢复查码，请点补核"))

    def _verify(self, drill: DrillLine) -> None:
        self._guarded(lambda: self.drill.show_verified(self._desk.verify(drill), self._who))

    # --- helpers --------------------------------------------------------------------------------

    def _signed(self, number: str) -> bool:
        if not number:
            self._complain(self.tr("请先写您的编号"))
        return bool(number)

    def _guarded(self, act: Callable[[], object]) -> None:
        try:
            act()
        except PolicyDeskError as error:
            self._complain(str(error))

    def _complain(self, sentence: str) -> None:
        self.host.say(sentence, trouble=bool(sentence))

    def dress(self, theme: Theme, scale: float) -> None:
        super().dress(theme, scale)
        for page in (self.now, self.form, self.trial, self.history, self.drill):
            page.dress(scale)
