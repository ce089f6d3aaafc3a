"""`station sync status` speaks to whoever answers for the gate: no word of the protocol is in it."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from station.commands.sync_words import status_lines
from station.journal.enrolment import Enrolment
from station.journal.upstream import Begun, ListAge, Status

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
