"""LCUS-1/2/4/8 (CH340), 9600 8N1: A0 channel state sum8. No answer to a set command.

Sources: jarwyg/USB_RELAY, MultiRoomAudio `LcusRelayBoard.cs`. The relay latches.
"""

from __future__ import annotations

from station.devices.relays.relay import Relay, RelayFamily


def _set(channel: int, state: int) -> bytes:
    frame = bytes([0xA0, channel, state])
    return frame + bytes([sum(frame) & 0xFF])


FAMILY = RelayFamily("lcus", lambda channel: Relay(_set(channel, 1), _set(channel, 0)))
