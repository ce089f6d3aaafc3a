"""HW-667 / "E-3" boards (CH340), 9600 8N1, one relay: AA on, BB off, CC on for one second."""

from __future__ import annotations

from station.devices.relays.relay import Relay, RelayFamily

FAMILY = RelayFamily("hw-667", lambda channel: Relay(b"\xaa", b"\xbb", pulse=b"\xcc", pulse_s=1.0))
