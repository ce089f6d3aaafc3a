"""Whatever stands where the center should be: the station says in one word what is wrong, and goes on."""

from __future__ import annotations

import base64
import socket
import time
from datetime import UTC, datetime
from pathlib import Path
from threading import Event, Thread
from types import SimpleNamespace

import httpx2
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from station.core.contact import Trouble
from station.sync import client as client_module
from station.sync.bundle import Purpose, is_signed, request_payload
from station.sync.client import Client, ContactError, Signer, StoppedError, pinned
from tests.patience import PATIENCE_S
from tests.sync import roadside
from tests.sync.roadside import Authority, Habit, answers, authority, standing_there

pytestmark = pytest.mark.usefixtures("no_proxy")

KEY = Ed25519PrivateKey.from_private_bytes(bytes(32))
STATION = bytes(range(16))
SHORT_S = 0.05
HTML = b"<!DOCTYPE html><html><body>Please log in to hotel Wi-Fi</body></html>"


def ask(habit: Habit, ours: Authority, *, within_s: float = PATIENCE_S) -> ContactError:
    with (
        standing_there(habit, ours.server) as url,
        Client(url, pinned(ours.ca_pem), None) as client,
        pytest.raises(ContactError) as caught,
    ):
        client.get("/v1/pull", within_s=within_s)
    return caught.value


def test_the_center_answers(ours: Authority) -> None:
    with (
        standing_there(answers("200 OK", b"page"), ours.server) as url,
        Client(url, pinned(ours.ca_pem), None) as client,
    ):
        answer = client.get("/v1/pull")

    assert answer.body == b"page"
    assert answer.sent <= answer.received


@pytest.mark.parametrize(
    ("habit", "trouble"),
    [
        (roadside.talks_nonsense, Trouble.NOT_THE_CENTER),
        (roadside.hangs_up, Trouble.NO_WAY),
        (roadside.hangs_up_in_the_middle, Trouble.NO_WAY),
        (answers("302 Found", b"", "Location: http://login.example/"), Trouble.NOT_THE_CENTER),
        (answers("404 Not Found", HTML), Trouble.NOT_THE_CENTER),
        (answers("502 Bad Gateway", HTML), Trouble.FAULT),
        (answers("200 OK", b"x" * (33 * 1024 * 1024)), Trouble.NOT_THE_CENTER),
        (answers("401 No", b'{"problem": "unknown_station"}'), Trouble.UNKNOWN_HERE),
        (answers("403 No", b'{"problem": "revoked"}'), Trouble.REVOKED),
        (answers("422 No", b'{"problem": "damaged"}'), Trouble.NOT_TAKEN),
        (answers("503 Later", b'{"problem": "busy"}', "Retry-After: 7"), Trouble.BUSY),
        (answers("429 Slow", b"", "Retry-After: Sun, 22 Nov 2026 08:00:00 GMT"), Trouble.BUSY),
    ],
)  # fmt: skip
def test_an_answer_that_is_of_no_use_is_named(habit: Habit, trouble: Trouble, ours: Authority) -> None:
    assert ask(habit, ours).trouble is trouble


def test_what_the_center_says_is_kept(ours: Authority) -> None:
    error = ask(answers("503 Later", b'{"problem": "busy", "detail": "queue"}', "Retry-After: 7"), ours)

    assert (error.slug, error.retry_after_s) == ("busy", 7.0)


@pytest.mark.parametrize("habit", [roadside.says_nothing, roadside.drips])
def test_whoever_never_ends_is_left(habit: Habit, ours: Authority) -> None:
    begin = time.monotonic()

    error = ask(habit, ours, within_s=0.3)

    assert error.trouble is Trouble.NO_ANSWER
    assert time.monotonic() - begin < PATIENCE_S


def test_whoever_drips_for_ever_behind_a_proxy_is_left_too(
    ours: Authority, monkeypatch: pytest.MonkeyPatch
) -> None:
    with standing_there(roadside.tunnels, None) as proxy:
        monkeypatch.setenv("https_proxy", proxy.replace("https", "http"))
        error = ask(roadside.drips, ours, within_s=0.5)

    assert error.trouble is Trouble.NO_ANSWER


@pytest.mark.parametrize("habit", [roadside.holds_still, roadside.drips_a_handshake])
def test_a_handshake_that_never_ends_is_within_the_time_of_all(habit: Habit, ours: Authority) -> None:
    with standing_there(habit, None) as url, Client(url, pinned(ours.ca_pem), None) as client:
        begin = time.monotonic()
        with pytest.raises(ContactError) as caught:
            client.get("/v1/ask", within_s=0.5)
        took_s = time.monotonic() - begin

    assert took_s < PATIENCE_S
    assert caught.value.trouble is Trouble.NO_ANSWER


@pytest.mark.parametrize("within_s", [0.8, 1.5, 30.0, 60.0])
def test_tcp_and_the_handshake_together_have_no_more_than_the_time_of_all(
    within_s: float, ours: Authority
) -> None:
    """Each has the time to connect."""
    asked: list[httpx2.Request] = []

    def center(request: httpx2.Request) -> httpx2.Response:
        asked.append(request)
        return httpx2.Response(200, stream=httpx2.ByteStream(b""))

    with Client(
        "https://center", pinned(ours.ca_pem), None, transport=httpx2.MockTransport(center)
    ) as client:
        client.get("/v1/ask", within_s=within_s)

    assert 0 < 2 * asked[0].extensions["timeout"]["connect"] <= within_s


@pytest.mark.parametrize(("for_good", "told"), [(False, httpx2.ReadTimeout), (True, StoppedError)])
def test_a_connection_that_stands_after_the_time_was_over_is_closed(
    for_good: bool, told: type[Exception]
) -> None:
    """The PC stood still while it connected; nobody else has it yet, so nobody else would close it."""
    line, (ours, theirs) = client_module._Line(), socket.socketpair()
    stream = SimpleNamespace(get_extra_info=lambda what: ours, close=ours.close)
    line.cut(for_good=for_good)
    with ours, theirs:
        with pytest.raises(told):
            line.trace("connection.connect_tcp.complete", {"return_value": stream})
        assert ours.fileno() == -1


def test_a_connection_is_used_again(ours: Authority) -> None:
    """What makes an unknown code cost one trip and not four."""
    accepted: list[int] = []

    def counts(connection: socket.socket, over: Event) -> None:
        accepted.append(1)
        for _ in range(3):
            roadside.answers_once(connection, b"{}")

    with standing_there(counts, ours.server) as url, Client(url, pinned(ours.ca_pem), None) as client:
        for _ in range(3):
            client.get("/v1/ask")

    assert accepted == [1]


def test_after_a_sleep_nothing_is_asked_over_the_connection_of_before(ours: Authority) -> None:
    """It is dead, though nothing has said so; a person with an unknown code would wait for it in vain."""
    accepted: list[int] = []

    def answers_the_first(connection: socket.socket, over: Event) -> None:
        accepted.append(1)
        roadside.answers_once(connection, b"{}")
        over.wait()

    habit = answers_the_first
    with standing_there(habit, ours.server) as url, Client(url, pinned(ours.ca_pem), None) as client:
        client.get("/v1/ca")
        client.give_up()
        assert client.get("/v1/ask").body == b"{}"

    assert accepted == [1, 1]


def test_a_call_for_help_does_not_wait_long_for_a_connection_that_is_dead(ours: Authority) -> None:
    """Of the minute before, through a router that has forgotten it since."""
    accepted: list[int] = []

    def answers_the_first(connection: socket.socket, over: Event) -> None:
        accepted.append(1)
        roadside.answers_once(connection, b"{}")
        over.wait()

    habit = answers_the_first
    with standing_there(habit, ours.server) as url, Client(url, pinned(ours.ca_pem), None) as client:
        client.get("/v1/ca")
        with pytest.raises(ContactError) as caught:
            client.post("/v1/report", b"help", within_s=2 * PATIENCE_S, kept_s=SHORT_S)
        assert client.post("/v1/report", b"help", kept_s=PATIENCE_S).body == b"{}"

    assert caught.value.trouble is Trouble.NO_ANSWER
    assert accepted == [1, 1]


def test_a_new_connection_has_the_whole_time_of_its_request() -> None:
    """On a line of 2G its greeting alone takes longer than the answer on one that stands."""
    line = client_module._Line()
    line.kept_s = PATIENCE_S
    with line.within(3 * PATIENCE_S):
        line.trace("connection.connect_tcp.started", {})
        ends_at = line.deadline._at
    line.deadline.end()

    assert ends_at is not None
    assert ends_at - time.monotonic() > 2 * PATIENCE_S


def test_what_is_long_makes_way_for_what_is_urgent_and_nothing_else_does(ours: Authority) -> None:
    asked, ended = Event(), list[str]()

    def says_nothing(connection: socket.socket, over: Event) -> None:
        connection.recv(65536)
        asked.set()
        over.wait()

    def post(client: Client, *, yields: bool) -> None:
        try:
            client.post("/v1/report", b"picture", within_s=PATIENCE_S, yields=yields)
        except (ContactError, StoppedError) as error:
            ended.append(type(error).__name__)

    with standing_there(says_nothing, ours.server) as url, Client(url, pinned(ours.ca_pem), None) as client:
        for yields in (True, False):
            asked.clear()
            thread = Thread(target=post, args=(client,), kwargs={"yields": yields})
            thread.start()
            assert asked.wait(PATIENCE_S)
            client.make_way()
            if not yields:
                client.stop()
            thread.join(PATIENCE_S)

    assert ended == ["ContactError", "StoppedError"]


def test_a_call_for_help_goes_over_the_connection_on_which_a_picture_has_just_gone(ours: Authority) -> None:
    """It was closed under the call, which then greeted the center anew: seconds on a line of 2G."""
    accepted: list[int] = []

    def answers_all(connection: socket.socket, over: Event) -> None:
        accepted.append(1)
        for _ in range(2):
            roadside.answers_once(connection, b"{}")

    with standing_there(answers_all, ours.server) as url, Client(url, pinned(ours.ca_pem), None) as client:
        client.post("/v1/report", b"picture", yields=True)
        client.make_way()
        client.post("/v1/report", b"help")

    assert accepted == [1]


def test_what_is_done_meanwhile_is_done_once_and_before_the_answer(ours: Authority) -> None:
    asked, done = Event(), list[str]()

    def waits(connection: socket.socket, over: Event) -> None:
        assert asked.wait(PATIENCE_S)  # it is not answered before that is done
        roadside.answers_once(connection, b"{}")
        roadside.answers_once(connection, b"{}")

    def meanwhile() -> None:
        done.append("read")
        asked.set()

    with standing_there(waits, ours.server) as url, Client(url, pinned(ours.ca_pem), None) as client:
        client.post("/v1/push", b"batch", meanwhile=meanwhile)
        client.get("/v1/pull")

    assert done == ["read"]


def test_the_certificate_of_another_center_is_not_taken(ours: Authority, tmp_path: Path) -> None:
    other = authority(tmp_path, "other")

    with (
        standing_there(answers("200 OK"), other.server) as url,
        Client(url, pinned(ours.ca_pem), None) as client,
        pytest.raises(ContactError) as caught,
    ):
        client.get("/v1/pull")

    assert caught.value.trouble is Trouble.OTHER_CERTIFICATE


@pytest.mark.parametrize("year", [1990, 2090])
def test_a_clock_that_is_years_wrong_does_not_close_the_line(year: int, tmp_path: Path) -> None:
    """Seen from here the certificate is over, or not yet valid."""
    odd = authority(tmp_path, "odd", begin=datetime(year, 1, 1, tzinfo=UTC), days=30)

    habit = answers("200 OK", b"all right")
    with standing_there(habit, odd.server) as url, Client(url, pinned(odd.ca_pem), None) as client:
        assert client.get("/v1/pull").body == b"all right"


def test_no_tls_where_there_should_be(ours: Authority, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(client_module, "CONNECT_S", 0.3)
    with (
        standing_there(roadside.talks_nonsense, None) as url,
        Client(url, pinned(ours.ca_pem), None) as client,
        pytest.raises(ContactError) as caught,
    ):
        client.get("/v1/pull", within_s=2)

    assert caught.value.trouble in (Trouble.NOT_THE_CENTER, Trouble.NO_ANSWER)


def test_nobody_is_there(ours: Authority) -> None:
    with socket.socket() as held:  # so that nobody else takes its port
        held.bind(("127.0.0.1", 0))
        with (
            Client(f"https://127.0.0.1:{held.getsockname()[1]}", pinned(ours.ca_pem), None) as client,
            pytest.raises(ContactError) as caught,
        ):
            client.get("/v1/pull")

    assert caught.value.trouble is Trouble.NO_WAY


def test_the_name_is_not_known(ours: Authority, monkeypatch: pytest.MonkeyPatch) -> None:
    def dead(*_: object, **__: object) -> None:
        raise socket.gaierror(socket.EAI_AGAIN, "Temporary failure in name resolution")

    monkeypatch.setattr(socket, "getaddrinfo", dead)
    with (
        Client("https://center.example", pinned(ours.ca_pem), None) as client,
        pytest.raises(ContactError) as caught,
    ):
        client.get("/v1/pull")

    assert caught.value.trouble is Trouble.NO_ADDRESS


@pytest.mark.parametrize("url", ["", "center", "https://", "https://[::1", "ftp://center", "https://a:99999"])
def test_an_address_that_is_none(url: str, ours: Authority) -> None:
    with Client(url, pinned(ours.ca_pem), None) as client, pytest.raises(ContactError):
        client.get("/v1/pull", within_s=2)


def test_closing_time_does_not_wait_for_a_long_poll(ours: Authority) -> None:
    asked = Event()

    def waits(connection: socket.socket, over: Event) -> None:
        connection.recv(65536)
        asked.set()
        over.wait()

    with standing_there(waits, ours.server) as url, Client(url, pinned(ours.ca_pem), None) as client:
        ended = Event()

        def poll() -> None:
            with pytest.raises(StoppedError):
                client.get("/v1/pull?wait=25", within_s=60)
            ended.set()

        thread = Thread(target=poll)
        thread.start()
        assert asked.wait(PATIENCE_S)
        client.stop()
        assert ended.wait(PATIENCE_S)
        thread.join()
        with pytest.raises(StoppedError):
            client.get("/v1/pull")


@pytest.mark.parametrize(
    "named",
    ["socks5://127.0.0.1:7890", "socks5h://127.0.0.1:7890", "socks://127.0.0.1:7890/", "http://proxy:port"],
)
def test_a_desktop_that_names_a_proxy_which_cannot_be_used_closes_no_gate(
    named: str, ours: Authority, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ALL_PROXY", named)
    with (
        standing_there(answers("200 OK", b"page"), ours.server) as url,
        Client(url, pinned(ours.ca_pem), None) as client,
    ):
        assert client.get("/v1/pull").body == b"page"


def test_beside_a_socks_proxy_the_one_for_https_is_used_except_for_whom_it_is_not_for(
    ours: Authority, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As the usual three lines in a shell have it: http_proxy, https_proxy and all_proxy."""
    asked = Event()

    def proxy(connection: socket.socket, over: Event) -> None:
        asked.set()

    with (
        standing_there(proxy, None) as there,
        standing_there(answers("200 OK", b"page"), ours.server) as url,
    ):
        monkeypatch.delenv("NO_PROXY", raising=False)
        monkeypatch.setenv("no_proxy", "")
        monkeypatch.setenv("all_proxy", "socks5://127.0.0.1:7890")
        monkeypatch.setenv("https_proxy", there.removeprefix("https://"))
        with Client(url, pinned(ours.ca_pem), None) as client, pytest.raises(ContactError):
            client.get("/v1/pull")
        assert asked.is_set()

        monkeypatch.setenv("no_proxy", "10.0.0.1,127.0.0.1")
        with Client(url, pinned(ours.ca_pem), None) as client:
            assert client.get("/v1/pull").body == b"page"


def test_requests_are_signed_by_the_station(ours: Authority) -> None:
    seen: list[httpx2.Request] = []

    def center(request: httpx2.Request) -> httpx2.Response:
        seen.append(request)
        return httpx2.Response(200, stream=httpx2.ByteStream(b""))

    transport = httpx2.MockTransport(center)
    signer = Signer(STATION, KEY.sign)
    with Client(
        "https://center", pinned(ours.ca_pem), signer, transport=transport, wall=lambda: 1.5
    ) as client:
        client.post("/v1/push?a=b", b"batch")

    scheme, _, said = seen[0].headers["Authorization"].partition(" ")
    fields = dict(field.split("=", 1) for field in said.split(", "))
    signature = _unbase64url(fields["signature"])
    payload = request_payload("POST", "/v1/push?a=b", 1500, b"batch")
    assert (scheme, fields["station"], fields["at"]) == ("Kakou", STATION.hex(), "1500")
    assert is_signed(KEY.public_key().public_bytes_raw(), Purpose.REQUEST, payload, signature)


def _unbase64url(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
