"""Retention, receipts, backups, salvage from the terminal: what is said, and the exit codes."""

from __future__ import annotations

import io
import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from station.cli import main
from station.core.audit import Audited, Event
from station.core.operators import Who
from station.journal import receipts
from station.journal.audit import read_audit
from station.journal.check import check
from station.journal.entries import Journal
from station.journal.erasing import erase, find_traces
from station.journal.people import People
from station.journal.reader import Reader
from tests.journal import kept
from tests.journal.samples import passage

NOW = datetime.now(UTC)  # commands ask the PC's clock
PHRASE = "correct horse battery"


def now() -> datetime:
    return NOW


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A gate with passages of forty days ago and of today."""
    monkeypatch.setenv("LC_ALL", "zh_CN.UTF-8")
    with Journal.open(tmp_path / "gate", now=now) as journal:
        him = kept.person(journal)
        People(journal).add([him], as_of=NOW)
        for at in (NOW - timedelta(days=40), NOW):
            kept.passes_by(journal, at, him.id, kept.CODE)
            journal.append(passage(at=at))
    return tmp_path / "gate"


def station(data: Path, *words: str) -> int:
    return main([*words, "--data", str(data)])


def said(capsys: pytest.CaptureFixture[str]) -> str:
    return capsys.readouterr().out


def test_retention_is_shown_before_it_is_done(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert station(data, "retention", "show", "--json") == 0
    shown = json.loads(said(capsys))
    assert {one["kind"]: one["count"] for one in shown["due"]} == {"entries": 1, "movements": 1}
    assert shown["keep_days"] == 30
    assert check(data).personal == 2

    assert station(data, "retention", "show") == 0
    assert "记录里出示的码: 1" in said(capsys)
    assert station(data, "retention", "run", "--json") == 0
    assert json.loads(said(capsys)) == {"erased": {"entries": 1, "movements": 1}}
    assert check(data).personal == 1
    assert check(data).ok


def test_how_long_it_is_kept_stands_in_the_settings(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (data / "settings.toml").write_text("keep_days = 60\n")

    assert station(data, "retention", "run", "--json") == 0
    assert json.loads(said(capsys)) == {"erased": {}}


def test_a_gate_at_work_does_it_itself(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with Journal.open(data, now=now):
        assert station(data, "retention", "run") == 3

    assert "大门正开着" in capsys.readouterr().err


def test_without_a_journal_nothing_is_begun(tmp_path: Path) -> None:
    for words in (("retention", "show"), ("retention", "run"), ("backup", "--to", str(tmp_path / "b"))):
        assert station(tmp_path / "nothing", *words) == 3
    assert not (tmp_path / "nothing").exists()


def test_what_was_erased_says_why(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    station(data, "retention", "run")
    _ask(data)
    capsys.readouterr()

    station(data, "explain", "1", "--json")
    assert json.loads(said(capsys))["erased"] == "retention"  # it was nobody's any more when they asked
    station(data, "explain", "3")
    assert "应本人要求删除了" in said(capsys)
    station(data, "explain", "2", "--json")
    assert "erased" not in json.loads(said(capsys))


def _ask(data: Path) -> tuple[receipts.Receipt, bytes]:
    with Journal.open(data, now=now) as journal:
        (him,) = People(journal).everybody()
        traces = find_traces(journal.connection, journal.vault, him.id)
        done = erase(journal, traces, Event(Audited.ERASED, Who("1001")), now=NOW, zone=UTC)
    return done.receipt, done.signature


def test_a_receipt_is_verified(data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    receipt = tmp_path / "receipt.txt"
    receipt.write_text("个人信息删除回执\n\n" + receipts.claim(*_ask(data)) + "\n", "utf-8")

    assert station(data, "retention", "verify", str(receipt)) == 0
    assert "是真的：第 1 号" in said(capsys)
    receipt.write_text(receipt.read_text("utf-8").replace('"roster":1', '"roster":2'), "utf-8")
    assert station(data, "retention", "verify", str(receipt), "--json") == 1
    assert json.loads(said(capsys))["ok"] is False


def type_in(monkeypatch: pytest.MonkeyPatch, *lines: str) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("".join(f"{line}\n" for line in lines)))


def test_a_backup_goes_to_another_pc(
    data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "b.kakou"
    with Journal.open(data, now=now):  # the gate is open meanwhile
        type_in(monkeypatch, PHRASE)
        assert station(data, "backup", "--to", str(file)) == 0
    assert "读回来核对过了" in said(capsys)

    type_in(monkeypatch, "wrong wrong wrong")
    assert station(tmp_path / "new", "restore", str(file)) == 3
    assert "口令不对" in capsys.readouterr().err
    type_in(monkeypatch, PHRASE)
    assert station(tmp_path / "new", "restore", str(file), "--json") == 0
    assert json.loads(said(capsys)) == {"ok": True, "entries": 4, "personal": 2}
    told = read_audit(tmp_path / "new", NOW - timedelta(1), NOW + timedelta(1))[-1]
    assert (told.what, dict(told.facts)["why"]) == ("restored", "restored")
    assert check(tmp_path / "new").incarnations == 2

    type_in(monkeypatch, PHRASE)
    assert station(tmp_path / "new", "backup", "--to", str(tmp_path / "again.kakou")) == 0
    assert "以前的都在里面" in said(capsys), "'up to entry 0' reads as a backup of nothing"

    type_in(monkeypatch, PHRASE)
    assert station(tmp_path / "newer", "restore", str(file)) == 0
    assert "删除的人，现在又在了，请再删一次" in said(capsys)

    type_in(monkeypatch, PHRASE)
    assert station(data, "restore", str(file)) == 3
    assert "已经有一本登记本了" in capsys.readouterr().err


def test_what_is_wrong_with_a_stick_is_not_said_of_the_journal(
    data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for words in (("backup", "--to", str(tmp_path / "gone" / "b")), ("backup", "--to", "/dev/full/b")):
        type_in(monkeypatch, PHRASE)
        assert station(data, *words) == 3
        assert "读写文件出错" in capsys.readouterr().err
    type_in(monkeypatch, PHRASE)
    assert station(tmp_path / "new", "restore", str(tmp_path / "no such file")) == 3
    assert "读写文件出错" in capsys.readouterr().err


def test_a_journal_whose_keys_may_not_be_read_is_checked_without_them(
    data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (data / "wrapped.key").mkdir()

    assert station(data, "journal", "check") == 0
    assert "钥匙文件有问题" in capsys.readouterr().err


def test_a_torn_backup_says_how_much_is_good(
    data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "b.kakou"
    type_in(monkeypatch, PHRASE)
    station(data, "backup", "--to", str(file))
    file.write_bytes(file.read_bytes()[:-50])

    type_in(monkeypatch, PHRASE)
    assert station(tmp_path / "new", "restore", str(file)) == 3
    assert "备份文件不完整" in capsys.readouterr().err
    assert not (tmp_path / "new").exists()


def test_a_short_passphrase_is_refused(data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    type_in(monkeypatch, "1234")

    assert station(data, "backup", "--to", str(tmp_path / "b.kakou")) == 2
    assert list(tmp_path.glob("b.kakou*")) == []


def test_damage_is_explained_with_what_can_be_saved_and_then_saved(
    data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with Journal.open(data, now=now) as journal:
        (record,) = journal.connection.execute("SELECT record FROM entry WHERE number = 2").fetchone()
    content = bytearray((data / "journal.db").read_bytes())
    content[content.index(record) + 30] ^= 1
    (data / "journal.db").write_bytes(content)

    assert station(data, "journal", "check") == 1
    assert "能救出来 3 条，救不了的是第 2 条" in said(capsys)
    assert station(data, "journal", "salvage", "--to", str(tmp_path / "saved")) == 1
    assert "救出来 3 条" in said(capsys)
    assert check(tmp_path / "saved").ok
    with Reader.open(tmp_path / "saved") as reader:
        assert len(reader.last(10)) == 3
    assert station(data, "journal", "salvage", "--to", str(tmp_path / "saved")) == 3
