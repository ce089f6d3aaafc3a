"""What gates say and hear over HTTP: entries up, lists down; and what is refused, with which words."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path
from threading import Timer

import pytest

from center.store import UnavailableError
from station.sync import bundle
from station.sync.bundle import DayRun, Purpose, Reconciliation, Signed
from station.sync.items import FactItem, encode_item
from tests.center.gate import NOON_MS, Gate, hello_answer, signed_ack, signed_page
from tests.center.office import Center, open_center
from tests.sync.test_bundle import a_gib_of_zeros


class NoStore:
    """A database that is down."""

    @property
    def stations(self) -> None:
        raise UnavailableError("the disk is full")

    def healthy(self) -> bool:
        return False


@pytest.fixture
def center(tmp_path: Path) -> Iterator[Center]:
    with open_center(tmp_path) as opened:
        yield opened


@pytest.fixture
def gate(center: Center) -> Gate:
    gate = center.know(Gate())
    gate.record_entries(5)
    return gate


def push(center: Center, gate: Gate, first: int = 1) -> bundle.Ack:
    body = bundle.pack(gate.batch(first))
    return signed_ack(gate.post(center.client, "/v1/push", body), center.keys.public_key)


def problem(response: object) -> tuple[int, str]:
    return response.status_code, response.json()["problem"]  # type: ignore[attr-defined]


def red(subject: str = "somebody") -> tuple[str, str, bytes]:
    fact = FactItem("person", subject, "colour", "red", NOON_MS)
    return "fact", f"person:{subject}:colour", encode_item(fact)


def test_hello_tells_where_the_center_is(center: Center, gate: Gate) -> None:
    answer = hello_answer(gate.post(center.client, "/v1/hello", bundle.pack(gate.hello())))

    assert [ack.durable for ack in answer.acks] == [0]
    assert answer.epoch == center.store.epoch
    assert answer.server_ms == center.clocks.ms
    assert not answer.credential  # it has the newest one


def test_a_batch_is_acknowledged_and_repeating_it_changes_nothing(center: Center, gate: Gate) -> None:
    assert push(center, gate).durable == 5
    again = push(center, gate)

    assert (again.durable, again.head) == (5, gate.hashes[5])


def test_a_damaged_batch_is_asked_for_again(center: Center, gate: Gate) -> None:
    damaged = bundle.pack(bundle.Push(1, b"not a batch", bytes(64)))

    assert problem(gate.post(center.client, "/v1/push", damaged)) == (422, "damaged")
    assert problem(gate.post(center.client, "/v1/push", b"no zlib")) == (422, "damaged")


def test_the_hash_at_a_number(center: Center, gate: Gate) -> None:
    push(center, gate)

    there = signed_ack(gate.get(center.client, "/v1/chain?incarnation=7&number=3"), center.keys.public_key)
    assert (there.durable, there.head) == (3, gate.hashes[3])
    beyond = gate.get(center.client, "/v1/chain?incarnation=7&number=6")
    assert problem(beyond) == (404, "not_here")


@pytest.mark.parametrize("query", ["", "?incarnation=x&number=1", "?incarnation=7&number=-1"])
def test_a_query_that_is_none(center: Center, gate: Gate, query: str) -> None:
    assert problem(gate.get(center.client, "/v1/chain" + query)) == (400, "not_understood")


def test_a_stranger_is_told_so(center: Center) -> None:
    stranger = Gate(9)

    assert problem(stranger.get(center.client, "/v1/pull?channel=quick")) == (401, "unknown_station")
    hello = stranger.post(center.client, "/v1/hello", bundle.pack(stranger.hello()))
    assert problem(hello) == (401, "unknown_station")


def test_a_request_signed_for_another_path_counts_for_nothing(center: Center, gate: Gate) -> None:
    headers = gate.headers("GET", "/v1/pull?channel=people")

    other = center.client.get("/v1/pull?channel=quick", headers=headers)
    assert problem(other) == (401, "bad_signature")


@pytest.mark.parametrize(
    "header", ["", "Bearer x", "Kakou station=zz, at=1, signature=x", "Kakou " + "a" * 9000]
)
def test_an_authorization_that_is_none(center: Center, header: str) -> None:
    answer = center.client.get("/v1/pull?channel=quick", headers={"Authorization": header})

    assert problem(answer) == (401, "bad_signature")


def test_somebody_elses_key_does_not_open(center: Center, gate: Gate) -> None:
    other = Gate(2)
    other.station = gate.station

    assert problem(other.get(center.client, "/v1/pull?channel=quick")) == (401, "bad_signature")


def test_a_gate_whose_clock_says_1970_is_served_and_the_clock_alarms(center: Center, gate: Gate) -> None:
    gate.wall_ms = 5000

    answer = hello_answer(gate.post(center.client, "/v1/hello", bundle.pack(gate.hello())))
    assert answer.alarms == ("clock",)
    contact = center.store.contacts.get(gate.station)
    assert contact
    assert contact.offset_ms == center.clocks.ms - 5000


def test_the_clock_that_the_gate_measured_itself_is_kept(center: Center, gate: Gate) -> None:
    state = (("clock_offset_ms", "-1500"), ("clock_uncertainty_ms", "40"), ("pending", "12"))
    gate.wall_ms = center.clocks.ms + 1490

    answer = hello_answer(gate.post(center.client, "/v1/hello", bundle.pack(gate.hello(state=state))))
    assert not answer.alarms
    contact = center.store.contacts.get(gate.station)
    assert contact
    assert (contact.offset_ms, contact.uncertainty_ms, contact.pending) == (-1500, 40, 12)


def test_a_gate_does_not_say_itself_when_its_last_stick_came(center: Center, gate: Gate) -> None:
    """Of the year 33658, it would end `center station list` and `center doctor`."""
    state = (("stick_ms", "9" * 15), ("camera", "lost"))

    gate.post(center.client, "/v1/hello", bundle.pack(gate.hello(state=state)))

    contact = center.store.contacts.get(gate.station)
    assert contact
    assert contact.state == (("camera", "lost"),)


def test_two_machines_with_one_disk_are_alarmed(center: Center, gate: Gate) -> None:
    gate.post(center.client, "/v1/hello", bundle.pack(gate.hello(fingerprint="one")))

    answer = hello_answer(gate.post(center.client, "/v1/hello", bundle.pack(gate.hello(fingerprint="two"))))
    assert answer.alarms == ("duplicate_station",)


def test_a_revoked_gate_gets_no_lists_but_loses_no_entry(center: Center, gate: Gate) -> None:
    center.store.stations.revoke(gate.station, center.clocks.ms)

    assert problem(gate.get(center.client, "/v1/pull?channel=quick")) == (403, "revoked")
    asked = gate.post(center.client, "/v1/ask", b'{"token": "k"}')
    assert problem(asked) == (403, "revoked")
    assert push(center, gate).durable == 5
    assert hello_answer(gate.post(center.client, "/v1/hello", bundle.pack(gate.hello()))).revoked


def test_a_restored_center_knows_a_gate_again_by_its_credential(center: Center, tmp_path: Path) -> None:
    gate = center.know(Gate(3))
    (tmp_path / "older").mkdir()
    with open_center(tmp_path / "older") as restored:  # the same keys, from before the enrolment
        hello_answer(gate.post(restored.client, "/v1/hello", bundle.pack(gate.hello())))

        row = restored.store.stations.get(gate.station)
        assert row
        assert row.public_keys == (gate.public_key,)
        assert row.name == "门3"


def test_a_credential_of_somebody_else_opens_nothing(center: Center) -> None:
    thief = Gate(4)
    thief.credential = center.know(Gate(5)).credential

    hello = thief.post(center.client, "/v1/hello", bundle.pack(thief.hello()))
    assert problem(hello) == (401, "unknown_station")


def test_a_credential_is_renewed_before_it_is_over(center: Center, gate: Gate) -> None:
    center.clocks.forward(61 * 86_400)
    gate.wall_ms = center.clocks.ms

    answer = hello_answer(gate.post(center.client, "/v1/hello", bundle.pack(gate.hello())))
    assert answer.credential not in (b"", gate.credential)


def test_lists_are_given_signed_and_end(center: Center, gate: Gate) -> None:
    center.store.lists.put("quick", [red()])
    target = f"/v1/pull?channel=quick&epoch={center.store.epoch.hex()}&since=0&wait=0&limit=10"

    page = signed_page(gate.get(center.client, target), center.keys.public_key)
    assert [item.key for item in page.items] == ["person:somebody:colour"]
    assert not page.more
    after = target.replace("since=0", f"since={page.until}")
    assert not signed_page(gate.get(center.client, after), center.keys.public_key).items


def test_a_cursor_of_another_epoch_begins_anew(center: Center, gate: Gate) -> None:
    center.store.lists.put("quick", [red()])

    page = signed_page(
        gate.get(center.client, f"/v1/pull?channel=quick&epoch={bytes(16).hex()}&since=1"),
        center.keys.public_key,
    )
    assert page.refetch
    assert not page.items


def test_a_colour_that_turns_red_wakes_a_long_poll(center: Center, gate: Gate) -> None:
    until = center.store.lists.newest("quick")
    put = Timer(0.2, center.store.lists.put, ("quick", [red()]))
    put.start()
    began = time.monotonic()
    page = signed_page(
        gate.get(center.client, f"/v1/pull?channel=quick&since={until}&wait=25"), center.keys.public_key
    )
    put.join()

    assert [item.list for item in page.items] == ["fact"]
    assert time.monotonic() - began < 20  # it would have been asleep for 25 s


def test_a_gate_that_is_revoked_while_it_waits_gets_no_list(center: Center, gate: Gate) -> None:
    def revoke_and_put() -> None:
        center.store.stations.revoke(gate.station, center.clocks.ms)
        center.store.lists.put("quick", [red()])

    revoking = Timer(0.2, revoke_and_put)
    revoking.start()
    answer = gate.get(center.client, "/v1/pull?channel=quick&since=0&wait=25")
    revoking.join()

    assert problem(answer) == (403, "revoked")


def test_a_body_that_is_too_large_is_refused_before_it_is_read(center: Center, gate: Gate) -> None:
    sent = 0

    def endless() -> Iterator[bytes]:
        nonlocal sent
        while sent < 100 * 1024 * 1024:
            sent += 64 * 1024
            yield bytes(64 * 1024)

    answer = center.client.post("/v1/push", content=endless())
    assert problem(answer) == (413, "too_large")
    stated = center.client.post("/v1/push", content=b"", headers={"Content-Length": "99999999"})
    assert problem(stated) == (413, "too_large")


def test_1_mb_that_would_unpack_to_a_gigabyte_is_refused_at_once(center: Center, gate: Gate) -> None:
    bomb = a_gib_of_zeros()

    began = time.process_time()
    answer = gate.post(center.client, "/v1/push", bomb)
    assert problem(answer) == (413, "too_large")
    assert time.process_time() - began < 0.5


def test_a_gate_that_runs_wild_is_told_to_wait(tmp_path: Path) -> None:
    with open_center(tmp_path, requests_per_s=1) as center:
        gate = center.know(Gate())
        answers = [gate.get(center.client, "/v1/pull?channel=quick") for _ in range(6)]

        assert [answer.status_code for answer in answers] == [200] * 5 + [429]
        assert answers[-1].headers["Retry-After"] == "1"
        center.clocks.forward(1)
        assert gate.get(center.client, "/v1/pull?channel=quick").status_code == 200


def test_more_batches_than_may_be_are_sent_back_for_a_moment(tmp_path: Path) -> None:
    with open_center(tmp_path, most_pushes=1) as center:
        gate = center.know(Gate())
        gate.record_entries(1)
        with center.office.pushes.place():
            answer = gate.post(center.client, "/v1/push", bundle.pack(gate.batch()))

        assert problem(answer) == (503, "busy")
        assert answer.headers["Retry-After"]
        assert push(center, gate).durable == 1


def test_a_database_that_is_gone_is_no_fault_of_the_gate(center: Center, gate: Gate) -> None:
    center.office.store = NoStore()  # type: ignore[assignment]

    answer = gate.post(center.client, "/v1/push", bundle.pack(gate.batch()))
    assert problem(answer) == (503, "try_again")
    assert answer.headers["Retry-After"]
    assert problem(center.client.get("/healthz")) == (503, "try_again")


def test_a_stumble_leaves_a_line_in_the_log_without_what_was_sent(
    center: Center, gate: Gate, caplog: pytest.LogCaptureFixture
) -> None:
    center.office.provider = NoStore()  # type: ignore[assignment]

    answer = gate.post(center.client, "/v1/ask", b'{"token": "somebody\'s code"}')
    center.office.provider = None
    assert problem(answer) == (500, "fault")
    assert "POST /v1/ask: AttributeError" in caplog.text
    assert "somebody" not in caplog.text


def test_a_day_is_reconciled_and_what_is_missing_is_named(center: Center, gate: Gate) -> None:
    push(center, gate)
    gate.record_entries(2)  # not sent
    hashes = gate.hashes
    run = DayRun(7, 1, 7, 7, hashes[1], hashes[7])
    ours = Reconciliation(1, gate.station, "2022-04-15", gate.wall_ms, (run,))
    payload = bundle.pack(ours)
    body = bundle.pack(Signed(payload, gate.sign(Purpose.RECONCILIATION, payload)))

    answer = gate.post(center.client, "/v1/reconcile", body)
    signed = bundle.unpack(answer.content, Signed)
    assert bundle.is_signed(center.keys.public_key, Purpose.RECONCILIATION, signed.payload, signed.signature)
    theirs = bundle.unpack(signed.payload, Reconciliation)
    (difference,) = bundle.differences(ours, theirs)
    assert (difference.what, difference.first, difference.last) == ("missing", 6, 7)
    (kept,) = center.store.reconciliations.kept(gate.station)
    assert not kept.same


def test_a_reconciliation_of_somebody_else_is_not_taken(center: Center, gate: Gate) -> None:
    payload = bundle.pack(Reconciliation(1, bytes(16), "2022-04-15", 0, ()))
    body = bundle.pack(Signed(payload, gate.sign(Purpose.RECONCILIATION, payload)))

    assert problem(gate.post(center.client, "/v1/reconcile", body)) == (401, "bad_signature")


def test_paths_and_methods_that_are_none(center: Center) -> None:
    assert problem(center.client.get("/v1/nothing")) == (404, "not_found")
    assert problem(center.client.get("/v1/push")) == (405, "wrong_method")
    assert "<h1>" in center.client.get("/nothing").text  # a page, for people
