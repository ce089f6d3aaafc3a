"""The command line as scripts use it: exit codes, and JSON whose fields are absent when unknown, never null.

The commands run inside the test, but for a few that show that the exit code reaches the shell.
"""

from __future__ import annotations

import json
import shutil
import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from station.journal.entries import Journal
from station.journal.passes import read_passes
from tests.devices.qr_pictures import on_desk, save
from tests.e2e.command_line import CommandLine
from tests.e2e.photographs import BATTERY, EXPIRED, MUSEUM, Photographs
from tests.e2e.program import Program, station
from tests.e2e.vendor_line import MAKERS
from tests.journal.samples import passage

WHO_TRUST_LIST = "codes/common/trust/gdhcn_uat_did.json"
WHILE_VALID = "2022-06-01"
FAMILIES = {
    "gy-mcu90614": "GY-MCU90614/90615",
    "lu90614": "LU90614",
    "ascii-bridge": "Arduino MLX90614 ASCII bridge",
}
each_family = pytest.mark.parametrize("family", FAMILIES)


@pytest.fixture
def journal(folder: Path) -> Path:
    """The folder of a station with three entries of today."""
    now = datetime.now(UTC)
    with Journal.open(folder, now=lambda: now) as journal:
        for _ in range(3):
            journal.append(passage(at=now))
    return folder


# --- exit codes


@pytest.mark.parametrize(
    ("arguments", "code"),
    [(("--version",), 0), (("verify", "HC1:"), 1), (("open-sesame",), 2), (("scan", "missing.png"), 3)],
)
def test_the_exit_code_reaches_the_shell(arguments: tuple[str, ...], code: int) -> None:
    assert station(*arguments).returncode == code


@pytest.mark.parametrize(
    "arguments",
    [
        ("open-sesame",),
        ("journal",),
        ("scan",),
        ("entries", "--day", "yesterday"),
        ("verify", "HC1:", "--at", "noon"),
        ("decode", "abacus", "00"),
        ("decode", "lu90614", "not hex"),
        ("thermometer", "/dev/ttyUSB0", "--family", "abacus"),
    ],
    ids=" ".join,
)
def test_wrong_use_is_2_and_says_what_is_wrong(command: CommandLine, arguments: tuple[str, ...]) -> None:
    done = command.run(*arguments)

    assert done.returncode == 2
    assert done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    "arguments",
    [
        ("scan", "missing.png"),
        ("verify", "HC1:", "--trust", "missing.json"),
        ("people", "import", "missing.csv"),
        ("entries",),
        ("journal", "check"),
        ("emulate", "thermometer", "lu90614", "--script", "missing.txt"),
    ],
    ids=" ".join,
)
def test_a_missing_file_is_3_and_is_named(
    command: CommandLine, arguments: tuple[str, ...], folder: Path
) -> None:
    done = command.run(*arguments, "--data", folder)

    assert done.returncode == 3
    assert "missing" in done.stderr or str(folder) in done.stderr
    assert "Traceback" not in done.stderr


def test_a_negative_answer_is_1(command: CommandLine, journal: Path, tmp_path: Path) -> None:
    wrong_row = tmp_path / "residents.csv"
    wrong_row.write_text("姓名,房号,类别,健康码\n张小强,3-2-501,居民,A1\n李,,居民,A2\n", encoding="utf-8")

    imported = command.run("people", "import", wrong_row, "--data", journal)
    assert (imported.returncode, "3" in imported.stderr) == (1, True)
    assert "张小强" not in imported.stderr
    assert command.run("entries", "--day", "1999-12-31", "--data", journal).returncode == 1
    assert command.run("decode", "lu90614", "FE AC 24 32 00 00 00 00 01").returncode == 1


# --- what a station refuses to open


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("gate = ", "settings.toml"),
        ('colour = "red"', "colour"),
        ('theme = "pink"', "theme"),
        ('policy = "no such policy"', "no such policy"),
        ('thermometer = "/dev/ttyUSB0,abacus"', "abacus"),
    ],
)
def test_wrong_settings_are_named_and_nothing_is_half_used(
    command: CommandLine, folder: Path, text: str, named: str
) -> None:
    folder.mkdir()
    (folder / "settings.toml").write_text(text, encoding="utf-8")

    done = command.run("run", "--headless", "--data", folder)

    assert done.returncode == 3
    assert named in done.stderr
    assert "Traceback" not in done.stderr
    assert not done.stdout


def test_a_journal_of_a_newer_version_is_refused_and_left_as_it_is(
    command: CommandLine, folder: Path
) -> None:
    Journal.open(folder, now=lambda: datetime.now(UTC)).close()
    file = folder / "journal.db"
    with closing(sqlite3.connect(file)) as newer:
        newer.execute("PRAGMA user_version = 99")
    before = file.read_bytes()

    for words in (("run", "--headless"), ("entries",), ("people", "import", file)):
        done = command.run(*words, "--data", folder)
        assert done.returncode == 3, words
        assert "新版程序写的" in done.stderr
        assert "newer_schema: schema 99" in done.stderr
    assert "新版程序写的" in command.run("doctor", "--data", folder).stdout
    assert file.read_bytes() == before


# --- codes


def test_scan_prints_one_line_per_code(
    command: CommandLine, photographs: Photographs, test_data: Path, folder: Path
) -> None:
    sources = [photographs.folder / name for name in (BATTERY, EXPIRED)]
    trust = ("--trust", test_data / WHO_TRUST_LIST, "--at", WHILE_VALID)

    link, certificate = command.printed("scan", *sources, *trust, "--data", folder)

    assert {"source", "frame", "text", "kind", "trust", "status", "reader", "ms"} <= link.keys()
    assert [link["source"], link["text"], link["kind"]] == [BATTERY, photographs.text(BATTERY), "link"]
    assert link["status"] == "not_a_health_code"
    assert certificate["text"] == photographs.text(EXPIRED)
    assert [certificate[field] for field in ("kind", "trust", "status")] == ["hcert", "verified", "valid"]
    assert not {"reason", "region"} & certificate.keys()


def test_a_picture_without_a_code_is_1_and_a_torn_one_among_good_ones_is_3(
    command: CommandLine, photographs: Photographs, tmp_path: Path, folder: Path
) -> None:
    empty = save(tmp_path / "empty.png", on_desk())
    torn = tmp_path / "torn.png"
    torn.write_bytes(empty.read_bytes()[:50])

    assert command.printed("scan", empty, "--data", folder, code=1) == []
    assert len(command.printed("scan", photographs.folder / MUSEUM, torn, "--data", folder, code=3)) == 1


def test_verify_says_valid_while_it_was_and_expired_now(
    command: CommandLine, photographs: Photographs, test_data: Path, folder: Path
) -> None:
    verify = ("verify", photographs.text(EXPIRED), "--trust", test_data / WHO_TRUST_LIST, "--data", folder)

    (then,) = command.printed(*verify, "--at", WHILE_VALID)
    (now,) = command.printed(*verify, code=1)

    assert then["status"] == "valid"
    assert "reason" not in then
    assert now["status"] == "expired"
    assert now["reason"]


# --- thermometers


@each_family
def test_decode_reads_the_manuals_bytes(command: CommandLine, family: str, test_data: Path) -> None:
    frames = {
        vector["hex"]: vector["value_c"]
        for vector in json.loads((test_data / "serial_vectors.json").read_text("utf-8"))
        if vector["device"] == FAMILIES[family] and vector["value_c"] is not None
    }
    repeated = [text for text, value_c in frames.items() if bytes.fromhex(text).startswith(b"Ambient = 77")]
    for text in repeated:  # what the line before said in °C
        del frames[text]

    lines = command.printed("decode", family, *frames)

    assert [line["raw_c"] for line in lines] == list(frames.values())
    assert {line["family"] for line in lines} == {family}


@each_family
def test_an_emulated_thermometer_is_read_like_a_real_one(command: CommandLine, family: str) -> None:
    with Program("emulate", "thermometer", family) as emulator:
        readings = command.printed("thermometer", emulator.line(), "--family", family, "--seconds", "1.5")
        assert emulator.stop() == 0

    assert readings
    for reading in readings:
        assert {"at", "raw_c", "site", "family", "emulated"} <= reading.keys()
        assert 20 <= reading["raw_c"] <= 40


def test_readings_come_until_ctrl_c() -> None:
    with (
        Program("emulate", "thermometer", "gy-mcu90614") as emulator,
        Program("thermometer", emulator.line(), "--family", "gy-mcu90614") as listener,
    ):
        assert "°C" in listener.line()
        assert "°C" in listener.line()
        assert listener.interrupt() == 0
        assert emulator.interrupt() == 0


def test_decode_list_names_every_family(command: CommandLine) -> None:
    listed = command.run("decode", "--list").stdout.split()

    assert {maker.family for maker in MAKERS} <= set(listed)


# --- the journal


def test_entries_and_check_of_a_whole_journal(command: CommandLine, journal: Path) -> None:
    entries = command.printed("entries", "--data", journal)

    assert [entry["number"] for entry in entries] == [1, 2, 3]
    assert entries[0]["decision"] == "pass"
    assert {"id", "at", "lane", "direction", "reasons", "temperature", "policy", "hash"} <= entries[0].keys()
    assert not {"person_id", "amends", "operator", "code"} & entries[0].keys()
    assert command.printed("journal", "check", "--data", journal)[0]["ok"] is True


@pytest.mark.parametrize(
    ("forgery", "number"),
    [
        ("UPDATE entry SET severity = 2 WHERE number = 2", 2),
        ("UPDATE entry SET record = (SELECT record FROM entry WHERE number = 1) WHERE number = 3", 3),
        ("DELETE FROM entry WHERE number = 2", 3),
    ],
)
def test_a_tampered_copy_is_found_out(
    command: CommandLine, journal: Path, tmp_path: Path, forgery: str, number: int
) -> None:
    copy = tmp_path / "copy"
    shutil.copytree(journal, copy)
    with closing(sqlite3.connect(copy / "journal.db")) as forger:
        for (trigger,) in forger.execute("SELECT name FROM sqlite_schema WHERE type = 'trigger'").fetchall():
            forger.execute(f"DROP TRIGGER {trigger}")
        forger.execute(forgery)
        forger.commit()

    (report,) = command.printed("journal", "check", "--data", copy, code=1)

    assert report["ok"] is False
    assert number in [damage.get("number") for damage in report["damages"]]
    assert command.printed("journal", "check", "--data", journal)[0]["ok"] is True


# --- thermometers against a reference


def test_calibration_is_recorded_beside_what_was_shown(command: CommandLine, folder: Path) -> None:
    shown = ("--reference", "37.0", "--shown", "36.6", "--by", "7", "--data", folder)
    command.printed("calibrate", "add", "ttyUSB0", "lu90614", "--site", "object", *shown)
    (line,) = command.printed("calibrate", "list", "--data", folder)
    assert (line["shown_c"], line["reference_c"], line["offset_c"], line["by"]) == (36.6, 37.0, 0.4, "7")


def test_instrument_that_is_far_off_is_not_corrected(command: CommandLine, folder: Path) -> None:
    shown = ("--reference", "37.0", "--shown", "34.0", "--by", "7", "--data", folder)
    assert command.run("calibrate", "add", "ttyUSB0", "lu90614", "--site", "object", *shown).returncode == 2


# --- passes of another gate


def test_pass_of_one_gate_is_verified_at_another_and_refused_once_taken_back(
    command: CommandLine, folder: Path, tmp_path: Path
) -> None:
    other, stick = tmp_path / "other gate", tmp_path / "stick"
    command.printed("pass", "issue", "张小强", "3-2-501", "--data", folder)
    (issued,) = read_passes(folder)
    for status, code in (("valid", 0), ("revoked", 1)):
        assert command.run("pass", "share", "--to", stick, "--data", folder).returncode == 0
        for file in sorted(stick.iterdir()):
            assert command.run("trust", "import", file, "--data", other).returncode == 0
        (verified,) = command.printed("verify", issued.text, "--data", other, code=code)
        assert verified["status"] == status
        command.run("pass", "revoke", issued.gate_pass.id.hex(), "--data", folder)


def test_gate_without_passes_has_nothing_to_share(
    command: CommandLine, journal: Path, tmp_path: Path
) -> None:
    assert command.run("pass", "share", "--to", tmp_path, "--data", journal).returncode == 1
