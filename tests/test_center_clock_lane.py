"""The clock of an enrolled gate: an entry of the future makes no right clock wrong for ever.

And what an enrolled gate does when there is a way to its center again.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx2
import pytest
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from center.stick import export_stick, import_stick
from station.center_link import CenterLink
from station.center_shelf import Gate
from station.codekeys import CodeKeys
from station.core.contact import Alarm, CenterStatus, Link
from station.core.model import Decision
from station.core.outcome import Recorded
from station.journal.center_people import CenterPeople
from station.journal.enrolment import Enrolment, put_enrolment
from station.journal.entries import Journal
from station.journal.facts import Facts, News
from station.journal.outbox import OutboxReader
from station.journal.pruning import Pruner
from station.journal.reports import new_id
from station.sync.client import Client, Signer, unpinned
from station.sync.items import FactItem, NoticeItem, PersonItem, encode_item
from station.sync.loop import BACK_EVERY_S
from station.sync.reports import Kind, TaskDone
from tests.center.gate import NOON_MS
from tests.center.office import Center, open_center
from tests.journal.samples import passage
from tests.lane import HandClock
from tests.patience import PATIENCE_S

NOON = datetime.fromtimestamp(NOON_MS / 1000, UTC)
IN_2035 = NOON.replace(year=2035)
NOBODY = Gate(lambda: None, lambda: None, lambda: None)


class Street:
    """A gate whose newest entry is of 2035, and its center, which it may not reach."""

    def __init__(self, folder: Path, center: Center, *, reachable: bool = True) -> None:
        self.clock, self.center, self.reachable = HandClock(wall=NOON), center, reachable
        self.folder = folder
        self.tried: list[str] = []  # without a way
        self.blocked: set[str] = set()  # channels of the lists to which something in between gives no way
        self.forgotten: set[str] = set()  # which a restored center refuses, as long as it does not know us
        self.journal = Journal.open(folder, now=self.clock.now)
        self._folder = folder
        self._enrol(folder)
        self.link = self._opened()

    def start_anew(self) -> None:
        self.link.close()
        self.link = self._opened()

    def _opened(self) -> CenterLink:
        link = CenterLink(
            *(self._folder, self.journal, CodeKeys(self.journal), self.clock, NOBODY, lambda outcome: None),
            app="1",
            newest=IN_2035,
            learnt=lambda key: None,
            connect=self._connect,
        )
        link.open()
        return link

    def _enrol(self, folder: Path) -> None:
        stations, ms = self.center.store.stations, self.center.clocks.ms
        with OutboxReader.open(folder, self.journal.vault) as reader:
            station = reader.station
        stations.add_enrol_code(b"c" * 10, name="东门", gate="东门", branch="", expires_ms=ms + 1)
        key, opening = self.journal.vault.public_key, X25519PrivateKey.generate()
        sealing = opening.public_key().public_bytes_raw()
        stations.enrol(b"c" * 10, station=station, public_key=key, seal_key=sealing, now_ms=ms)
        of = self.center.keys
        center = ("http://testserver", "PEM", of.public_key, of.sealing_public_key, of.district)
        put_enrolment(self.journal, Enrolment(*center, opening_key=opening.private_bytes_raw()))

    def _connect(self, enrolment: Enrolment, signer: Signer) -> Client:
        return Client(
            *(enrolment.url, unpinned(), signer),
            transport=_Road(self),
            wall=lambda: self.clock.now().timestamp(),
            monotonic=self.clock.monotonic,
        )

    def told(
        self, of_interest: Callable[[CenterStatus], bool], *, patience_s: float = PATIENCE_S
    ) -> CenterStatus:
        """How it stands as soon as this holds, and the lane has seen it."""
        until = time.monotonic() + patience_s
        while not of_interest(self.link.status) and time.monotonic() < until:
            self.link.tick()
            threading.Event().wait(0.01)
        self.link.tick()
        return self.link.status

    def somebody_passes(self) -> None:
        stored = self.journal.append(passage(at=self.clock.now()))
        self.link.heard(Recorded(stored, Decision(())))

    def a_day_later(self) -> None:
        self.clock.move(86_400)
        self.center.clocks.forward(86_400)

    def close(self) -> None:
        self.link.close()
        self.journal.close()


class _Road(httpx2.BaseTransport):
    def __init__(self, street: Street) -> None:
        self._street = street

    def handle_request(self, request: httpx2.Request) -> httpx2.Response:
        asked = request.url.params.get("channel", request.url.path)
        if not self._street.reachable or asked in self._street.blocked:
            self._street.tried.append(asked)
            raise httpx2.ConnectError("no way")
        if asked in self._street.forgotten:
            self._street.tried.append(asked)
            return httpx2.Response(401, stream=httpx2.ByteStream(b'{"problem": "unknown_station"}'))
        return self._street.center.client._transport.handle_request(request)


@pytest.fixture
def street(tmp_path: Path) -> Iterator[Street]:
    with on_a_street(tmp_path) as found:
        yield found


@contextmanager
def on_a_street(folder: Path, *, reachable: bool = True) -> Iterator[Street]:
    (folder / "center").mkdir()
    with open_center(folder / "center") as center:
        found = Street(folder / "station", center, reachable=reachable)
        yield found
        found.close()


def is_measured(status: CenterStatus) -> bool:
    return status.link is Link.ONLINE and status.clock is not None


def test_a_clock_that_the_center_confirms_is_not_called_wrong(street: Street) -> None:
    """A dead battery put one passage into 2035; it was set right, and the gate runs for months."""
    assert Alarm.CLOCK_BACK not in street.told(is_measured).alarms


def test_without_a_center_the_newest_entry_is_all_that_is_known(street: Street) -> None:
    street.reachable = False

    assert Alarm.CLOCK_BACK in street.told(lambda status: status.link is Link.OFFLINE).alarms


def test_a_passage_by_a_confirmed_clock_is_the_newest_also_without_the_center(street: Street) -> None:
    street.told(is_measured)
    street.link.heard(Recorded(street.journal.append(passage(at=NOON)), Decision(())))
    street.reachable = False
    street.link.now()

    assert Alarm.CLOCK_BACK not in street.told(lambda status: status.link is Link.OFFLINE).alarms


def test_a_clock_that_was_set_back_is_told_although_the_center_is_there(street: Street) -> None:
    street.clock.wall -= timedelta(hours=2)

    assert Alarm.CLOCK_BACK in street.told(lambda status: Alarm.CLOCK in status.alarms).alarms


def test_as_soon_as_one_thing_comes_through_the_lists_and_entries_wait_no_longer(tmp_path: Path) -> None:
    """After an hour without a network each would wait up to five minutes more: no red came in that time."""
    with on_a_street(tmp_path, reachable=False) as street:
        street.journal.append(passage(at=NOON))
        street.told(lambda status: {"quick", "people", "/v1/hello"} <= set(street.tried))
        street.reachable = True
        street.link.reports.put(Kind.TASK_DONE, new_id(), TaskDone("t1", NOON_MS), NOON)
        street.link.tell()  # the clock stands still: nobody's patience ends by itself

        told = street.told(lambda status: status.lists_as_of is not None and not status.pending)

        assert (told.link, told.pending, told.lists_as_of) == (Link.ONLINE, 0, NOON)


def test_the_connection_that_is_held_ready_for_questions_tells_after_hours_that_there_is_a_way_again(
    tmp_path: Path,
) -> None:
    """It is tried every 45 s; lists and entries would each wait for the end of five minutes."""
    with on_a_street(tmp_path, reachable=False) as street:
        street.journal.append(passage(at=NOON))
        street.told(lambda status: {"quick", "people", "/v1/hello"} <= set(street.tried))
        street.reachable = True
        assert street.link._asking
        street.link._asking.ask("key", "a code")  # the clock stands still: nobody's patience ends by itself

        told = street.told(lambda status: status.lists_as_of is not None and not status.pending)

        assert (told.link, told.pending, told.lists_as_of) == (Link.ONLINE, 0, NOON)


def test_a_restored_center_that_knows_us_again_leaves_no_list_waiting_that_it_refused_a_moment_before(
    tmp_path: Path,
) -> None:
    """The hello was news too soon after other news: the gate was on-line, and its reds came minutes later."""
    with on_a_street(tmp_path, reachable=False) as street:
        street.told(lambda status: {"quick", "people", "/v1/hello"} <= set(street.tried))
        street.blocked, street.forgotten, street.reachable = {"/v1/hello"}, {"quick"}, True
        street.tried.clear()
        assert street.link._asking
        street.link._asking.ask("key", "a code")  # what tells the others, for the first time
        street.told(lambda status: {"quick", "/v1/hello"} <= set(street.tried))
        street.blocked, street.forgotten = set(), set()
        street.clock.move(5.0)
        street.told(lambda status: status.link is Link.ONLINE)
        assert street.link.status.lists_as_of is None

        street.clock.move(BACK_EVERY_S)
        street.link._asking.ask("key 2", "another code")

        assert street.told(lambda status: status.lists_as_of is not None).lists_as_of


def test_lists_to_which_a_firewall_gives_no_way_are_not_asked_for_in_a_circle(tmp_path: Path) -> None:
    """What comes through is news for the lists; that they fail then makes the next hello no news again."""
    with on_a_street(tmp_path, reachable=False) as street:
        street.told(lambda status: {"quick", "people", "/v1/hello"} <= set(street.tried))
        street.blocked, street.reachable = {"quick", "people"}, True
        street.tried.clear()
        street.link.reports.put(Kind.TASK_DONE, new_id(), TaskDone("t1", NOON_MS), NOON)
        street.link.tell()  # the clock stands still: nobody's patience ends by itself
        street.told(lambda status: status.last_contact is not None)
        street.told(lambda status: len(street.tried) > 12, patience_s=1.0)

        assert len(street.tried) <= 2, "each once more, when there was a way"


def test_a_stick_that_came_back_is_seen_at_the_gate_although_there_is_no_network(
    street: Street, tmp_path: Path
) -> None:
    """What waits, and how old the lists are: as of when the center wrote them."""
    street.center.office.wakes.close()  # long polls are answered at once
    street.somebody_passes()
    street.told(lambda status: status.link is Link.ONLINE and not status.pending and bool(status.lists_as_of))
    street.reachable = False
    street.somebody_passes()
    street.told(lambda status: status.link is Link.OFFLINE and status.pending == 1)

    street.a_day_later()
    back = taken_to_the_center_and_answered(street, tmp_path)
    street.a_day_later()
    thread = threading.Thread(target=street.link.desk.take, args=(back,))
    thread.start()
    told = street.told(lambda status: not status.pending and status.lists_as_of != NOON)
    thread.join()

    assert (told.link, told.pending) == (Link.OFFLINE, 0)
    assert told.lists_as_of == NOON + timedelta(days=1)


def test_the_file_of_last_week_that_still_lies_on_the_stick_is_not_said_to_have_brought_lists(
    street: Street, tmp_path: Path
) -> None:
    """The newest one may hold a red: whoever took the wrong file must not go away in peace."""
    street.center.office.wakes.close()
    street.reachable = False
    old = taken_to_the_center_and_answered(street, tmp_path)
    street.a_day_later()
    street.center.store.lists.put("quick", [("notice", "n1", encode_item(NoticeItem(NOON_MS, "停水")))])
    new = taken_to_the_center_and_answered(street, tmp_path)

    assert pages_of(street, new) > 0
    assert pages_of(street, old) == 0
    assert pages_of(street, new) > 0, "once more does no harm"


def test_a_gate_of_sticks_that_is_started_anew_still_says_that_a_day_differs(
    street: Street, tmp_path: Path
) -> None:
    """Nobody compares that day by network, where the alarm would be told again."""
    street.center.office.wakes.close()
    street.reachable = False
    street.clock.wall = NOON
    street.somebody_passes()
    street.a_day_later()
    taken_to_the_center_and_answered(street, tmp_path)
    with street.center.store.database.write() as connection:
        connection.run("DELETE FROM segment")
    pages_of(street, taken_to_the_center_and_answered(street, tmp_path))
    assert Alarm.DIFFERENCE in street.link.status.alarms

    street.start_anew()
    assert Alarm.DIFFERENCE in street.link.status.alarms


def test_a_former_stick_does_not_say_that_what_was_archived_and_pruned_since_is_lost(
    street: Street, tmp_path: Path
) -> None:
    """All that is left would be sealed again in another incarnation, and come to the center a second time."""
    street.center.office.wakes.close()
    street.reachable = False
    for _ in range(2):
        street.somebody_passes()
    old = taken_to_the_center_and_answered(street, tmp_path)
    street.a_day_later()
    for _ in range(4):
        street.somebody_passes()
    street.center.store.lists.put("quick", [("notice", "n1", encode_item(NoticeItem(NOON_MS, "停水")))])
    pages_of(street, taken_to_the_center_and_answered(street, tmp_path))
    everything_is_in_a_backup(street)
    pages_of(street, taken_to_the_center_and_answered(street, tmp_path))
    forget_all_but_the_last(street)
    street.somebody_passes()
    before = lives(street)

    pages_of(street, old)

    assert lives(street) == before


def everything_is_in_a_backup(street: Street) -> None:
    with OutboxReader.open(street.folder, street.journal.vault) as reader:
        whole = {(reader.station, chain.incarnation): chain.length for chain in reader.chains()}
    street.center.store.mark_archived(whole)


def forget_all_but_the_last(street: Street) -> None:
    pruner = Pruner(street.journal, street.clock.now() + timedelta(days=1), street.clock.now())
    pruner.run()
    assert pruner.pruned == 5


def lives(street: Street) -> list[tuple[int, int, int]]:
    """Each incarnation, with how many entries it has and how many of them are pruned."""
    with OutboxReader.open(street.folder, street.journal.vault) as reader:
        return [(chain.incarnation, chain.length, chain.pruned) for chain in reader.chains()]


def pages_of(street: Street, file: Path) -> int:
    taken = list[int]()
    thread = threading.Thread(target=lambda: taken.append(street.link.desk.take(file).pages))
    thread.start()
    street.told(lambda status: bool(taken))
    thread.join()
    return taken[0]


def taken_to_the_center_and_answered(street: Street, folder: Path) -> Path:
    up, of = street.link.desk.export(folder).path, street.center
    here = (of.store, of.keys, folder / "center")
    row = of.store.stations.get(import_stick(*here, up, of.clocks.ms).station)
    assert row
    return export_stick(*here, row, folder, of.clocks.ms)


def test_a_red_of_the_center_counts_at_a_gate_whose_clock_is_two_hours_ahead(street: Street) -> None:
    """Its green of before is dated two hours later than it was: by the exchanges the gate knows."""
    street.center.office.wakes.close()  # long polls are answered at once
    street.told(is_measured)
    street.clock.wall += timedelta(hours=2)
    facts, now = Facts(street.journal), street.clock.now()
    facts.record(News("person", "p1", "colour", "green", now, "operator"), now=now)
    street.clock.move(1800)
    street.center.clocks.forward(1800)

    item = FactItem("person", "p1", "colour", "red", street.center.clocks.ms)
    street.center.store.lists.put("quick", [("fact", "person:p1:colour", encode_item(item))])
    street.link.now()
    street.told(lambda status: len(facts.history("person", "p1")) == 2)

    assert [one.news.value for one in facts.history("person", "p1") if one.counts] == ["red"]
    apart = street.journal.connection.execute("SELECT clock_ms FROM fact ORDER BY position").fetchall()
    assert [round(ms / 60_000) for (ms,) in apart] == [-120, -120]


def test_whoever_is_put_on_the_list_and_set_red_in_one_go_is_known_before_the_next_minute(
    street: Street,
) -> None:
    """Nobody is stopped by a red of somebody whom the gate does not know; people come once a minute."""
    street.center.office.wakes.close()  # long polls are answered at once
    street.told(lambda status: status.lists_as_of is not None)
    people, lists = CenterPeople(street.journal.connection, street.journal.vault), street.center.store.lists
    lists.put("people", [("person", "p1", encode_item(PersonItem("resident", "李建国", "3-2-501")))])
    red = FactItem("person", "p1", "colour", "red", NOON_MS)
    lists.put("quick", [("fact", "person:p1:colour", encode_item(red))])
    street.clock.move(2)
    street.told(lambda status: people.by_id("p1") is not None)
    assert people.by_id("p1") is not None, "by the gate's clock two seconds have passed"
