"""The admin page's sections about presence and past entries, put together for the gate that runs."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import tzinfo

from station.app import Opening, Station, SystemClock, load_policy
from station.core.entry import Entry
from station.core.policy import Policy
from station.entries_desk import StationEntriesDesk
from station.fever_desk import StationFeverDesk
from station.journal.entries import Journal
from station.lookback_desk import StationLookbackDesk
from station.people_desk import StationPeopleDesk
from station.presence_desk import StationPresenceDesk
from station.recording import Lane
from station.signing_in import SigningIn
from station.tracing_sections import past_section
from station.ui.admin.entries import EntriesSection
from station.ui.admin.inside import InsideSection
from station.ui.admin.lookback import LookbackSection
from station.ui.admin.people_desk import PeopleDesk
from station.ui.admin.rechecks import RechecksSection
from station.ui.admin.section_group import SectionGroup
from station.ui.admin.sections import MakeSection


def presence_sections(
    opening: Callable[[], Opening],
    station: Callable[[], Station | None],
    zone: tzinfo,
    people: PeopleDesk | None = None,
    signing: SigningIn | None = None,
    amended: Callable[[Entry], None] = lambda amending: None,
) -> Sequence[MakeSection]:
    """Who is inside, who waits to be measured again, looking back, past entries with figures and tracing.

    `station` gives None without a journal; `people` finds people; `signing` says who opened the page;
    `amended` hears of past entries that were corrected there, and of passages that were put down by hand.
    """
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

    def operator() -> str:
        running = journal()
        return (running.on_duty().number if running else "") or "admin"

    def stay_hours() -> float:
        return opening().settings.stay_hours

    of_lane = (journal, lane, policy, clock, zone)
    inside = StationPresenceDesk(*of_lane, stay_hours=stay_hours, operator=operator, marked=amended)
    fevers = StationFeverDesk(journal, policy, clock.now, zone)
    entries = StationEntriesDesk(journal, zone, signing, clock, amended)
    finding = people or StationPeopleDesk(journal, zone)
    lookbacks = StationLookbackDesk(journal, policy, clock.now, zone)
    now_here: tuple[MakeSection, ...] = (
        lambda host: InsideSection(host, inside),
        lambda host: RechecksSection(host, fevers),
    )
    past = past_section(
        lambda host: EntriesSection(host, entries, finding), opening, journal, signing, finding, zone
    )
    return lambda host: SectionGroup(host, now_here), lambda host: LookbackSection(host, lookbacks), past
