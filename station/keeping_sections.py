"""The admin page's section about kept data, put together for the gate that runs."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

from station.app import Opening, Station
from station.retention_desk import StationRetentionDesk
from station.signing_in import SigningIn
from station.ui.admin.people_desk import PeopleDesk
from station.ui.admin.retention import RetentionSection
from station.ui.admin.sections import Host, MakeSection


def keeping_section(
    opening: Callable[[], Opening],
    station: Callable[[], Station | None],
    signing: SigningIn,
    people: PeopleDesk,
) -> MakeSection:
    """`station` gives None while the gate has no journal."""
    zone = datetime.now().astimezone().tzinfo or UTC
    desk = StationRetentionDesk(
        opening().data, station, signing, zone, lambda: datetime.now(UTC), lambda: opening().settings.gate
    )

    def make(host: Host) -> RetentionSection:
        return RetentionSection(host, desk, people)

    return make
