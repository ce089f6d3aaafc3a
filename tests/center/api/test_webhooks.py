"""Webhooks: what happens arrives, signed and once, whatever is down meanwhile; never in inner networks."""

from __future__ import annotations

import hmac
import json
import socket
import threading
import time
from base64 import b64decode, b64encode
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, HTTPServer
from ipaddress import ip_network
from pathlib import Path

import pytest

from center.cut_off import cut_off
from center.scope import EVERYWHERE
from center.store.chains import AT_ONCE
from center.store.console_audit import Note
from center.store.webhooks import Event, Webhook
from center.webhook_url import UrlError, UrlProblem, address_for, is_allowed, read_url
from center.webhooks import BACK_OFF_S, EVENTS, Kind, Sender, shown_secret
from station.core.entry import ReasonPart
from station.sync.reports import Report, encode_body
from tests.center.console.district import FIRST, District, open_district
from tests.center.gate import record
from tests.patience import PATIENCE_S

LOOPBACK = [ip_network("127.0.0.0/8")]
INNER = [
    "127.0.0.1",
    "127.9.9.9",
    "0.0.0.0",
    "10.1.2.3",
    "172.16.0.1",
    "192.168.1.1",
    "169.254.169.254",
    "100.64.0.1",
    "224.0.0.1",
    "239.1.1.1",
    "255.255.255.255",
    "::1",
    "::",
    "fe80::1",
    "fe80::1%eth0",
    "fd00::1",
    "fec0::1",
    "ff02::1",
    "::ffff:127.0.0.1",
    "::ffff:169.254.169.254",
    "64:ff9b::7f00:1",
    "2002:7f00:1::",
    "not an address",
]


@dataclass
class Receiver:
    """A program of the district: answers `status`, remembers what came."""

    url: str = ""
    status: int = 200
    came: list[tuple[dict[str, str], bytes]] = field(default_factory=list)

    def bodies(self, event: str = "") -> list[dict[str, object]]:
        bodies = [json.loads(body) for _, body in self.came]
        return [body for body in bodies if not event or body["event"] == event]


@contextmanager
def receiving(port: int = 0) -> Iterator[Receiver]:
    receiver = Receiver()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            receiver.came.append(({key.lower(): value for key, value in self.headers.items()}, body))
            self.send_response(receiver.status)
            self.send_header("Location", "http://127.0.0.1:1/elsewhere")
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, format: str, *arguments: object) -> None:
            """Not on standard error."""

    server = HTTPServer(("127.0.0.1", port), Handler)
    receiver.url = f"http://receiver.example:{server.server_port}/hook?x=1"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield receiver
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    with receiving() as opened:
        yield opened


@pytest.fixture
def district(tmp_path: Path) -> Iterator[District]:
    with open_district(tmp_path) as opened:
        store = opened.center.store
        for webhook in store.webhooks.all(EVERYWHERE):
            store.webhooks.end(EVERYWHERE, webhook.id, 1, Note(1, "admin", "停了推送地址"))
        opened.center.office.own_networks = tuple(LOOPBACK)
        yield opened


@contextmanager
def sending(district: District) -> Iterator[Sender]:
    sender = Sender(district.center.office, resolve=lambda host, port: ["127.0.0.1"])
    try:
        yield sender
    finally:
        sender.stop()


def add(district: District, receiver: Receiver, events: Sequence[Kind] = EVENTS) -> Webhook:
    district.center.clocks.forward(1)
    ms = district.center.clocks.ms
    note = Note(ms, "admin", "加了推送地址", FIRST)
    return district.center.store.webhooks.add(FIRST, receiver.url, [one.value for one in events], ms, note)


def test_a_new_case_is_told_once_signed_and_without_words_of_people(
    district: District, receiver: Receiver
) -> None:
    webhook = add(district, receiver)
    case = district.add_case(district.first)
    district.add_case(district.second)  # another branch's
    with sending(district) as sender:
        sender.step()
        sender.step()

    ((headers, body),) = receiver.came
    said = json.loads(body)
    assert (said["event"], said["case"], said["branch"]) == ("case.opened", case, FIRST)
    assert not any(word in body.decode() for word in ("体温", "张", "请来人"))
    assert headers["host"].startswith("receiver.example:")
    secret = b64decode(shown_secret(webhook).removeprefix("whsec_"))
    signed = f"{headers['webhook-id']}.{headers['webhook-timestamp']}.".encode() + body
    assert headers["webhook-signature"] == f"v1,{b64encode(hmac.digest(secret, signed, sha256)).decode()}"
    assert int(headers["webhook-timestamp"]) == district.center.clocks.ms // 1000
    assert headers["webhook-id"] == said["id"]


def test_whoever_is_isolated_and_came_in_a_backlog_is_told_however_late_the_rows_are_made(
    district: District, receiver: Receiver
) -> None:
    center, gate = district.center, district.first
    add(district, receiver, [Kind.ISOLATED])
    reasons = (ReasonPart("isolated_leaving", 2),)
    here = len(gate.records)
    gate.records += [record(here + number) for number in range(1, AT_ONCE + 1)]
    gate.records.append(record(len(gate.records) + 1, severity=2, reasons=reasons, direction="out"))
    district.push(gate, here + 1)
    with sending(district) as sender:
        for _ in range(5):
            sender.step()
            center.clocks.forward(300)
        assert not receiver.came
        while center.store.project_pending():
            continue
        sender.step()
        center.clocks.forward(300)
        sender.step()

    assert len(receiver.came) == 1


def test_a_whole_house_that_leaves_in_one_batch_is_told(district: District, receiver: Receiver) -> None:
    center, gate = district.center, district.first
    webhook = add(district, receiver, [Kind.ISOLATED])
    reasons, here = (ReasonPart("isolated_leaving", 2),), len(gate.records)
    gate.records += [record(here + number, severity=2, reasons=reasons) for number in range(1, 1102)]
    district.push(gate, here + 1)
    while center.store.project_pending():
        continue
    receiver.status = 410
    with sending(district) as sender:
        sender.step()

    assert len(center.store.webhooks.deliveries(webhook.id, most=2000)) == 1101


def test_what_does_not_arrive_is_tried_again_later_and_later_and_after_a_restart(
    district: District, receiver: Receiver
) -> None:
    webhook = add(district, receiver, [Kind.CASE])
    district.add_case(district.first)
    receiver.status = 503
    counts = []
    with sending(district) as sender:
        sender.step()
    for seconds in BACK_OFF_S:
        for forward in (seconds - 1, 1):
            district.center.clocks.forward(forward)
            with sending(district) as sender:  # another process each time
                sender.step()
            counts.append(len(receiver.bodies("case.opened")))
    store = district.center.store
    (line,) = [one for one in store.webhooks.deliveries(webhook.id) if one.event == "case.opened"]

    assert counts == [count for tries in range(1, len(BACK_OFF_S) + 1) for count in (tries, tries + 1)]
    assert (line.due_ms, line.done_ms, line.said, line.tries) == (None, None, "503", len(BACK_OFF_S) + 1)
    ids = {headers["webhook-id"] for headers, body in receiver.came if b"case.opened" in body}
    assert len(ids) == 1

    receiver.status = 204
    note = Note(1, "admin", "重发了推送")
    assert store.webhooks.again(webhook.id, line.id, district.center.clocks.ms, note)
    with sending(district) as sender:
        sender.step()
    (line,) = [one for one in store.webhooks.deliveries(webhook.id) if one.event == "case.opened"]
    assert (line.said, line.done_ms) == ("204", district.center.clocks.ms)


def test_no_line_of_one_moment_is_skipped_between_two_pages(district: District, receiver: Receiver) -> None:
    webhook, webhooks = add(district, receiver), district.center.store.webhooks
    webhooks.put(
        webhook.id, [Event(bytes([number]) * 16, "case.opened", 5, "{}") for number in range(5)], 5, 5
    )
    found, before = list[bytes](), None
    while page := webhooks.deliveries(webhook.id, before=before, most=2):
        found += [line.id for line in page]
        before = page[-1].place

    assert len(found) == len(set(found)) == 5


def test_a_redirect_is_not_followed(district: District, receiver: Receiver) -> None:
    webhook = add(district, receiver)
    district.add_case(district.first)
    receiver.status = 302
    with sending(district) as sender:
        sender.step()

    (line,) = district.center.store.webhooks.deliveries(webhook.id)
    assert (line.said, line.done_ms) == ("302", None)
    assert len(receiver.came) == 1


def test_a_gate_that_falls_silent_is_told_once(district: District, receiver: Receiver) -> None:
    add(district, receiver)
    with sending(district) as sender:
        sender.step()
        assert receiver.bodies() == []
        district.center.clocks.forward(700)
        sender.step()
        sender.step()
        (said,) = receiver.bodies()
        assert (said["event"], said["gate_id"]) == ("gate.silent", district.first.station.hex())
        district.first.record_entries(1)
        district.push(district.first, 4)
        sender.step()
        district.center.clocks.forward(700)
        sender.step()
    assert len(receiver.bodies()) == 2


def test_a_clock_that_was_a_year_ahead_for_a_minute_keeps_nothing_from_being_told(
    district: District, receiver: Receiver
) -> None:
    """The center's PC began with a wrong date; nobody would have heard of an isolated person for a year."""
    clocks, year_s = district.center.clocks, 365 * 24 * 3600
    clocks.forward(3600)
    add(district, receiver)
    clocks.forward(year_s)
    add(district, receiver)  # and one that was made meanwhile
    with sending(district) as sender:
        sender.step()
        receiver.came.clear()
        clocks.ms -= year_s * 1000
        sender.step()
        clocks.forward(60)
        district.add_case(district.first)
        sender.step()
        assert len(receiver.bodies("case.opened")) == 2
        clocks.forward(700)
        sender.step()
        sender.step()
    assert len(receiver.bodies("case.opened")) == 2
    assert len(receiver.bodies("gate.silent")) == 2


def test_what_did_not_arrive_while_the_clock_was_a_year_ahead_is_tried_again(
    district: District, receiver: Receiver
) -> None:
    add(district, receiver, [Kind.CASE])
    district.center.clocks.forward(365 * 24 * 3600)
    district.add_case(district.first)
    receiver.status = 503
    with sending(district) as sender:
        sender.step()
        district.center.clocks.ms -= 365 * 24 * 3600 * 1000
        receiver.status = 200
        sender.step()
        sender.step()
    assert [body["event"] for body in receiver.bodies()] == ["case.opened"] * 2  # which it refused, and took


@pytest.mark.parametrize("days", [365, -365])
def test_no_gate_is_called_silent_because_the_clock_of_the_center_was_set(
    district: District, receiver: Receiver, days: int
) -> None:
    """Every gate of the district at once, a second after the network had set a clock without battery."""
    clocks = district.center.clocks
    add(district, receiver, [Kind.SILENT])
    with sending(district) as sender:
        sender.step()
        clocks.ms += days * 24 * 3600 * 1000
        sender.step()
        assert receiver.bodies() == []
        clocks.forward(700)
        sender.step()
        sender.step()
    assert len(receiver.bodies("gate.silent")) == 1


def test_a_pc_that_begins_years_behind_tells_nothing_of_long_ago(
    district: District, receiver: Receiver
) -> None:
    """Its battery was dead, and the network set the clock a minute later: nobody is called out again."""
    clocks, year_s = district.center.clocks, 365 * 24 * 3600

    def whistle(number: int) -> None:
        told = Report(bytes([number]) * 16, "case", 1, clocks.ms, encode_body(district.report()))
        district.center.store.reports.take(district.first.station, FIRST, (told,), clocks.ms)

    whistle(1)
    clocks.forward(3600)
    add(district, receiver, [Kind.CASE])
    clocks.forward(60)
    whistle(2)
    with sending(district) as sender:
        sender.step()
        clocks.forward(40 * 24 * 3600)
        whistle(3)
        sender.step()
    assert len(receiver.came) == 2
    with sending(district) as sender:
        clocks.ms -= year_s * 1000
        sender.step()
        whistle(4)
        sender.step()
        clocks.ms += year_s * 1000
        sender.step()
        whistle(5)
        sender.step()
        sender.step()
    cases = [body["case"] for body in receiver.bodies()]
    assert cases == [(bytes([number]) * 16).hex() for number in (2, 3, 4, 5)]


def test_an_ended_webhook_is_told_nothing(district: District, receiver: Receiver) -> None:
    webhook = add(district, receiver)
    district.add_case(district.first)
    receiver.status = 500
    with sending(district) as sender:
        sender.step()
        district.center.store.webhooks.end(EVERYWHERE, webhook.id, 2, Note(1, "admin", "停了推送地址"))
        district.center.clocks.forward(10_000)
        sender.step()
    assert len(receiver.came) == 1


def test_a_receiver_that_is_away_does_not_hold_up_another(district: District, receiver: Receiver) -> None:
    with socket.socket() as held:  # so that nobody else takes its port
        held.bind(("127.0.0.1", 0))
        gone = add(district, Receiver(f"http://receiver.example:{held.getsockname()[1]}/"))
        add(district, receiver)
        district.add_case(district.first)
        with sending(district) as sender:
            sender.step()

    assert len(receiver.bodies("case.opened")) == 1
    (line,) = district.center.store.webhooks.deliveries(gone.id)
    assert (line.said, line.tries, line.done_ms) == ("ConnectError", 1, None)


@contextmanager
def dripping() -> Iterator[Receiver]:
    """Answers without an end, a byte at a time: no single read takes long."""
    listener, ended = socket.create_server(("127.0.0.1", 0)), threading.Event()

    def drip() -> None:
        with suppress(OSError), listener.accept()[0] as connection:
            connection.sendall(b"HTTP/1.1 200 OK\r\nX-Slow: ")
            while not ended.wait(0.02):
                connection.sendall(b"x")

    thread = threading.Thread(target=drip)
    thread.start()
    try:
        yield Receiver(f"http://receiver.example:{listener.getsockname()[1]}/")
    finally:
        ended.set()
        with suppress(OSError):
            listener.shutdown(socket.SHUT_RDWR)  # whom nobody came to does not wait for ever
        thread.join()
        listener.close()


def test_a_receiver_that_answers_without_an_end_is_cut_off(
    district: District, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Not WHOLE_S itself, which is also that of a receiver's whole outbox: it may be over before the first.
    monkeypatch.setattr("center.webhooks.cut_off", lambda seconds: cut_off(seconds / 75))
    with dripping() as slow:
        webhook = add(district, slow)
        district.add_case(district.first)
        began = time.monotonic()
        with sending(district) as sender:
            sender.step()

        assert time.monotonic() - began < PATIENCE_S
    (line,) = district.center.store.webhooks.deliveries(webhook.id)
    assert (line.said, line.tries, line.done_ms) == ("RemoteProtocolError", 1, None)


def test_a_receiver_with_much_to_come_leaves_time_for_others(
    district: District, receiver: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("center.webhooks.WHOLE_S", -1.0)
    add(district, receiver)
    district.add_case(district.first)
    with sending(district) as sender:
        sender.step()
    assert receiver.came == []

    monkeypatch.setattr("center.webhooks.WHOLE_S", 15.0)
    with sending(district) as sender:
        sender.step()
    assert len(receiver.bodies("case.opened")) == 1


def test_a_name_that_leads_inside_later_is_not_followed(district: District, receiver: Receiver) -> None:
    """DNS rebinding: the address is looked at for every try."""
    webhook = add(district, receiver)
    district.center.office.own_networks = ()
    district.add_case(district.first)
    with sending(district) as sender:
        sender.step()

    assert receiver.came == []
    (line,) = district.center.store.webhooks.deliveries(webhook.id)
    assert line.said == "not_allowed"


@pytest.mark.parametrize("address", INNER)
def test_inner_addresses_are_not_allowed(address: str) -> None:
    assert not is_allowed(address, [])
    target = read_url("https://example.org/")
    with pytest.raises(UrlError) as refused:
        address_for(target, [], lambda host, port: ["93.184.215.14", address])
    assert refused.value.what is UrlProblem.NOT_ALLOWED


@pytest.mark.parametrize(
    ("address", "allowed"),
    [("93.184.215.14", True), ("2606:2800:21f:cb07::1", True), ("10.20.1.1", True), ("10.21.1.1", False)],
)
def test_the_internet_and_what_an_admin_allowed_may_be_told(address: str, allowed: bool) -> None:
    assert is_allowed(address, [ip_network("10.20.0.0/16")]) == allowed


@pytest.mark.parametrize(
    "url",
    [
        "",
        "example.org",
        "ftp://example.org/",
        "file:///etc/passwd",
        "gopher://example.org/",
        "javascript:alert(1)",
        "http://",
        "http:///x",
        "http://user:secret@example.org/",
        "http://example.org@127.0.0.1/",
        "http://example.org\\@127.0.0.1/",
        "http://exa mple.org/",
        "http://example.org/\r\nHost: x",
        "http://example.org:99999/",
        "http://例.org/",
        "http://example.org/#x",
        "http://" + "x" * 600,
    ],
)
def test_what_is_no_url_of_the_web_is_refused(url: str) -> None:
    with pytest.raises(UrlError):
        read_url(url)


@pytest.mark.parametrize("host", ["127.1", "2130706433", "0x7f.1", "0177.0.0.1", "localhost", "[::1]", "0"])
def test_other_ways_to_write_this_host_are_resolved_and_refused(district: District, host: str) -> None:
    admin = district.browser("admin1")
    district.center.office.own_networks = ()
    admin.get("/webhooks")
    fields = {"url": f"http://{host}/", "branch": FIRST, "event": "case.opened"}
    answer = admin.post("/webhooks", fields)

    assert answer.status_code == 400
    assert f"http://{host}/" in answer.text  # what was typed is still there


def test_an_admin_adds_a_webhook_tries_it_and_ends_it(district: District, receiver: Receiver) -> None:
    admin = district.browser("admin1")
    admin.get("/webhooks")
    url = receiver.url.replace("receiver.example", "127.0.0.1")
    made = admin.post("/webhooks", {"url": url, "branch": FIRST, "event": ["case.opened"]})
    assert made.status_code == 200
    (webhook,) = [one for one in district.center.store.webhooks.all(EVERYWHERE) if one.url == url]
    assert shown_secret(webhook) in made.text.replace("&#43;", "+").replace("&#61;", "=")
    page = f"/webhooks/{webhook.id.hex()}"
    assert shown_secret(webhook) not in admin.get(page).text
    assert admin.post(f"{page}/try").status_code == 303
    with sending(district) as sender:
        sender.step()
    assert "trial" in [body["event"] for body in receiver.bodies()]
    assert "送到了" in admin.get(page).text
    assert admin.post(f"{page}/end").status_code == 303
    assert admin.post(f"{page}/try").status_code == 404
