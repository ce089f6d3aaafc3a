"""The camera: a live picture of each one found; the right one is tapped."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QVBoxLayout

from station.core.model import View
from station.ui.admin import device_words
from station.ui.admin.bench import Camera, Stop, TroubleError, Use
from station.ui.admin.device_panel import Picture
from station.ui.admin.parts import label
from station.ui.bridge import Bridge
from station.ui.theme import Theme
from station.ui.wizard.choices import Choice, Key, OneOf
from station.ui.wizard.desk import WizardDesk
from station.ui.wizard.draft import Draft
from station.ui.wizard.step import Step

MOST = 4  # cameras whose pictures are shown at once
TILE_PX = 250  # high, at 1366x768
INSIDE_PX = 16  # from a tile's edge to its picture and name: its border is 10 when it is chosen


class CameraTile(Choice):
    """One camera: its picture, and its name under it."""

    def __init__(self, camera: Camera) -> None:
        super().__init__("", "tile")
        self.camera = camera
        self.picture, self.name = Picture(), QLabel(camera.title)
        self.name.setObjectName("tilename")
        self.name.setWordWrap(True)
        self.setAccessibleName(camera.title)
        for part in (self.picture, self.name):
            part.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._column = QVBoxLayout(self)
        self._column.addWidget(self.picture, 1)
        self._column.addWidget(self.name)

    def give_room(self, height: float, scale: float) -> None:
        self.setFixedHeight(round(height * scale))
        inside = round(INSIDE_PX * scale)
        self._column.setContentsMargins(inside, inside, inside, inside)

    def say(self, sentence: str) -> None:
        """Instead of a picture."""
        self.name.setText(f"{self.camera.title}\n{sentence}")
        self.setAccessibleName(f"{self.camera.title} {sentence}")


class CameraStep(Step):
    def __init__(self, draft: Draft, desk: WizardDesk) -> None:
        super().__init__(draft, desk)
        self.tiles: list[CameraTile] = []
        self._stops: list[Stop] = []
        self._group = OneOf(self, self._choose)
        self._grid = QGridLayout()
        self._empty = label(self.tr("没有看到摄像头。请插好 USB 线，再点“重新看一遍”。"), wrap=True)
        self.column.addWidget(self._empty)
        self.column.addLayout(self._grid, 1)
        self.column.addWidget(Key(self.tr("重新看一遍"), self.look_again), 0, Qt.AlignmentFlag.AlignLeft)
        self._scale = 1.0
        if desk.gate:
            desk.gate.view.connect(self._see_gate)

    @property
    def title(self) -> str:
        return self.tr("摄像头")

    @property
    def sentence(self) -> str:
        return self.tr("哪个画面对着人站的地方？点那一个。")

    @property
    def if_skipped(self) -> str:
        return self.tr("用找到的第一个；没有摄像头就用扫码枪，或按 F1 登记")

    @property
    def ready(self) -> bool:
        return self.draft.camera is not None

    @property
    def summary(self) -> str:
        return self.draft.camera_title

    def skip(self) -> None:
        self.draft.camera, self.draft.camera_title = None, ""
        self._group.show_none()

    def enter(self) -> None:
        self.look_again()

    def leave(self) -> None:
        stops, self._stops = self._stops, []
        for stop in stops:
            stop()

    def look_again(self) -> None:
        """What is plugged in now, each with its picture."""
        self.leave()
        for tile in self.tiles:
            self._group.removeButton(tile)
            self._grid.removeWidget(tile)
            tile.hide()
            tile.deleteLater()
        self.tiles = [CameraTile(camera) for camera in self.desk.bench.cameras()[:MOST]]
        self._empty.setVisible(not self.tiles)
        for number, tile in enumerate(self.tiles):
            self._group.addButton(tile, number)
            self._grid.addWidget(tile, number // 2, number % 2)
            tile.setChecked(tile.camera.source == self.draft.camera)
            self._open(tile)
        self._give_room()
        self.changed.emit()

    def _open(self, tile: CameraTile) -> None:
        if tile.camera.in_use:
            return  # the gate has it open, and shows it
        trial = Bridge(tile)

        def see(view: View) -> None:
            trial.painted()
            tile.picture.show_view(view)

        trial.view.connect(see)
        try:
            self._stops.append(self.desk.bench.look(tile.camera, trial.publish))
        except TroubleError as error:
            tile.say(device_words.trouble(error.trouble, Use.CAMERA))

    def _see_gate(self, view: View) -> None:
        for tile in self.tiles:
            if tile.camera.in_use and self.isVisible():
                tile.picture.show_view(view)

    def _choose(self, number: int) -> None:
        camera = self.tiles[number].camera
        self.draft.camera, self.draft.camera_title = camera.source, camera.title
        self.changed.emit()

    def _give_room(self) -> None:
        rows = 1 if len(self.tiles) <= 2 else 2
        for tile in self.tiles:
            tile.give_room(TILE_PX * (1.4 if rows == 1 else 0.72), self._scale)

    def dress(self, theme: Theme, scale: float) -> None:
        super().dress(theme, scale)
        self._scale = scale
        self._grid.setSpacing(round(12 * scale))
        self._give_room()
