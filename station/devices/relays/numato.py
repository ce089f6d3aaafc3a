"""Numato USB relays: words, which the board repeats before its prompt.

clssn/numato-gpio ends a command with CR alone, the vendor's own Python with LF CR; CR is what both have.
Channels are counted from 0 on the wire. USB CDC: the speed does not matter.
"""

from __future__ import annotations

from station.devices.relays.relay import Relay, RelayFamily


def _say(word: str, channel: int) -> bytes:
    return f"relay {word} {channel - 1}\r".encode()


FAMILY = RelayFamily(
    "numato", lambda channel: Relay(_say("on", channel), _say("off", channel), echoes=True, bauds=(19200,))
)
