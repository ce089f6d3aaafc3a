"""What the journal holds of today, on the screen of a gate that has opened, or was put right elsewhere."""

from __future__ import annotations

import logging
from datetime import UTC, datetime

from station.app import LAST_LINES, Station
from station.core.entry import Entry
from station.journal.errors import JournalError, NoJournalError
from station.local_time import local_zone
from station.ui.gate import GateWindow
from station.ui.last_five import LastLine, last_lines

log = logging.getLogger(__name__)


def show_day(window: GateWindow, station: Station) -> None:
    """Counts, the last entries, and how often verdicts were changed."""
    zone = local_zone()
    window.show_day(station.counts_today(zone), _last(station))
    window.last_five.show_overrides(station.overrides_today(zone))


def show_begun(window: GateWindow, station: Station) -> None:
    """Another date: of a day that begins there is nothing yet, but a clock may have been set to one that has.

    A verdict that is on the screen stays there. What cannot be read is shown as nothing.
    """
    try:
        last, zone = _last(station), local_zone()
        window.counters.show_counts(station.counts_today(zone))
        window.last_five.show_overrides(station.overrides_today(zone))
    except (JournalError, NoJournalError) as error:
        log.error("what the journal holds of this date cannot be shown: %s", error)
        return
    if last:
        window.last_five.show_lines(last)


def show_amended(window: GateWindow, station: Station, amending: Entry) -> None:
    """An entry was corrected on the admin page, or made there of what nobody saw: what counts is shown."""
    window.counters.show_counts(station.counts_today(local_zone()))
    if amending.amends is None:
        return
    window.last_five.amend(amending.amends, amending.decision)
    window.last_five.count_override(amending.role or "")


def _last(station: Station) -> list[LastLine]:
    now = datetime.now(local_zone())
    return last_lines(station.last_entries(4 * LAST_LINES), now, now.tzinfo or UTC, station.who)
