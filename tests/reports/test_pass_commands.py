"""`station pass …` as an admin types it, from the roster to the printed page and back by `station scan`."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

import pytest

from station.cli import main
from station.journal.entries import Journal
from tests.reports.paper import COMMUNITY, MORNING, printed, words

ROSTER = "姓名,房号,类别,健康码\n张小强,3-2-501,居民,\n王秀英,3-2-101,租户,\n李红,3-21-101,居民,\n"


@dataclass
class Terminal:
    """Runs commands on one data folder; `said` is what the last one printed."""

    data: Path
    capture: pytest.CaptureFixture[str]
    said: str = ""
    complained: str = ""

    def run(self, *words: str) -> int:
        code = main([*words, "--data", str(self.data)])
        self.said, self.complained = self.capture.readouterr()
        return code

    def json(self, *words: str) -> list[dict[str, str]]:
        self.run(*words, "--json")
        return [json.loads(line) for line in self.said.splitlines()]


@pytest.fixture
def admin(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Terminal:
    """With a roster of three, and the community's name in the settings."""
    terminal = Terminal(tmp_path / "station", capsys)
    terminal.data.mkdir()
    (terminal.data / "settings.toml").write_text(f'gate = "{COMMUNITY}"\n', "utf-8")
    (tmp_path / "roster.csv").write_text(ROSTER, "utf-8")
    assert terminal.run("people", "import", str(tmp_path / "roster.csv")) == 0
    return terminal


def test_one_person_gets_a_pass_that_the_gate_verifies(admin: Terminal, tmp_path: Path) -> None:
    (issued,) = admin.json("pass", "issue", "李小宝", "3-2-501", "--birth", "2016", "--guardian", "李红")
    assert (issued["status"], issued["issuer"], issued["name"]) == ("valid", COMMUNITY, "李*宝")

    assert admin.run("pass", "print", "--to", str(tmp_path / "pass.pdf"), "--paper", "card") == 0
    printed(tmp_path / "pass.pdf")
    (code,) = admin.json("scan", str(tmp_path / "pass-1.png"))
    assert (code["kind"], code["trust"], code["status"]) == ("gate_pass", "verified", "valid")
    assert admin.run("verify", code["text"]) == 0


def test_a_house_list_is_issued_without_the_neighbours_and_not_twice(admin: Terminal) -> None:
    issued = admin.json("pass", "issue", "--house", "3-2")
    assert [(one["dwelling"], one["kind"]) for one in issued] == [
        ("3-2-101", "tenant"),
        ("3-2-501", "resident"),
    ]

    assert admin.run("pass", "issue", "--house", "3-2") == 1
    assert "2 人已有有效的出入证" in admin.complained
    assert len(admin.json("pass", "list")) == 2


def test_a_pass_lasts_half_a_year_or_to_the_last_day_that_is_given(admin: Terminal) -> None:
    (usual,) = admin.json("pass", "issue", "张小强", "3-2-501")
    (given,) = admin.json("pass", "issue", "王强", "访客", "--kind", "visitor", "--until", "2999-05-01")
    lasting = datetime.fromisoformat(usual["valid_until"]) - datetime.fromisoformat(usual["issued_at"])

    assert 179 <= lasting.days <= 181
    end = datetime.fromisoformat(given["valid_until"]).astimezone()
    assert (end.date(), end.hour, end.minute, end.second) == (date(2999, 5, 1), 23, 59, 59)


def test_a_lost_pass_is_replaced_and_the_old_one_is_stopped(admin: Terminal) -> None:
    (lost,) = admin.json("pass", "issue", "张小强", "3-2-501")
    (new,) = admin.json("pass", "reissue", lost["id"][:6].upper())

    assert new["id"] != lost["id"]
    assert new["dwelling"] == "3-2-501"
    assert [one["id"] for one in admin.json("pass", "list")] == [new["id"]]
    status = {one["id"]: one["status"] for one in admin.json("pass", "list", "--all")}
    assert status == {lost["id"]: "revoked", new["id"]: "valid"}


def test_a_pass_that_was_taken_back_is_not_replaced(admin: Terminal) -> None:
    """Else whoever moved out, or said twice that it was lost, would hold a valid one again."""
    (lost,) = admin.json("pass", "issue", "张小强", "3-2-501")
    (new,) = admin.json("pass", "reissue", lost["id"])
    assert admin.run("pass", "reissue", lost["id"]) == 1
    assert "已经作废" in admin.complained
    assert [one["id"] for one in admin.json("pass", "list")] == [new["id"]]
    assert admin.run("pass", "revoke", new["id"]) == 0
    assert admin.run("pass", "reissue", new["id"]) == 1
    assert admin.json("pass", "list") == []


def test_a_pass_taken_back_is_not_printed_any_more(admin: Terminal, tmp_path: Path) -> None:
    (one,) = admin.json("pass", "issue", "张小强", "3-2-501")
    assert admin.json("pass", "revoke", one["id"])[0]["status"] == "revoked"

    assert admin.run("pass", "print", "--to", str(tmp_path / "passes.pdf")) == 1
    assert admin.run("pass", "print", one["id"], "--to", str(tmp_path / "passes.pdf")) == 1
    assert not (tmp_path / "passes.pdf").exists()


def test_only_the_numbers_that_were_named_are_printed(admin: Terminal, tmp_path: Path) -> None:
    _, zhang = admin.json("pass", "issue", "--house", "3-2")
    assert admin.run("pass", "print", zhang["id"], "--to", str(tmp_path / "passes.pdf")) == 0
    assert "张小强" in words(tmp_path / "passes.pdf")
    assert "王秀英" not in words(tmp_path / "passes.pdf")


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("issue",), 2),
        (("issue", "张小强"), 2),
        (("issue", "张小强", "3-2-501", "--house", "3-2"), 2),
        (("issue", "张小强", "3-2-501", "--until", "2001-01-01"), 1),
        (("issue", "张小强", "3-2-501", "--id-tail", "330106199001011234"), 1),
        (("issue", "--house", "99"), 1),
        (("revoke", "0123456789abcdef"), 1),
        (("revoke", ""), 1),
        (("reissue", "zz"), 1),
        (("list",), 1),
    ],
)
def test_what_cannot_be_done_is_said_and_changes_nothing(
    admin: Terminal, words: tuple[str, ...], code: int
) -> None:
    assert admin.run("pass", *words) == code
    assert admin.complained or words == ("list",)
    assert "330106199001011234" not in admin.complained
    assert admin.json("pass", "list", "--all") == []


def test_while_the_gate_is_at_work_passes_are_listed_and_printed_but_not_changed(
    admin: Terminal, tmp_path: Path
) -> None:
    (one,) = admin.json("pass", "issue", "张小强", "3-2-501")
    with Journal.open(admin.data, now=lambda: MORNING):
        assert admin.run("pass", "revoke", one["id"]) == 3
        assert "大门程序正在运行" in admin.complained
        assert admin.run("pass", "print", "--to", str(tmp_path / "passes.pdf")) == 0
        assert [listed["status"] for listed in admin.json("pass", "list")] == ["valid"]


def test_a_folder_that_cannot_be_written_is_said(admin: Terminal, tmp_path: Path) -> None:
    admin.run("pass", "issue", "张小强", "3-2-501")
    assert admin.run("pass", "print", "--to", str(tmp_path / "no stick" / "passes.pdf")) == 3
    assert "文件写不了" in admin.complained


def test_the_terminal_shows_names_masked_and_no_code(admin: Terminal) -> None:
    shown = ""
    for command in (("issue", "张小强", "3-2-501"), ("list",), ("list", "--json")):
        admin.run("pass", *command)
        shown += admin.said + admin.complained
    assert "张*强" in shown
    assert "张小强" not in shown
    assert "GP1:" not in shown
