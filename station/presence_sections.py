"""The admin page's sections about presence, put together for the gate that runs."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import tzinfo

from station.app import Opening, Station, SystemClock, load_policy
from station.core.policy import Policy
from station.fever_desk import StationFeverDesk
from station.journal.entries import Journal
from station.lookback_desk import StationLookbackDesk
from station.presence_desk import StationPresenceDesk
from station.recording import Lane
from station.ui.admin.inside import InsideSection
from station.ui.admin.lookback import LookbackSection
from station.ui.admin.rechecks import RechecksSection
from station.ui.admin.sections import MakeSection


def presence_sections(
    opening: Callable[[], Opening], station: Callable[[], Station | None], zone: tzinfo
) -> Sequence[MakeSection]:
    """Who is inside, who waits to be measured again, looking back. `station` gives None without a journal."""
    clock = SystemClock()

    def journal() -> Journal | None:
        running = station()
        return running.journal if running else None

    def policy() -> Policy:
        running = station()
        return running.policy.policy if running else load_policy(opening().settings.policy)

    def lane() -> Lane:
        settings = opening().settings
        return Lane(settings.lane, settings.direction, opening().equipment.emulated, settings.gate)

    inside = StationPresenceDesk(
        journal, lane, policy, clock, zone, stay_hours=lambda: opening().settings.stay_hours
    )
    fevers = StationFeverDesk(journal, policy, clock.now, zone)
    lookbacks = StationLookbackDesk(journal, policy, clock.now, zone)
    return (
        lambda host: InsideSection(host, inside),
        lambda host: RechecksSection(host, fevers),
        lambda host: LookbackSection(host, lookbacks),
    )
