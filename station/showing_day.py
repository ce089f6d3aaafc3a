"""What the journal holds of today, on the screen of a gate that has just opened."""

from __future__ import annotations

from datetime import UTC, datetime

from station.app import LAST_LINES, Station
from station.ui.gate import GateWindow
from station.ui.last_five import last_lines


def show_day(window: GateWindow, station: Station) -> None:
    """Counts, the last entries, and how often verdicts were changed."""
    now = datetime.now().astimezone()
    zone = now.tzinfo or UTC
    recent = station.last_entries(4 * LAST_LINES)
    window.show_day(station.counts_today(zone), last_lines(recent, now, zone))
    window.last_five.show_overrides(station.overrides_today(zone))
