"""A gate and its center through a day: entries go up, lists come down, every trouble is told in a word."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from datetime import timedelta
from hashlib import sha256
from pathlib import Path

import httpx2
import pytest

from center.keys import make_keys
from station.core.contact import Alarm, Link, Trouble
from station.journal.center_people import CenterPeople
from station.sync.bundle import ReadyPeople
from station.sync.clock import ClockWatch, off_ms
from station.sync.enrolment import Applicant, EnrolError, EnrolProblem, center_url, enrol
from station.sync.items import FactItem, PersonItem, encode_item
from station.sync.talk import AFTER_A_FAULT_S, DownTalk, UpTalk
from tests.sync.district import URL, District, district

HUNDRED = [
    ("person", f"p{number}", encode_item(PersonItem("resident", f"name {number}"))) for number in range(100)
]
RED = encode_item(FactItem("person", "p1", "colour", "red", 1_648_800_000_000))


@pytest.fixture
def gate(tmp_path: Path) -> Iterator[District]:
    with district(tmp_path) as found:
        yield found


def talk(of: UpTalk | DownTalk, turns: int = 20) -> float:
    """Until it wants to wait; how long."""
    for _ in range(turns):
        if (wait := of.turn()) > 0:
            return wait
    raise AssertionError("it never ends")


def stored(gate: District) -> int:
    return sum(row.stored for row in gate.center.store.contacts.overview())


def test_entries_of_the_time_before_and_after_enrolment_are_at_the_center(gate: District) -> None:
    gate.record(3)
    gate.enrol()
    up = gate.up()
    talk(up)
    assert (stored(gate), gate.status.link, gate.status.pending) == (3, Link.ONLINE, 0)

    gate.record(2)
    talk(up)

    assert (stored(gate), gate.status.pending) == (5, 0)


def test_a_gate_that_comes_back_sends_what_waited(gate: District) -> None:
    gate.enrol()
    up = gate.up()
    talk(up)
    gate.road.closed = httpx2.ConnectError("no route")
    gate.record(12)

    wait = talk(up)

    assert (gate.status.link, gate.status.trouble, gate.status.pending) == (Link.OFFLINE, Trouble.NO_WAY, 12)
    gate.road.closed = None
    assert talk(up) == pytest.approx(wait)  # not before its time, however often it is asked
    gate.clock.move(wait)
    talk(up)
    assert (stored(gate), gate.status.link, gate.status.pending) == (12, Link.ONLINE, 0)


@pytest.mark.parametrize(
    ("answer", "link", "trouble"),
    [
        (httpx2.Response(200, content=b"<html>log in</html>"), Link.OFFLINE, Trouble.NOT_THE_CENTER),
        (httpx2.Response(200, content=b""), Link.OFFLINE, Trouble.NOT_THE_CENTER),
        (httpx2.Response(404, content=b"<html>nginx</html>"), Link.OFFLINE, Trouble.NOT_THE_CENTER),
        (httpx2.Response(500, content=b"oops"), Link.OFFLINE, Trouble.FAULT),
        (httpx2.Response(503, content=b"{}"), Link.OFFLINE, Trouble.BUSY),
        (httpx2.Response(401, content=b'{"problem":"unknown_station"}'), Link.PAUSED, Trouble.UNKNOWN_HERE),
    ],
)
def test_whatever_answers_nothing_is_lost(
    answer: httpx2.Response, link: Link, trouble: Trouble, gate: District
) -> None:
    gate.enrol()
    gate.record(2)
    gate.road.answer = answer
    up, down = gate.up(), gate.down()

    assert talk(down) > 0
    wait = talk(up)

    assert (gate.status.link, gate.status.trouble, gate.status.pending) == (link, trouble, 2)
    gate.road.answer = None
    gate.clock.move(wait)
    talk(up)
    assert (stored(gate), gate.status.link) == (2, Link.ONLINE)


def test_what_the_center_asks_for_is_waited_for(gate: District) -> None:
    gate.enrol()
    gate.record(1)
    gate.road.answer = httpx2.Response(429, headers={"Retry-After": "77"}, content=b"{}")

    assert talk(gate.up()) == pytest.approx(77)


def test_now_means_now(gate: District) -> None:
    gate.enrol()
    gate.record(1)
    gate.road.answer = httpx2.Response(401, content=b'{"problem":"unknown_station"}')
    up = gate.up()
    assert talk(up) > 100
    gate.road.answer = None

    up.hurry()
    talk(up)

    assert stored(gate) == 1


@pytest.mark.parametrize("channel", ["up", "quick", "people"])
def test_wifi_that_goes_again_the_moment_it_is_back_keeps_no_red_and_no_entry_for_minutes(
    channel: str, gate: District
) -> None:
    """Another thread came through and this one is hurried, in vain; from then on the line is there."""
    gate.enrol()
    of = gate.up() if channel == "up" else gate.down(channel)
    gate.road.closed = httpx2.ConnectError("no route")
    for _ in range(10):
        gate.clock.move(talk(of))

    of.hurry()

    assert 0 < talk(of) <= 1.0


@pytest.mark.parametrize("status", [502, 503, 504])
def test_a_proxy_that_waited_for_its_center_is_no_reason_to_wait_on_when_the_center_is_back(
    status: int, gate: District
) -> None:
    """As nginx and HAProxy say it; a center names its own trouble (`problem`), which is of one request."""
    gate.enrol()
    backs: list[str] = []

    def back() -> bool:
        backs.append("back")
        return True

    down = gate.down(back=back)
    for said, news in ((b"<html>Bad Gateway</html>", ["back"]), (b'{"problem":"fault"}', [])):
        backs.clear()
        gate.road.answer = httpx2.Response(status, content=said)
        gate.clock.move(talk(down))
        gate.road.answer = None
        talk(down)
        assert (gate.status.link, backs) == (Link.ONLINE, news)


def test_now_greets_the_center_also_when_nothing_waits(gate: District) -> None:
    """Whoever presses it wants to know whether the center is there and what it says."""
    gate.enrol()
    up = gate.up()
    talk(up)
    talk(up)
    assert len(gate.greeted) == 1

    up.hurry()
    talk(up)
    assert len(gate.greeted) == 2


def test_a_revoked_gate_goes_on_sending_and_says_so(gate: District) -> None:
    gate.enrol()
    gate.center.store.stations.revoke(gate.station, 1)
    gate.record(2)
    up, down = gate.up(), gate.down()
    gate_told = gate.greeted

    talk(up)
    wait = talk(down)

    assert stored(gate) == 2
    assert gate_told[-1].revoked
    assert (gate.status.link, gate.status.trouble) == (Link.PAUSED, Trouble.REVOKED)
    assert wait >= 150


def test_a_red_colour_comes_with_the_next_page(gate: District) -> None:
    gate.enrol()
    down = gate.down()
    assert down.turn() == 0.0  # the cursor of no epoch means nothing: refetch
    gate.clock.move(talk(down))  # complete, and empty
    gate.center.store.lists.put("quick", [("fact", "person:p1:colour", RED)])

    assert down.turn() == 0.0

    assert [fact.value for fact in gate.applied[-1].facts] == ["red"]
    assert gate.status.lists_left == 0


def test_a_long_list_comes_in_pages(gate: District) -> None:
    gate.enrol()
    facts = [(f"person:p{number}:colour", RED) for number in range(25)]
    gate.center.store.lists.put("quick", [("fact", key, body) for key, body in facts])
    down = gate.down(limit=10, every_s=60.0)

    left = []
    while down.turn() == 0.0:
        left.append(gate.status.lists_left)

    assert left[-2:] == [15, 5]
    assert gate.place("quick").version == 25
    assert gate.status.lists_left == 0


@pytest.mark.parametrize("channel", ["quick", "people"])
def test_on_a_line_of_2g_the_lists_come_in_pages_that_it_carries(gate: District, channel: str) -> None:
    """A page of the usual size takes longer there than a request may: no red would ever come."""
    gate.enrol()
    keys = [sha256(bytes([number % 256, number // 256])).hexdigest() for number in range(800)]
    reds = [("fact", f"code:{key}:colour", RED) for key in keys]
    people = [("person", key, encode_item(PersonItem("resident", "name", keys=(key,)))) for key in keys]
    gate.center.store.lists.put(channel, reds if channel == "quick" else people)
    gate.road.slow = gate.clock.move
    down, began = gate.down(channel, limit=800, every_s=60.0), gate.clock.monotonic()
    troubles = set()
    while gate.place(channel).version < 800 or gate.status.lists_left:
        gate.clock.move(down.turn())
        troubles.add(gate.status.trouble)
        assert gate.clock.monotonic() < began + 600.0

    assert troubles == {None, Trouble.NO_ANSWER}


@pytest.mark.parametrize(
    ("shut", "known"),
    [((), {-7_200_000}), (("/healthz",), {None})],
    ids=["all is let through", "a proxy"],
)
def test_how_far_the_clocks_are_apart_is_measured_before_the_first_fact_is_stored(
    gate: District, shut: tuple[str, ...], known: set[int | None]
) -> None:
    """The night's list, in pages that tell no time, comes to a gate two hours ahead before it has greeted."""
    gate.enrol()
    reds = [FactItem("person", f"p{number}", "colour", "red", 1_648_800_000_000) for number in range(25)]
    items = [("fact", f"person:{red.subject}:colour", encode_item(red)) for red in reds]
    gate.center.store.lists.put("quick", items)
    watch = ClockWatch()
    gate.clock.wall += timedelta(hours=2)
    gate.journal.clock_off = off_ms(watch, gate.clock)
    gate.road.shut = shut

    talk(gate.down(limit=10, every_s=60.0, watch=watch))

    rows = gate.journal.connection.execute("SELECT clock_ms FROM fact").fetchall()
    assert (len(rows), {clock_ms for (clock_ms,) in rows}) == (25, known)


def test_the_first_reds_after_a_night_with_the_lid_closed_know_how_far_the_clocks_are_apart(
    gate: District,
) -> None:
    """What was measured in the evening is worth nothing: it is measured again, not only thrown away."""
    gate.enrol()
    nights: list[bool] = []
    watch = ClockWatch(lambda: bool(nights) and nights.pop())
    gate.clock.wall += timedelta(hours=2)
    gate.journal.clock_off = off_ms(watch, gate.clock)
    down = gate.down(watch=watch)
    down.turn()

    nights.append(True)
    gate.clock.wall += timedelta(hours=8)
    gate.center.clocks.forward(8 * 3600.0)
    red = FactItem("person", "p1", "colour", "red", 1_648_800_000_000)
    gate.center.store.lists.put("quick", [("fact", "person:p1:colour", encode_item(red))])
    down.hurry()
    down.turn()

    assert gate.journal.connection.execute("SELECT clock_ms FROM fact").fetchall() == [(-7_200_000,)]


def test_a_network_that_goes_between_two_pages_takes_none_away(gate: District) -> None:
    gate.enrol()
    keys = [f"person:p{number}:colour" for number in range(25)]
    gate.center.store.lists.put("quick", [("fact", key, RED) for key in keys])
    down = gate.down(limit=10, every_s=60.0)
    while gate.place("quick").version < 10:
        assert down.turn() == 0.0

    gate.road.closed = httpx2.ConnectError("no route")
    assert down.turn() == 0.0  # the page that was asked for while the first one was stored
    assert (gate.place("quick").version, gate.status.trouble) == (20, None)
    wait = down.turn()
    assert (wait > 0, gate.place("quick").version, gate.status.trouble) == (True, 20, Trouble.NO_WAY)

    gate.road.closed = None
    gate.clock.move(wait)
    talk(down)
    assert (gate.place("quick").version, gate.status.lists_left) == (25, 0)


def test_a_restored_center_is_asked_for_everything_anew(gate: District, tmp_path: Path) -> None:
    gate.enrol()
    gate.center.store.lists.put("quick", [("fact", "person:p1:colour", RED)])
    down = gate.down(every_s=60.0)
    talk(down)
    before = gate.place("quick")
    with sqlite3.connect(tmp_path / "center" / "center.db") as database:  # what a restore does
        database.execute("UPDATE meta SET value = ? WHERE name = 'epoch'", (bytes(range(16)),))
    database.close()

    gate.clock.move(60.0)
    talk(down)

    assert gate.place("quick").epoch != before.epoch
    assert gate.place("quick").version == before.version


def test_a_clock_that_is_five_minutes_slow_is_noticed(gate: District) -> None:
    gate.enrol()
    gate.center.clocks.forward(300)

    talk(gate.up())

    assert gate.status.clock
    assert gate.status.clock.offset_s == pytest.approx(300, abs=1)
    assert Alarm.CLOCK in gate.status.alarms


def read_only(gate: District, *, on: bool) -> None:
    """As a disk becomes that has faults."""
    gate.journal.connection.execute(f"PRAGMA query_only = {int(on)}")


def test_a_gate_whose_own_disk_takes_no_acknowledgement_says_so_and_tries_again(gate: District) -> None:
    gate.enrol()
    gate.record(3)
    up = gate.up()
    read_only(gate, on=True)

    assert talk(up) == AFTER_A_FAULT_S
    assert gate.status.trouble is Trouble.HERE

    read_only(gate, on=False)
    gate.clock.move(AFTER_A_FAULT_S)
    talk(up)
    now = gate.board.status
    assert (now.trouble, now.pending, stored(gate)) == (None, 0, 3)


def test_a_red_that_the_gates_own_disk_did_not_take_comes_once_it_does(gate: District) -> None:
    gate.enrol()
    gate.center.store.lists.put("quick", [("fact", "person:p1:colour", RED)])
    down = gate.down(every_s=60)  # no long poll
    read_only(gate, on=True)

    assert talk(down) == AFTER_A_FAULT_S
    assert gate.status.trouble is Trouble.HERE
    assert not gate.applied

    read_only(gate, on=False)
    gate.clock.move(AFTER_A_FAULT_S)
    talk(down)
    assert [fact.value for applied in gate.applied for fact in applied.facts] == ["red"]
    assert gate.board.status.trouble is None


# --- enrolment --------------------------------------------------------------------------------


def refused(gate: District, url: str = URL, code: str = "") -> EnrolProblem:
    who = Applicant(gate.station, gate.journal.vault.public_key, bytes(32), "", "")
    with pytest.raises(EnrolError) as caught:
        enrol(url, code or gate.center.code(), who, gate.client_to)
    return caught.value.problem


def test_a_code_counts_once(gate: District) -> None:
    code = gate.center.code()
    other = gate.center.code()
    gate.enrol()

    assert refused(gate, code=code[:-1] + ("A" if code[-1] != "A" else "B")) is EnrolProblem.BAD_CODE
    gate.center.clocks.forward(601)
    assert refused(gate, code=other) is EnrolProblem.CODE_EXPIRED


def test_another_center_does_not_get_the_code(gate: District) -> None:
    """Somebody between shows a CA of their own."""
    gate.road.answer = httpx2.Response(200, content=_some_ca())

    assert refused(gate) is EnrolProblem.OTHER_CENTER
    assert gate.road.asked == ["/v1/ca"]


def test_nobody_answers(gate: District) -> None:
    gate.road.closed = httpx2.ConnectError("down")

    assert refused(gate) is EnrolProblem.NO_CONTACT


def test_a_login_page_is_no_center(gate: District) -> None:
    gate.road.answer = httpx2.Response(200, content=b"<html>log in</html>")

    assert refused(gate) is EnrolProblem.NO_CONTACT


@pytest.mark.parametrize("url", ["", "http://center", "ftp://x", "https://", "a b", "https://x?y=1"])
def test_an_address_that_is_none(url: str) -> None:
    with pytest.raises(EnrolError) as caught:
        center_url(url)

    assert caught.value.problem is EnrolProblem.BAD_ADDRESS


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("center.example", "https://center.example:8443"),
        (" https://center.example/ ", "https://center.example"),
        ("10.0.0.7:9000", "https://10.0.0.7:9000"),
    ],
)
def test_an_address_as_people_type_it(typed: str, meant: str) -> None:
    assert center_url(typed) == meant


def _some_ca() -> bytes:
    return make_keys().authority.pem


# --- people made ready by the center --------------------------------------------------------------


def known(gate: District) -> list[str]:
    people = CenterPeople(gate.journal.connection, gate.journal.vault)
    return [found.item.name for number in range(100) if (found := people.by_id(f"p{number}"))]


def test_people_come_as_the_center_made_them_ready(gate: District) -> None:
    gate.enrol()
    gate.center.store.lists.put("people", HUNDRED)
    talk(gate.down("people", limit=30, every_s=60))

    assert known(gate) == [f"name {number}" for number in range(100)]
    assert "takes=chunks" in gate.road.queries[-1]


def test_people_that_were_made_ready_wrong_are_asked_for_one_by_one(
    gate: District, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A fault of a center may not keep a gate from its lists for ever."""
    monkeypatch.setattr("center.http.lists.packed_people", lambda items: (ReadyPeople(1, (b"wrong",)), []))
    gate.enrol()
    gate.center.store.lists.put("people", HUNDRED)
    talk(gate.down("people", limit=30, every_s=60))

    assert known(gate) == [f"name {number}" for number in range(100)]
    assert ["takes=chunks" in one for one in gate.road.queries[-3:]] == [False] * 3
    assert gate.status.trouble is None


def test_a_center_that_knows_nothing_of_this_sends_them_one_by_one(
    gate: District, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("center.http.lists.bundle.CHUNKS", "never heard of")
    gate.enrol()
    gate.center.store.lists.put("people", HUNDRED)
    talk(gate.down("people", limit=30, every_s=60))

    assert known(gate) == [f"name {number}" for number in range(100)]


@pytest.mark.parametrize(
    ("fault", "limit"),
    [
        (httpx2.ConnectError("refused"), 800),
        (httpx2.ProxyError("502 Bad Gateway"), 800),
        (httpx2.ReadError("cut"), 50),
    ],
    ids=["no network until the morning", "a proxy that found no center", "a line that cuts pages"],
)
def test_only_pages_that_were_under_way_are_taken_for_too_long(
    gate: District, fault: Exception, limit: int
) -> None:
    """Gates that begin with one size ask for the same pages, and the center makes each of them once."""
    gate.enrol()
    down = gate.down("people", limit=800, every_s=60.0)
    gate.road.closed = fault
    for _ in range(5):
        gate.clock.move(down.turn())
    gate.road.closed = None
    gate.clock.move(600.0)
    down.turn()

    asked = [one for one in gate.road.queries if "channel=people" in one]
    assert f"limit={limit}" in asked[-1]
