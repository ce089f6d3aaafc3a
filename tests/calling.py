"""A gate that calls for help: its desk over a real journal, and a center that says what a test wants."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

from station.core.contact import CenterStatus, Link
from station.core.help import HelpHere
from station.core.outcome import Outcome
from station.help_desk import HelpDesk
from station.journal.center_lists import CenterLists
from station.journal.center_pages import prepare_page
from station.journal.entries import Journal
from station.journal.reports import Reports, to_send
from station.sync.bundle import Item, Page
from station.sync.items import CaseItem, CaseSaid, encode_item
from station.sync.reports import Report

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
EPOCH = b"e" * 16


class AtTheGate:
    """A gate's desk over a real journal; `center` is whatever the center would say."""

    def __init__(
        self,
        folder: Path,
        publish: Callable[[HelpHere], None] = lambda here: None,
        *,
        place: tuple[str, str, str] = ("南门", "1", "in"),
        devices: tuple[tuple[str, str], ...] = (("camera", "ready"),),
    ) -> None:
        self.publish = publish
        self.now, self.mono = NOON, 0.0
        self.status = CenterStatus(Link.ONLINE)
        self.told: list[HelpHere] = []
        self.hurried = 0
        self.journal = Journal.open(folder, now=lambda: self.now)
        self.reports = Reports(self.journal)
        self.help = self.desk = HelpDesk(
            self.journal,
            self.reports,
            place=lambda: place,
            devices=lambda: devices,
            now=lambda: self.now,
            status=lambda: self.status,
            hurry=self._hurry,
            publish=self._tell,
        )
        self._version = 0

    def _hurry(self) -> None:
        self.hurried += 1

    def _tell(self, outcome: Outcome) -> None:
        assert isinstance(outcome, HelpHere)
        self.told.append(outcome)
        self.publish(outcome)

    def pass_time(self, seconds: float = 1.0) -> HelpHere:
        self.now += timedelta(seconds=seconds)
        self.mono += seconds
        self.desk.tick(self.mono)
        return self.told[-1] if self.told else HelpHere()

    def send(self) -> list[Report]:
        """The sync loop, with a center that takes everything."""
        sent = to_send(self.journal.connection, self.journal.vault, self.reports.plain)
        self.reports.sent([(one.id, one.version) for one in sent])
        return sent

    def answer(self, case: str, *texts: str, state: str = "answered", going: str = "") -> None:
        """The center's item for this case comes in."""
        lines = tuple(CaseSaid(1_700_000_000_000 + place, "王", text) for place, text in enumerate(texts))
        body = encode_item(CaseItem(state, lines, going=going))
        since, self._version = self._version, self._version + 1
        item = Item("case", case, self._version, body)
        page = Page(1, "quick", EPOCH, since, self._version, False, 1_700_000_000_000, (item,))
        CenterLists(self.journal).apply(prepare_page(self.journal.vault, page), self.now)
