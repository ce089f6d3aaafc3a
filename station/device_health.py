"""How the devices of a gate are, in the words that its center shows in its overview."""

from __future__ import annotations

from station.core.model import DeviceKind, DeviceState, DeviceStatus

MOST = 20  # devices; a name that changes with every plug must not grow what is sent for ever


class DeviceHealth:
    """Told by the lane's thread, asked from any: the state is replaced as a whole."""

    def __init__(self) -> None:
        self._state: dict[str, str] = {}

    def heard(self, status: DeviceStatus) -> None:
        """A device said how it is, or that there is none of its kind."""
        name = f"{status.kind} {status.name}".strip()
        others = self._others(status)
        word = f"{status.state} (emulated)" if status.emulated else str(status.state)
        self._state = dict(list({**others, name: word}.items())[-MOST:])

    def state(self) -> tuple[tuple[str, str], ...]:
        """For a `Hello`: ("thermometer lu90614", "lost"), in the order of kinds."""
        known = self._state
        return tuple((name[:200], known[name]) for name in sorted(known, key=_order))

    def _others(self, status: DeviceStatus) -> dict[str, str]:
        """What is said of the others; "there is none" ends where there is one, and the other way round."""
        kind = f"{status.kind}"
        if status.state is DeviceState.ABSENT:
            return {name: word for name, word in self._state.items() if name.split()[0] != kind}
        return {name: word for name, word in self._state.items() if name != kind}


def _order(name: str) -> tuple[int, str]:
    return [str(kind) for kind in DeviceKind].index(name.split()[0]), name
