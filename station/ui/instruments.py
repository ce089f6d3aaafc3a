"""The lane's thermometers as the screen tells of them: how each is called, how they are, what is wrong. Pure.

With one thermometer nobody needs a number; with two, the first in the settings is number 1.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication

from station.core.failover import combined
from station.core.instrument_watch import Finding
from station.core.model import DeviceKind, DeviceState, DeviceStatus
from station.core.outcome import InstrumentState
from station.ui import measuring_words, words

translate = QCoreApplication.translate

_BAD = (DeviceState.SILENT, DeviceState.LOST)


@dataclass(frozen=True, slots=True)
class Health:
    """What one line says of all of them."""

    state: DeviceState
    text: str
    troubled: bool
    emulated: bool


class Instruments:
    def __init__(self) -> None:
        self._names: tuple[str, ...] = ()
        self._states: dict[str, DeviceStatus] = {}
        self._judged = InstrumentState()

    def name_them(self, names: Sequence[str]) -> None:
        """Those of this lane, the preferred one first; others that were heard of before are gone."""
        self._names = tuple(names)
        self._states = {name: status for name, status in self._states.items() if name in self._names}

    def status(self, status: DeviceStatus) -> None:
        self._states[status.name] = status

    def judged(self, state: InstrumentState) -> str | None:
        """How the lane judges them now; what to say if it went over to another one, else None."""
        before, self._judged = self._judged.active, state
        changed = before is not None and state.active not in (None, before)
        return measuring_words.changed_to(self.called(state.active or "")) if changed else None

    @property
    def wants_staff(self) -> bool:
        return self._judged.wants_staff

    def called(self, name: str) -> str:
        """How a volunteer calls the instrument of this name, e.g. 2 号测温仪."""
        if len(self._names) < 2 or name not in self._names:
            return translate("measuring", "测温仪")
        return translate("measuring", "{number} 号测温仪").format(number=self._names.index(name) + 1)

    def health(self) -> Health:
        """The lane goes on with the best of them; one that fails beside it is named all the same."""
        state = combined(status.state for status in self._known())
        emulated = any(status.emulated for status in self._known())
        failing = next((status for status in self._known() if status.state in _BAD), None)
        if failing is None or failing.state is state:
            return Health(state, words.device(DeviceKind.THERMOMETER, state), state in _BAD, emulated)
        return Health(state, self._failing(failing), troubled=True, emulated=emulated)

    def trouble(self) -> tuple[str, str] | None:
        """What looks false and what to do, for the most pressing finding; None: nothing does."""
        standing = self._judged.standing
        if not standing:
            return None
        pressing = min(standing, key=lambda found: found.instrument.name != self._judged.active)
        meanwhile = self._meanwhile(pressing)
        repair = measuring_words.repair(pressing.code)
        return measuring_words.finding(pressing, self.called), f"{meanwhile} · {repair}"

    @property
    def troubles(self) -> int:
        """How many findings stand."""
        return len(self._judged.standing)

    def _known(self) -> list[DeviceStatus]:
        if not self._states:
            return [DeviceStatus(DeviceKind.THERMOMETER, DeviceState.SEARCHING, "")]
        return list(self._states.values())

    def _failing(self, status: DeviceStatus) -> str:
        which = self.called(status.name)
        if status.state is DeviceState.LOST:
            return translate("measuring", "{which}断了").format(which=which)
        return translate("measuring", "{which}没读数").format(which=which)

    def _meanwhile(self, found: Finding) -> str:
        """While it looks false: go on with the other one, if that is the one that counts."""
        active = self._judged.active
        if active is None or active == found.instrument.name or self._judged.doubtful:
            return measuring_words.meanwhile_by_hand()
        return measuring_words.meanwhile_with(self.called(active))
