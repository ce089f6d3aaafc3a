"""What the journal holds of today, on the screen of a gate that has opened, or was put right elsewhere."""

from __future__ import annotations

from datetime import UTC, datetime

from station.app import LAST_LINES, Station
from station.core.entry import Entry
from station.ui.gate import GateWindow
from station.ui.last_five import last_lines


def show_day(window: GateWindow, station: Station) -> None:
    """Counts, the last entries, and how often verdicts were changed."""
    now = datetime.now().astimezone()
    zone = now.tzinfo or UTC
    recent = station.last_entries(4 * LAST_LINES)
    window.show_day(station.counts_today(zone), last_lines(recent, now, zone))
    window.last_five.show_overrides(station.overrides_today(zone))


def show_amended(window: GateWindow, station: Station, amending: Entry) -> None:
    """An entry was corrected on the admin page, or made there of what nobody saw: what counts is shown."""
    window.counters.show_counts(station.counts_today(datetime.now().astimezone().tzinfo or UTC))
    if amending.amends is None:
        return
    window.last_five.amend(amending.amends, amending.decision)
    window.last_five.count_override(amending.role or "")
