"""The corpus of `corpus.py` against `center serve` on both databases; sticks that are torn or come twice."""

from __future__ import annotations

import ssl
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count
from pathlib import Path

import httpx2
import pytest

from center.cli import main
from center.enrolment import sign_credential
from center.keys import CenterKeys, open_keys
from center.store import SqlStore
from station.sync import bundle
from tests.center.gate import Gate, hello_answer, record, signed_ack
from tests.center.store.server import Programs, Server
from tests.e2e.program import station
from tests.e2e.sync_stack.books import in_ledger, in_rows
from tests.e2e.sync_stack.corpus import OTHER, RECORDS, REQUESTS, SERIES, Make, Request, pushed
from tests.e2e.sync_stack.running_center import RunningCenter
from tests.journal.samples import open_journal, passage

_numbers = count(1)


@dataclass
class Desk:
    """An open center, and what a test of it needs."""

    center: RunningCenter
    store: SqlStore
    keys: CenterKeys
    client: httpx2.Client

    def gate(self, *records: bytes, number: int = 0) -> Gate:
        """A new one, enrolled, that has these records."""
        gate = Gate(number or next(_numbers), records=list(records))
        code = gate.number.to_bytes(10, "big")
        self.store.stations.add_enrol_code(
            code, name=f"门{gate.number}", gate="东门", branch="", expires_ms=gate.wall_ms + 1
        )
        row = self.store.stations.enrol(
            code, station=gate.station, public_key=gate.public_key, seal_key=bytes(32), now_ms=gate.wall_ms
        )
        gate.credential = sign_credential(self.keys, gate.station, gate.public_key, row.name, gate.wall_ms)
        return gate

    def said(self, gate: Gate, make: Make) -> str:
        """The answer in the words of the table."""
        request = make(gate)
        answer = self._send(gate, request)
        if answer.status_code != 200:
            return f"{answer.status_code} {answer.json()['problem']}"
        if request.target == "/v1/hello":
            return f"hello: {' '.join(hello_answer(answer).alarms)}"
        ack = signed_ack(answer, self.keys.public_key)
        waits = "".join(f", {number} waits" for number in ack.quarantined)
        return f"taken{waits}" if ack.durable == len(gate.records) else f"at {ack.durable}{waits}"

    def _send(self, gate: Gate, request: Request) -> httpx2.Response:
        headers = request.headers or gate.headers(request.method, request.target, request.body)
        return self.client.request(request.method, request.target, content=request.body, headers=headers)


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def desk(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, postgresql_programs: Programs
) -> Iterator[Desk]:
    folder, database = tmp_path_factory.mktemp("corpus"), None
    if request.param == "postgresql":
        database = Server(postgresql_programs, "corpus")
        database.initialise()
        database.start()
    with RunningCenter(folder / "center", database.url() if database else "") as center:
        keys, trusted = open_keys(center.data), ssl.create_default_context()
        trusted.check_hostname, trusted.verify_mode = False, ssl.CERT_NONE  # pinning is tests/sync's
        client = httpx2.Client(base_url=center.url, verify=trusted, timeout=60)
        with center.store() as store, client:
            yield Desk(center, store, keys, client)
            # whatever came: it answers, nothing it took is torn, and it stumbled over nothing
            assert client.get("/healthz").status_code == 200
            assert in_ledger(store).total() >= in_rows(store).total() > len(RECORDS)
        center.program.stop()
        center.program.kill()
        assert "Traceback" not in center.program.log
    if database:
        database.stop()


@pytest.mark.parametrize(("bad", "expected"), RECORDS.values(), ids=RECORDS)
def test_a_bad_record_holds_up_none_behind_it(desk: Desk, bad: bytes, expected: str) -> None:
    gate = desk.gate(bad, record(2))

    said = desk.said(gate, lambda gate: pushed(gate.batch()))
    quarantined = [one.record for one in desk.store.quarantined(gate.station)]

    assert said == expected.replace(", 1 is kept", "")
    assert quarantined == ([] if expected == "taken" else [bad])
    assert in_ledger(desk.store, gate.station).total() == 2


@pytest.mark.parametrize(("make", "expected"), REQUESTS.values(), ids=REQUESTS)
def test_a_bad_request_is_answered_in_words_and_harms_nothing(desk: Desk, make: Make, expected: str) -> None:
    if desk.store.stations.get(OTHER.to_bytes(16, "big")) is None:
        desk.gate(number=OTHER)
    gate = desk.gate(record(1), record(2))

    assert desk.said(gate, make) == expected
    assert desk.said(gate, lambda gate: pushed(gate.batch())) == "taken"
    assert in_ledger(desk.store, gate.station).total() == 2


@pytest.mark.parametrize("name", SERIES)
def test_what_comes_again_is_stored_once(desk: Desk, name: str) -> None:
    makes, expected = SERIES[name]
    gate = desk.gate(record(1), record(2))

    assert [desk.said(gate, make) for make in makes] == expected
    assert len(desk.store.forks(gate.station)) == (name == "another history")
    assert in_ledger(desk.store, gate.station).total() in (1, 2)


def test_a_stick_that_is_torn_or_comes_twice(
    tmp_path: Path, desk: Desk, capsys: pytest.CaptureFixture[str]
) -> None:
    folder, stick = tmp_path / "station", tmp_path / "gate.kkb"
    with open_journal(folder) as journal:
        for _ in range(3):
            journal.append(passage())
    center = desk.center
    enrolled = station("enrol", center.url, center.one_time_code("西门"), "--data", folder)
    exported = station("sync", "export", stick, "--data", folder)
    assert (enrolled.returncode, exported.returncode) == (0, 0), enrolled.stderr + exported.stderr
    torn = tmp_path / "torn.kkb"
    torn.write_bytes(stick.read_bytes()[: stick.stat().st_size // 2])

    place = ("--data", str(center.data), *(("--db", center.database) if center.database else ()))
    assert main(["stick", "import", str(torn), *place, "--lang", "zh"]) == 1
    assert "不完整" in capsys.readouterr().err
    for _ in range(2):
        (taken,) = center.command("stick", "import", stick)
        assert (taken["name"], taken["durable"], taken["damaged"]) == ("西门", 3, [])
    assert in_ledger(desk.store, bytes.fromhex(taken["station"])).total() == 3
    assert not bundle_is_left_open(desk.store, bytes.fromhex(taken["station"]))


def bundle_is_left_open(store: SqlStore, gate: bytes) -> bool:
    """Whether something of a stick still waits for another one."""
    with store.database.read() as connection:
        return bool(connection.rows("SELECT 1 FROM waiting WHERE station = ?", gate))


assert bundle.MOST_BODY_BYTES == 4 * 2**20  # the table speaks of it
