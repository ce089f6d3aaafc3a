"""The set-up section (设备): what is plugged in, what it says right now, and what the gate uses it for.

A device that the gate uses is never opened a second time: what it says is heard from the gate. All others are
opened for as long as they are looked at. Nothing is saved before its reading or picture was seen.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import (
    QAbstractButton,
    QButtonGroup,
    QHBoxLayout,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from station.core.crash import Cause
from station.core.model import DeviceKind, DeviceState, DeviceStatus, Sample, Scan, View
from station.ui import running_words
from station.ui.admin import device_words
from station.ui.admin.bench import Bench, Camera, Found, Port, SaveError, Stop, Trouble, TroubleError, Use
from station.ui.admin.device_panel import DevicePanel
from station.ui.admin.parts import Command, Question, label, row
from station.ui.admin.sections import Host, Section
from station.ui.admin.work import Progress
from station.ui.bridge import Bridge
from station.ui.theme import Theme

LIST_PX, DEVICE_PX = 380, 84


class SetUpSection(Section):
    """`gate` is the gate's own bridge, which brings what the devices in use publish.

    `crashed` is of what the gate crashed again and again, so that it goes without devices now; `as_usual`
    has it use them again.
    """

    admin_only = True

    def __init__(
        self,
        host: Host,
        bench: Bench,
        gate: Bridge,
        crashed: Callable[[], Cause | None] = lambda: None,
        as_usual: Callable[[], None] = lambda: None,
    ) -> None:
        super().__init__(host)
        self._bench, self._gate = bench, gate
        self._crashed, self._as_usual = crashed, as_usual
        self._devices: list[Port | Camera] = []
        self._chosen: Port | Camera | None = None
        self._stop: Stop | None = None  # of what was opened only to be looked at
        self._scanner: tuple[Port, str] | None = None  # what is tried out, and as which kind
        self._trial = Bridge(self)
        self._scale = 1.0
        self._searching = 0  # counts searches, so that a late answer is known as late
        self.panel, self.question = DevicePanel(), Question()
        self._build()
        self._gate.device_event.connect(self._hear_gate)
        self._gate.view.connect(self._see_gate)
        self._trial.device_event.connect(self._hear_trial)
        self._trial.view.connect(self._see_trial)

    @property
    def title(self) -> str:
        return self.tr("设备")

    def enter(self) -> None:
        self._show_crashed()
        self.refresh()

    def leave(self) -> None:
        self._end_trial()
        self.question.answer(yes=False)
        self._choose(None)

    def go_back(self) -> bool:
        if self.question.isHidden():
            return False
        self.question.answer(yes=False)
        return True

    def _show_crashed(self) -> None:
        cause = self._crashed()
        self._manual.setVisible(cause is not None)
        self.usual.setVisible(cause is not None)
        if cause:
            said = self.tr("反复出错（{why}），先手工登记着。修好了再照常打开。")
            self._manual.setText(said.format(why=running_words.why(cause)))

    def _open_as_usual(self) -> None:
        self._end_trial()
        self._as_usual()
        self._show_crashed()
        self.host.say(self.tr("设备都用起来了。再反复出错，请叫维修。"))
        QTimer.singleShot(0, self.refresh)

    # --- the list -------------------------------------------------------------------------------

    def refresh(self) -> None:
        """Look again what is plugged in. The device in sight stays in sight, if it is still there."""
        before = self._chosen
        self._devices = [*self._bench.ports(), *self._bench.cameras()]
        for button in self._group.buttons():
            self._group.removeButton(button)
            self._list.removeWidget(button)
            button.deleteLater()
        for number, device in enumerate(self._devices):
            button = QPushButton(_line(device))
            button.setObjectName("device")
            button.setCheckable(True)
            self._group.addButton(button, number)
            self._list.insertWidget(number, button)
        self._empty.setVisible(not self._devices)
        self._give_room()
        same = next((device for device in self._devices if before and _key(device) == _key(before)), None)
        self._choose(same)

    def _give_room(self) -> None:
        """Heights of a style sheet come too late for the layout: the buttons would be pressed flat."""
        each = round(DEVICE_PX * self._scale) + self._list.spacing()
        self._inner.setMinimumHeight(len(self._devices) * each)

    @property
    def choices(self) -> list[QAbstractButton]:
        """The devices that are listed, one button each."""
        return self._group.buttons()

    def _build(self) -> None:
        again = Command(self.tr("重新看一遍"), self.refresh, "flat")
        self.column.addLayout(row(label(self.tr("设备：插着什么，大门用哪个"), "title"), None, again))
        self._manual = label("", wrap=True)
        self.usual = Command(self.tr("照常打开"), self._open_as_usual, "main")
        self.column.addLayout(row(self._manual, None, self.usual))
        self._middle = QHBoxLayout()
        self.column.addLayout(self._middle, 1)
        self.column.addWidget(self.question)
        inner = self._inner = QWidget()
        inner.setObjectName("plain")
        self._list, self._group = QVBoxLayout(inner), QButtonGroup(self)
        self._list.setContentsMargins(0, 0, 0, 0)
        self._empty = label(self.tr("没有看到摄像头和测温仪。请插好 USB 线，再点“重新看一遍”。"), wrap=True)
        self._list.addWidget(self._empty)
        self._list.addStretch()
        self._area = QScrollArea()
        self._area.setWidgetResizable(True)
        self._area.setWidget(inner)
        self._middle.addWidget(self._area)
        self._middle.addWidget(self.panel, 1)
        self._group.idClicked.connect(lambda number: self._choose(self._devices[number]))

    # --- one device -----------------------------------------------------------------------------

    def _choose(self, device: Port | Camera | None) -> None:
        self._end_trial()
        self._chosen = device
        button = self._group.button(self._devices.index(device)) if device in self._devices else None
        if button:
            button.setChecked(True)
        match device:
            case Port():
                self._show_port(device)
            case Camera():
                self._show_camera(device)
            case None:
                self.panel.clear()
                self.panel.say(self.tr("点左边的一个设备，看它说什么。") if self._devices else "")

    def _end_trial(self) -> None:
        self._searching += 1
        stop, self._stop, self._scanner = self._stop, None, None
        if stop:
            stop()

    def _show_port(self, port: Port) -> None:
        self.panel.clear(_name(port), f"{port.socket} · {port.path}")
        if port.use:
            using = self.tr("大门正在用它：{use}。").format(use=device_words.use(port.use))
            hint = self.tr("扫一个码试试。") if port.use is Use.SCANNER else self.tr("把手放到测温头前试试。")
            self.panel.say(f"{using}{hint}")
            self.panel.offer(*self._release_commands(port.use))
        else:
            self._search(port)

    def _search(self, port: Port) -> None:
        """Listen who is there: in a thread of its own, for this takes seconds."""
        self._end_trial()
        number = self._searching
        self.panel.say(self.tr("正在认它是哪种测温仪，最多 13 秒。只听不改，不会动它的设置。"))
        self.panel.offer()

        def job(progress: Progress) -> object:
            return self._bench.search(port, progress)

        def done(found: object) -> None:
            if number == self._searching:
                self._heard(port, found if isinstance(found, Found) else None)

        def failed(error: Exception) -> None:
            if number == self._searching:
                self._show_trouble(error, lambda: self._search(port))

        if not self.host.work(self.tr("正在找测温仪"), job, done, failed):
            self.panel.offer(Command(self.tr("再试一次"), lambda: self._search(port)))

    def _heard(self, port: Port, found: Found | None) -> None:
        if found is None:
            self.panel.say(
                self.tr("没认出是哪种测温仪。请看它的电源开了没有；如果是扫码枪，选一种，再扫一个码。")
            )
            self.panel.offer(*self._scanner_commands(port), self._again(lambda: self._search(port)))
            return
        self.panel.title.setText(found.title)
        self.panel.say(
            self.tr("认出来了：{title}。把手放到测温头前，数对了再保存。").format(title=found.title)
        )
        self.panel.offer(*self._thermometer_commands(port, found))
        self._stop = self._bench.listen(port, found, self._trial.publish)

    def _try_scanner(self, port: Port, kind: str) -> None:
        self._end_trial()
        self.panel.say(self.tr("请用它扫一个码。"))
        self.panel.offer(*self._scanner_commands(port), self._again(lambda: self._search(port)))
        self._scanner = port, kind
        self._stop = self._bench.listen_for_codes(port, kind, self._trial.publish)

    def _show_camera(self, camera: Camera) -> None:
        self.panel.clear(camera.title, " · ".join(part for part in (camera.socket, camera.source) if part))
        self.panel.picture.show()
        if camera.in_use:
            self.panel.say(self.tr("大门正在用这个摄像头。"))
            return
        self._look(camera)

    def _look(self, camera: Camera) -> None:
        self._end_trial()
        self.panel.say(self.tr("看看画面对着人站的地方没有，对了就用它。"))
        try:
            self._stop = self._bench.look(camera, self._trial.publish)
        except TroubleError as error:
            self._show_trouble(error, lambda: self._look(camera))
            return
        use = Command(
            self.tr("用这个摄像头"), lambda: self._keep(lambda: self._bench.use_camera(camera)), "main"
        )
        self.panel.offer(*self._if_can_save(use))

    def _show_trouble(self, error: Exception, again: Callable[[], None]) -> None:
        trouble = error.trouble if isinstance(error, TroubleError) else Trouble.OTHER
        what = Use.CAMERA if isinstance(self._chosen, Camera) else Use.THERMOMETER
        self.panel.say(device_words.trouble(trouble, what), trouble=True, detail=str(error))
        self.panel.offer(self._again(again))

    # --- commands -------------------------------------------------------------------------------

    def _again(self, act: Callable[[], None]) -> Command:
        return Command(self.tr("再试一次"), act)

    def _thermometer_commands(self, port: Port, found: Found) -> list[Command]:
        first = Command(
            self.tr("用作测温仪"),
            lambda: self._keep(lambda: self._bench.use_thermometer(port, found, Use.THERMOMETER)),
            "main",
        )
        second = Command(
            self.tr("用作第二支"),
            lambda: self._keep(lambda: self._bench.use_thermometer(port, found, Use.SECOND_THERMOMETER)),
        )
        return self._if_can_save(first, second)

    def _scanner_commands(self, port: Port) -> list[Command]:
        return [
            Command(
                device_words.scanner(choice.kind, choice.title), partial(self._try_scanner, port, choice.kind)
            )
            for choice in self._bench.scanner_kinds
        ]

    def _release_commands(self, use: Use) -> list[Command]:
        return self._if_can_save(Command(self.tr("不再用它"), lambda: self._ask_to_release(use)))

    def _if_can_save(self, *commands: Command) -> list[Command]:
        if self._bench.can_save:
            return list(commands)
        self.panel.say(self.tr("现在是演示，只能看看；正式打开后才能保存。"))
        return []

    def _ask_to_release(self, use: Use) -> None:
        self.question.ask(
            self.tr("大门不再用这个设备（{use}）？").format(use=device_words.use(use)),
            self.tr("不再用"),
            lambda: self._release(use),
        )

    def _release(self, use: Use) -> None:
        self._keep(lambda: self._bench.release(use))
        self._choose(None)  # it is free now, and not to be searched at once

    def _keep(self, save: Callable[[], None]) -> None:
        """Save; what was opened for looking is closed first, for the gate opens it now."""
        self._end_trial()
        try:
            save()
        except SaveError as error:
            self.panel.say(self.tr("没有存成，大门照旧。"), trouble=True, detail=str(error))
            self.panel.offer(self._again(lambda: self._choose(self._chosen)))
            return
        self.host.say(self.tr("存好了，大门已经换过来。"))
        QTimer.singleShot(0, self.refresh)

    # --- what devices say -----------------------------------------------------------------------

    def _hear_gate(self, event: object) -> None:
        port = self._chosen
        if isinstance(port, Port) and port.use and _source(event) in (port.spoken_of, f"{port.spoken_of} #1"):
            self._take(event)

    def _see_gate(self, view: View) -> None:
        if isinstance(self._chosen, Camera) and self._chosen.in_use and self.isVisible():
            self._take(view)

    def _hear_trial(self, event: object) -> None:
        if not self._stop:
            return  # of a device that was looked at before
        self._take(event)
        if isinstance(event, DeviceStatus) and event.state is DeviceState.LOST:
            self._lose(event)

    def _see_trial(self, view: View) -> None:
        self._trial.painted()
        if self._stop:
            self._take(view)

    def _take(self, event: object) -> None:
        if isinstance(event, Sample | Scan | View | DeviceStatus):
            self.panel.take(event, self._hear_code)

    def _hear_code(self, scan: Scan) -> None:
        """Only how long it is: a code is personal."""
        self.panel.say(self.tr("读到一个码，{count} 个字。").format(count=len(scan.text)))
        if self._stop and self._scanner:
            port, kind = self._scanner
            use = Command(
                self.tr("用作扫码枪"), lambda: self._keep(lambda: self._bench.use_scanner(port, kind)), "main"
            )
            self.panel.offer(*self._if_can_save(use))

    def _lose(self, status: DeviceStatus) -> None:
        sentence = device_words.trouble(Trouble.BUSY if status.kind is DeviceKind.CAMERA else Trouble.GONE)
        self.panel.say(sentence, trouble=True)

    def dress(self, theme: Theme, scale: float) -> None:
        super().dress(theme, scale)
        gap = round(10 * scale)
        for layout in (self._middle, self._list):
            layout.setSpacing(gap)
        self._scale = scale
        self._give_room()
        self._area.setFixedWidth(round(LIST_PX * scale))
        self.panel.dress(theme, scale)


def _key(device: Port | Camera) -> str:
    return device.address if isinstance(device, Port) else device.source


def _name(port: Port) -> str:
    return device_words.use(port.use) if port.use else device_words.adapter(port.adapter)


def _line(device: Port | Camera) -> str:
    """Two lines on its button: what it is, and where it is plugged in."""
    if isinstance(device, Camera):
        used = device_words.in_use(device.in_use)
        return f"{device.title}\n{device.socket} · {used}" if device.socket else f"{device.title}\n{used}"
    return f"{_name(device)}\n{device.socket} · {device_words.in_use(device.use is not None)}"


def _source(event: object) -> str:
    """Which device an event is of, as the gate calls it."""
    match event:
        case Sample():
            return event.instrument.name
        case Scan():
            return event.source
        case DeviceStatus():
            return event.name
    return ""
