"""A call for help that is out, and an answer of the center: how it stands, and what can be done about it.

Chooses a `Deed`. What a whistle is for may be said while it is already on its way.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from PySide6.QtWidgets import QWidget

from station.core.help import Help, HelpKind, Need, Stage
from station.ui import help_words
from station.ui.buttons import KeyButton, Switch
from station.ui.note import Banner, Note
from station.ui.pages import Page
from station.ui.theme import Look, Theme
from station.ui.touch import Touch

STAYS_S = 60.0  # somebody is busy with the person
_LOOKS = {Stage.NOT_OUT: Look.STOP, Stage.ALONE: Look.STOP, Stage.GOING: Look.PASS, Stage.ARRIVED: Look.PASS}
_PICTURE, _MISTAKE, _DONE = "7", "8", "9"


class What(StrEnum):
    NEED = "need"
    PICTURE = "picture"  # it goes along, or not after all
    ARRIVED = "arrived"
    MISTAKE = "mistake"
    SEEN = "seen"


@dataclass(frozen=True, slots=True)
class Deed:
    """What somebody did about a case."""

    what: What
    case: str
    need: str = ""
    picture: bool = field(default=False)


class HelpPage(Page):
    def __init__(self, theme: Theme, touch: Touch, parent: QWidget) -> None:
        super().__init__(theme, touch, parent)
        self._help: Help | None = None
        self._phone, self._picture, self._has_picture = "", False, False
        self.title.setObjectName("entry")  # in the regular face: it may hold a rare character of a name
        self._how, self._next = Banner(64, theme, self), Note(40, theme, self)
        self._needs = {
            one: KeyButton(help_words.need(one), str(place), touch, self)
            for place, one in enumerate(Need, start=1)
        }
        self.body.addWidget(self._how, 0, 0, 1, len(self._needs))
        self.body.addWidget(self._next, 1, 0, 1, len(self._needs))
        for column, (one, button) in enumerate(self._needs.items()):
            button.setObjectName("need")
            button.tapped.connect(lambda one=one: self._say(one))
            self.body.addWidget(button, 2, column)
        for row, share in enumerate((3, 2, 3)):
            self.body.setRowStretch(row, share)
        self._build_foot(touch)

    @property
    def case(self) -> str:
        """The case that the page is about; "" if none."""
        return self._help.id if self._help else ""

    def show_help(self, one: Help, phone: str) -> None:
        """How it stands now. `phone` is whom to call if nothing goes out."""
        if self.case != one.id:
            self._picture = self._has_picture = False
        self._help, self._phone = one, phone
        self._show()

    def offer_picture(self) -> None:
        """There is one of this moment, and it goes along unless somebody says no."""
        self._picture = self._has_picture = True
        self._show()

    @property
    def takes_picture(self) -> bool:
        return self._picture

    def picture_is_gone(self) -> None:
        """It went out, or will not."""
        self._picture = self._has_picture = False
        self._show()

    def open(self, now: float) -> None:
        super().open(now)
        self.stay(STAYS_S)

    def stay(self, seconds: float = STAYS_S) -> None:
        super().stay(seconds)

    def type(self, character: str, now: float) -> None:
        super().type(character, now)
        needs = dict(zip("12345", self._needs, strict=True))
        if character in needs and self._calls():
            self._say(needs[character])
        elif character == _PICTURE and self._has_picture:
            self._turn_picture()
        elif character == _MISTAKE and self._calls():
            self._do(What.MISTAKE)
        elif character == _DONE:
            self._finish()

    def dress(self, theme: Theme, scale: float) -> None:
        super().dress(theme, scale)
        for note in (self._how, self._next):
            note.dress(theme, scale)

    def _build_foot(self, touch: Touch) -> None:
        self._with_picture = Switch(self.tr("带照片"), _PICTURE, touch, self)
        self._with_picture.tapped.connect(self._turn_picture)
        self._wrong = KeyButton(self.tr("按错了"), _MISTAKE, touch, self)
        self._wrong.tapped.connect(lambda: self._do(What.MISTAKE))
        self._done = KeyButton("", _DONE, touch, self)
        self._done.setObjectName("switch")  # in the colours of what is to be done next
        self._done.wear("on", True)
        self._done.tapped.connect(self._finish)
        for button, width in ((self._with_picture, 280), (self._wrong, 280), (self._done, 320)):
            self.add_to_foot(button, width)

    # --- what is shown ------------------------------------------------------------------------

    def _show(self) -> None:
        one = self._help
        if one is None:
            return
        said = help_words.told(one, self._phone)
        self.title.setText(self._titled(one))
        self._how.show_text(said.sentence, _LOOKS.get(one.stage, Look.ASK))
        self._next.show_text("\n".join(line for line in (help_words.emergency(one.what), said.step) if line))
        for need, button in self._needs.items():
            button.setVisible(self._calls())
            button.wear("code", "red" if one.what == need else "")
        self._with_picture.setVisible(self._has_picture)
        self._with_picture.turn(on=self._picture)
        self._wrong.setVisible(self._calls())
        self._done.show_label(self.tr("到了") if self._calls() else self.tr("知道了"))

    def _titled(self, one: Help) -> str:
        if one.kind is HelpKind.WHISTLE:
            what = help_words.need(one.what)
            return self.tr("求助：{what}").format(what=what) if what else self.tr("求助：出了什么事？")
        about = one.about or help_words.unclear(one.what)
        return self.tr("问中心：{about}").format(about=about)

    def _calls(self) -> bool:
        return self._help is not None and self._help.calls

    # --- what is done ---------------------------------------------------------------------------

    def _say(self, need: Need) -> None:
        if self._help and self._calls():
            self.chosen.emit(Deed(What.NEED, self._help.id, need, self._picture))

    def _turn_picture(self) -> None:
        self._picture = self._has_picture and not self._picture
        self._show()

    def _finish(self) -> None:
        """Somebody is there; or what the center says was read."""
        self._do(What.ARRIVED if self._calls() else What.SEEN)

    def _do(self, what: What) -> None:
        if (self._help and self._help.stage is not Stage.CLOSED) or what is What.SEEN:
            self._choose(Deed(what, self.case))
