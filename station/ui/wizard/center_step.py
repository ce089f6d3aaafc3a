"""The center, or alone: the one-time code of the center is typed or pasted, and tried at once."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from station.ui.admin.parts import label
from station.ui.admin.work import Work
from station.ui.theme import Theme
from station.ui.wizard.choices import Choice, Key, OneOf
from station.ui.wizard.desk import NotEnrolledError, WizardDesk
from station.ui.wizard.draft import Draft
from station.ui.wizard.step import Step

_ALONE, _CENTER = 0, 1


class CenterStep(Step):
    def __init__(self, draft: Draft, desk: WizardDesk) -> None:
        super().__init__(draft, desk)
        self._work: Work | None = None
        self.choices = [Choice(self.tr("自己用，不连中心")), Choice(self.tr("连到中心"))]
        self._group, line = OneOf(self, self._choose), QHBoxLayout()
        for number, choice in enumerate(self.choices):
            self._group.addButton(choice, number)
            line.addWidget(choice)
        self.address, self.code = QLineEdit(), QLineEdit()
        self.said = label(wrap=True)
        self.enrol_key = Key(self.tr("登记到中心"), self.enrol, "main")
        self._form, row = QWidget(), QHBoxLayout()
        self._form.setLayout(row)
        row.setContentsMargins(0, 0, 0, 0)
        hints = (self.tr("中心的地址，或者整个链接"), self.tr("一次性码"))
        for field, hint, share in zip((self.address, self.code), hints, (3, 2), strict=True):
            field.setPlaceholderText(hint)
            field.setAccessibleName(hint)
            field.returnPressed.connect(self.enrol)
            row.addWidget(field, share)
        row.addWidget(self.enrol_key)
        self.column.addLayout(line)
        self.column.addWidget(self._form)
        self.column.addWidget(self.said)
        self.column.addStretch()
        self._choose(_CENTER if draft.center else _ALONE if draft.alone else -1)

    @property
    def title(self) -> str:
        return self.tr("连中心，还是自己用")

    @property
    def sentence(self) -> str:
        return self.tr("中心给了地址和一次性码，就填在这里；没有就自己用，以后再连。")

    @property
    def if_skipped(self) -> str:
        return self.tr("自己用；以后在“管理 → 中心”里能连")

    @property
    def ready(self) -> bool:
        return self.draft.alone or bool(self.draft.center)

    @property
    def summary(self) -> str:
        if self.draft.center:
            return self.tr("中心叫它：{name}").format(name=self.draft.center)
        return self.tr("自己用") if self.draft.alone else ""

    @property
    def busy(self) -> bool:
        return self._work is not None

    def skip(self) -> None:
        self.draft.alone = False
        self._choose(_CENTER if self.draft.center else -1)

    def leave(self) -> None:
        """An answer that comes later is kept: the center has taken the station by then."""

    def enrol(self) -> None:
        """Ask the center, beside the screen."""
        address, code = self.address.text().strip(), self.code.text().strip()
        if not address or self._work:
            self.said.setText(self.said.text() or self.tr("请先填中心的地址和一次性码。"))
            return
        self.said.setText(self.tr("正在问中心…"))
        self.enrol_key.setEnabled(False)
        work = self._work = Work(lambda progress: self.desk.enrol(address, code), self)
        work.done.connect(self._enrolled)
        work.failed.connect(self._refused)
        work.start()

    def _enrolled(self, name: object) -> None:
        self._work = None
        self.draft.center, self.draft.alone = str(name), False
        self.said.setText(self.tr("✓ 登记好了。中心叫这台机器：{name}").format(name=name))
        self.enrol_key.setEnabled(True)
        self.changed.emit()

    def _refused(self, error: object) -> None:
        """Whatever it is, nothing has changed, and it can be tried again."""
        self._work = None
        known = isinstance(error, NotEnrolledError)
        self.said.setText(str(error) if known else self.tr("没有登记成。可以先跳过，以后再连。"))
        self.enrol_key.setEnabled(True)

    def _choose(self, number: int) -> None:
        self.draft.alone = number == _ALONE
        self._form.setVisible(number == _CENTER)
        for place, choice in enumerate(self.choices):
            choice.setChecked(place == number)
        if number != _CENTER:
            self.said.setText("")
        self.changed.emit()

    def dress(self, theme: Theme, scale: float) -> None:
        super().dress(theme, scale)
        layout = self._form.layout()
        if layout:
            layout.setSpacing(round(12 * scale))
