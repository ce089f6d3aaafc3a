"""`station sync status` speaks to whoever answers for the gate: no word of the protocol is in it."""

from __future__ import annotations

import re
import socket
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from station.cli import main
from station.commands.result import Exit
from station.commands.sync_words import status_lines
from station.journal.enrolment import Enrolment
from station.journal.upstream import Begun, ListAge, Status
from station.sync.onetime import OneTimeCode, write_code, write_link

NOW = datetime(2022, 4, 15, 9, 30, tzinfo=UTC)
HERE = Enrolment("https://center:8443", "", bytes(32), bytes(32), bytes(32), name="东门")


@pytest.fixture(autouse=True)
def in_chinese(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LANGUAGE", "zh")


def lines(**changes: object) -> list[str]:
    said: dict[str, Any] = {
        "pending": 0,
        "oldest_pending": None,
        "contact": NOW,
        "lists": {},
        "incarnations": (),
    }
    return list(status_lines(Status(**{**said, "disagreed": (), **changes}), HERE, None, NOW))


def test_each_list_is_named_by_what_is_in_it() -> None:
    three_hours_ago = NOW - timedelta(hours=3)
    said = lines(
        lists={
            "people": ListAge(three_hours_ago, three_hours_ago, complete=True, skipped=0),
            "quick": ListAge(None, None, complete=False, skipped=0),
        }
    )

    assert said[-2:] == ["居民名单：3 小时前", "健康码颜色、隔离、规则、通知：还没收全"]


def test_what_a_newer_center_sent_and_this_gate_does_not_use_is_said() -> None:
    said = lines(lists={"quick": ListAge(NOW, NOW, complete=True, skipped=2)})

    assert "2 项这个版本看不懂" in said[-1]
    assert "请更新大门的程序" in said[-1]


@pytest.mark.parametrize(("why", "words"), [("fork", "另一份不同的记录"), ("moved", "换了电脑或恢复了备份")])
def test_why_the_records_were_numbered_anew_is_said_in_words(why: str, words: str) -> None:
    (line,) = [line for line in lines(incarnations=(Begun(7, why, NOW),)) if "2022-04-15" in line]

    assert words in line
    assert not re.search("[a-zA-Z]", line)


def test_who_gives_the_new_address_of_a_center_alone_is_asked_for_a_code_and_not_told_of_a_slip(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """As after a center has moved: nobody has typed a code, so nobody has mistyped one."""
    assert main(["enrol", "https://10.0.0.8:8443", "--data", str(tmp_path)]) == Exit.WRONG_USE

    said = capsys.readouterr().err
    assert "请写中心的地址和一次性码" in said
    assert "抄错" not in said


def test_a_link_holds_both(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What the QR code of the center says; here nobody answers at its address."""
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        link = write_link(
            f"https://127.0.0.1:{held.getsockname()[1]}", write_code(OneTimeCode(bytes(10), bytes(10)))
        )
        assert main(["enrol", link, "--data", str(tmp_path)]) == Exit.NEGATIVE

    assert "请写中心的地址和一次性码" not in capsys.readouterr().err
