"""Real pictures before the camera and the makers' bytes on the line, all without a window."""

from __future__ import annotations

import json
import shutil
from datetime import datetime
from pathlib import Path

import pytest

from station.core.entry import to_json
from station.journal.check import check
from station.journal.reader import Reader
from tests.e2e.network_camera import NetworkCamera
from tests.e2e.photographs import BATTERY, CERTIFICATE, EXPIRED, FLYER, MUSEUM, SQUARE, Photographs
from tests.e2e.program import Json, Program, json_lines, station
from tests.e2e.residents import Resident, move_in, sheet
from tests.e2e.vendor_line import ASCII_BRIDGE, LU90614, MAKERS, Maker, VendorLine

WHO_TRUST_LIST = "codes/common/trust/gdhcn_uat_did.json"
LINK = {"kind": "link", "trust": "recognised", "status": "not_a_health_code"}
FOREIGN = {"kind": "hcert", "trust": "recognised", "status": "unknown_issuer"}
EXPIRED_FOREIGN = {"kind": "hcert", "trust": "verified", "status": "expired"}


def gate(folder: Path, camera: str | Path, line: VendorLine) -> Program:
    return Program("run", "--headless", "--data", folder, "--camera", camera, "--thermometer", line.argument)


def measured(program: Program, line: VendorLine, *, fever: bool = False) -> Json:
    """Once the code is read, the person looks at the thermometer; then they go."""
    program.until("waiting: needs_temperature")
    line.sees_fever() if fever else line.sees_normal()
    entry = program.entry()
    line.sees_nobody()
    return entry


def reasons(entry: Json) -> set[str]:
    return {reason["code"] for reason in entry["reasons"]}


def assert_is(entry: Json, decision: str, code: Json, because: set[str], raw_c: float | None) -> None:
    assert entry["decision"] == decision
    assert entry["code"] == code
    assert because <= reasons(entry)
    assert entry.get("temperature", {}).get("raw_c") == raw_c
    assert ("person_id" in entry) is ("person_unknown" not in reasons(entry))


def assert_the_journal_agrees(folder: Path, printed: list[Json]) -> None:
    """What was printed is what is stored, in order and word for word, and the chain is whole."""
    assert [entry["number"] for entry in printed] == list(range(1, len(printed) + 1))
    with Reader.open(folder) as reader:
        assert [to_json(stored) for stored in reversed(reader.last(100))] == printed
    assert check(folder).ok


def assert_the_commands_agree(folder: Path, printed: list[Json]) -> None:
    days = sorted({datetime.fromisoformat(str(entry["at"])).astimezone().date() for entry in printed})
    listed = [station("entries", "--json", "--data", folder, "--day", str(day)).stdout for day in days]
    assert json_lines("".join(listed)) == printed  # two days, if midnight came in between
    checked = station("journal", "check", "--json", "--data", folder)
    assert checked.returncode == 0
    assert json.loads(checked.stdout) == {
        "ok": True,
        "entries": len(printed),
        "amendments": 0,
        "incarnations": 1,
        "resealed": 0,
        "audited": 3,  # the policy came into force; settings and a trust list found at the first start
        "damages": [],
    }


@pytest.fixture
def residents(folder: Path, tmp_path: Path, photographs: Photographs) -> None:
    """Three people whose codes are in the pictures, brought in from a spreadsheet."""
    people = sheet(
        Resident("张小强", "3-2-501", photographs.text(MUSEUM)),
        Resident("王秀英", "1-1-101", photographs.text(CERTIFICATE)),
        Resident("周凤", "3-3-401", photographs.text(SQUARE), "红"),
    )
    file = tmp_path / "residents.csv"
    file.write_bytes(people)
    assert station("people", "import", file, "--data", folder).returncode == 0


@pytest.mark.usefixtures("residents")
def test_five_people_with_photographs_and_certificates_get_their_verdicts(
    folder: Path, tmp_path: Path, test_data: Path, photographs: Photographs, line: VendorLine
) -> None:
    (folder / "trust").mkdir()
    shutil.copy(test_data / WHO_TRUST_LIST, folder / "trust")
    pictures = photographs.in_order((MUSEUM, CERTIFICATE, SQUARE, FLYER, EXPIRED), tmp_path / "pictures")

    with gate(folder, pictures, line) as program:
        known = measured(program, line)
        fever = measured(program, line, fever=True)
        red = program.entry()
        unknown = measured(program, line)
        expired = measured(program, line)
        assert program.stop() == 0

    assert_is(known, "pass", LINK, {"person_known", "colour_green", "temperature_normal"}, 36.54)
    assert_is(fever, "recheck", FOREIGN, {"person_known", "temperature_high"}, 38.65)
    assert_is(red, "stop", LINK, {"colour_red"}, None)
    assert_is(unknown, "recheck", LINK, {"person_unknown", "code_not_a_health_code"}, 36.54)
    assert_is(expired, "recheck", EXPIRED_FOREIGN, {"code_expired"}, 36.54)
    printed = [known, fever, red, unknown, expired]
    assert_the_journal_agrees(folder, printed)
    assert_the_commands_agree(folder, printed)


@pytest.mark.parametrize(
    "maker",
    [LU90614, pytest.param(ASCII_BRIDGE, marks=pytest.mark.slow)],  # it is read in test_commands
    ids=lambda maker: maker.family,
)
def test_every_other_family_lets_a_resident_pass_and_rechecks_a_fever(
    maker: Maker, folder: Path, photographs: Photographs, camera: NetworkCamera
) -> None:
    move_in(
        folder,
        Resident("张小强", "3-2-501", photographs.text(BATTERY)),
        Resident("王秀英", "1-1-101", photographs.text(CERTIFICATE)),
    )

    with VendorLine(maker) as line, gate(folder, camera.address, line) as program:
        camera.sees(photographs.picture(BATTERY))
        normal = measured(program, line)
        camera.sees(photographs.picture(CERTIFICATE))
        fever = measured(program, line, fever=True)
        assert program.stop() == 0

    assert normal["decision"] == "pass"
    assert normal["temperature"]["raw_c"] == maker.normal_c
    assert fever["decision"] == "recheck"
    assert fever["temperature"]["raw_c"] == maker.fever_c
    assert reasons(fever) - reasons(normal) >= {"temperature_high"}
    assert_the_journal_agrees(folder, [normal, fever])


def test_the_bytes_on_the_line_are_those_of_the_manuals(test_data: Path) -> None:
    vectors = json.loads((test_data / "serial_vectors.json").read_text("utf-8"))
    published = {bytes.fromhex(vector["hex"]) for vector in vectors}
    by_layout = {LU90614.empty, ASCII_BRIDGE.empty, ASCII_BRIDGE.fever}  # not printed in a manual

    sent = {frame for maker in MAKERS for frame in (maker.empty, maker.normal, maker.fever)} - by_layout

    assert {frame for frame in sent if frame not in published} == {ASCII_BRIDGE.normal}
    assert all(line + b"\n" in published for line in ASCII_BRIDGE.normal.split(b"\n")[:2])
    assert LU90614.query in published
