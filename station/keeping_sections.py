"""The admin page's sections about kept data and exports, put together for the gate that runs."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime

from station.app import Opening, Station
from station.export_desk import StationExportDesk
from station.local_time import local_zone
from station.retention_desk import StationRetentionDesk
from station.settings_file import Value
from station.signing_in import SigningIn
from station.ui.admin.exports import ExportSection
from station.ui.admin.people_desk import PeopleDesk
from station.ui.admin.retention import RetentionSection
from station.ui.admin.sections import Host, MakeSection


def keeping_sections(
    opening: Callable[[], Opening],
    station: Callable[[], Station | None],
    signing: SigningIn,
    people: PeopleDesk,
    keep: Callable[[Mapping[str, Value]], None],
) -> Sequence[MakeSection]:
    """`station` gives None while the gate has no journal; `keep` keeps settings, or raises SettingsError."""
    zone = local_zone()

    def now() -> datetime:
        return datetime.now(UTC)

    data = opening().data
    desk = StationRetentionDesk(data, station, signing, zone, now, lambda: opening().settings.gate)
    exports = StationExportDesk(data, station, lambda: opening().settings, keep, signing, zone, now)

    def kept(host: Host) -> RetentionSection:
        return RetentionSection(host, desk, people)

    def exported(host: Host) -> ExportSection:
        return ExportSection(host, exports)

    return (exported, kept)
