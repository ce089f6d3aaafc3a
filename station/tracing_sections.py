"""The admin page's sections about past passages, put together: entries, the figures of a day, tracing."""

from __future__ import annotations

from collections.abc import Callable
from datetime import tzinfo

from station.app import Opening, SystemClock
from station.journal.entries import Journal
from station.signing_in import SigningIn
from station.statistics_desk import StationStatisticsDesk
from station.tracing_desk import StationTraceDesk
from station.ui.admin.people_desk import PeopleDesk
from station.ui.admin.section_group import SectionGroup
from station.ui.admin.sections import MakeSection
from station.ui.admin.statistics import StatisticsSection
from station.ui.admin.tracing import TraceSection


def past_section(
    entries: MakeSection,
    opening: Callable[[], Opening],
    journal: Callable[[], Journal | None],
    signing: SigningIn | None,
    people: PeopleDesk,
    zone: tzinfo,
) -> MakeSection:
    """Three of them under one button. `journal` gives None while the gate has none."""

    def gate() -> str:
        return opening().settings.gate

    folder = opening().data
    figures = StationStatisticsDesk(folder, journal, gate, zone)
    traces = StationTraceDesk(folder, journal, signing, SystemClock().now, zone, gate)
    parts: tuple[MakeSection, ...] = (
        entries,
        lambda host: StatisticsSection(host, figures),
        lambda host: TraceSection(host, traces, people),
    )
    return lambda host: SectionGroup(host, parts)
