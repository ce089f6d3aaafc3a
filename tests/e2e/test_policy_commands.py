"""`station policy …` and `station explain`: what a gate decided by, and why an entry came out as it did."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from station.core.model import Direction, Site
from station.core.policy import Policy, PolicyError, kept_policy, parse_policy
from station.explaining import explained
from station.journal.entries import Journal
from station.journal.people import ColourFact, People, Person
from station.journal.policies import Policies, PolicyEventKind
from station.policy_desk import PRESETS, open_in_force, policy_text
from tests.core.crowd import NOW
from tests.core.morning import colour, passage
from tests.e2e.command_line import CommandLine

SHIPPED = {name: parse_policy(policy_text(name)) for name in PRESETS}
OPEN, CONTROLLED = SHIPPED["open"], SHIPPED["controlled"]


@pytest.fixture
def morning(folder: Path) -> Path:
    """Three people came in and one went out, at an open gate."""
    with Journal.open(folder, now=lambda: NOW) as journal:
        for entry in (
            passage(1, "zhang", 0, colour("green"), policy=OPEN),
            passage(2, "li", 1, colour("yellow"), policy=OPEN),
            passage(3, "wang", 2, policy=OPEN),
            passage(4, "zhang", 60, colour("green"), way=Direction.OUT, policy=OPEN),
        ):
            journal.append(entry)
    return folder


def in_force(command: CommandLine, folder: Path) -> str:
    (line,) = command.printed("policy", "show", "--data", folder)
    return str(line["policy"])


def test_a_new_station_has_the_shipped_policies_and_the_one_of_its_settings(
    command: CommandLine, folder: Path
) -> None:
    lines = command.printed("policy", "list", "--data", folder)
    assert [line["name"] for line in lines] == list(PRESETS)
    assert [line["name"] for line in lines if line["in_force"]] == ["open"]


def test_an_activated_policy_is_in_force_and_the_history_says_who_and_what(
    command: CommandLine, folder: Path
) -> None:
    done = command.run(
        "policy", "activate", "controlled", "--by", "07", "--reason", "街道通知", "--data", folder
    )
    assert done.returncode == 0, done.stderr
    command.printed("policy", "activate", "sealed", "--by", "12", "--data", folder)
    assert in_force(command, folder) == SHIPPED["sealed"].label
    first, second = command.printed("policy", "history", "--data", folder)
    assert (first["by"], first["reason"], first["what"]) == ("07", "街道通知", "activated")
    assert any("夜间" in line and "23:00 → 20:00" in line for line in second["changes"])


def test_one_can_go_back_to_a_policy_of_the_history_by_its_digest(command: CommandLine, folder: Path) -> None:
    own = folder.parent / "ours.toml"
    own.write_text(policy_text("open").replace('name = "open"', 'name = "ours"'), "utf-8")
    (line,) = command.printed("policy", "activate", own, "--by", "07", "--data", folder)
    own.unlink()
    command.printed("policy", "activate", "sealed", "--by", "07", "--data", folder)
    command.printed("policy", "activate", line["digest"], "--by", "07", "--data", folder)
    assert in_force(command, folder).startswith("ours/")


def test_a_file_that_was_saved_as_gbk_is_refused_with_what_to_do(command: CommandLine, folder: Path) -> None:
    wrong = folder.parent / "gbk.toml"
    wrong.write_text("# 管控区\n" + policy_text("open"), "gb18030")
    done = command.run("policy", "activate", wrong, "--by", "07", "--data", folder)
    assert done.returncode != 0
    assert "另存为，编码选 UTF-8" in done.stderr
    assert in_force(command, folder) == OPEN.label


def test_a_file_that_is_no_policy_is_refused_with_its_field(command: CommandLine, folder: Path) -> None:
    wrong = folder.parent / "wrong.toml"
    wrong.write_text(policy_text("open").replace("body = 37.3", 'body = "warm"'), "utf-8")
    (line,) = command.printed("policy", "check", wrong, "--data", folder, code=1)
    assert (line["ok"], line["problem"]) == (False, "wrong_kind")
    assert line["field"].startswith("temperature.limit_c")
    done = command.run("policy", "activate", wrong, "--by", "07", "--data", folder)
    assert done.returncode == 1
    assert "偏高的线" in done.stderr
    assert in_force(command, folder) == OPEN.label


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("check", "controlled"), 0),
        (("activate", "sealed"), 2),  # nobody answers for it
        (("activate", "strict", "--by", "07"), 2),
        (("check", "nowhere.toml"), 3),
        (("history",), 1),
        (("drill", "off", "--by", "07"), 1),
        (("verify-drill",), 1),
    ],
)
def test_exit_codes(command: CommandLine, folder: Path, arguments: tuple[str, ...], code: int) -> None:
    assert command.run("policy", *arguments, "--data", folder).returncode == code


def test_a_stricter_draft_is_tried_on_the_newest_day_before_anybody_activates_it(
    command: CommandLine, morning: Path
) -> None:
    (line,) = command.printed("policy", "what-if", "controlled", "--data", morning, code=1)
    assert line["judged"] == 4
    assert {"before": "recheck", "now": "stop", "entries": 1} in line["counts"]
    assert {one["id"][-1] for one in line["differing"]} >= {"2", "3"}
    command.printed("policy", "what-if", "open", "--data", morning)
    assert in_force(command, morning) == OPEN.label


def test_a_draft_tried_before_anybody_has_passed_is_not_said_to_change_nothing(
    command: CommandLine, folder: Path
) -> None:
    """A new gate said: None：0 条，不一样的 0 条."""
    Journal.open(folder, now=lambda: NOW).close()

    tried = command.run("policy", "what-if", "sealed", "--data", folder)
    assert tried.returncode == 0
    assert tried.stdout == "没有能重新算的记录，看不出会有什么不一样\n"


def test_an_entry_is_explained_and_comes_out_the_same(command: CommandLine, morning: Path) -> None:
    (line,) = command.printed("explain", "2", "--data", morning)
    assert line["same"] is True
    (fact,) = [fact for fact in line["facts"] if fact["kind"] == "colour"]
    assert (fact["value"], fact["age_s"]) == ("yellow", 60)
    assert line["again"]["decision"] == "recheck"
    said = command.run("explain", "2", "--data", morning).stdout
    assert "健康码颜色: 黄" in said
    assert "1 分钟前" in said
    assert "一样" in said


def test_an_entry_of_a_policy_that_is_not_here_says_so(command: CommandLine, folder: Path) -> None:
    foreign = parse_policy(policy_text("open") + "# of another town\n")
    with Journal.open(folder, now=lambda: NOW) as journal:
        journal.append(passage(1, "zhang", 0, policy=foreign))
    (line,) = command.printed("explain", "1", "--data", folder, code=1)
    assert line["unexplained"] == "other_policy"
    assert command.run("explain", "9", "--data", folder).returncode == 1


def test_a_changed_text_is_not_used_and_that_is_said(command: CommandLine, folder: Path) -> None:
    command.printed("policy", "activate", "controlled", "--by", "07", "--data", folder)
    command.printed("policy", "activate", "sealed", "--by", "07", "--data", folder)
    with closing(sqlite3.connect(folder / "journal.db", isolation_level=None)) as connection:
        (trigger,) = connection.execute(
            "SELECT sql FROM sqlite_schema WHERE name = 'policy_text_is_never_changed'"
        ).fetchone()
        connection.execute("DROP TRIGGER policy_text_is_never_changed")
        connection.execute("UPDATE policy_text SET text = text || '#' WHERE text LIKE '%name = \"sealed\"%'")
        connection.execute(trigger)
    (line,) = command.printed("policy", "show", "--data", folder, code=1)
    assert (line["policy"], line["refused"]) == (CONTROLLED.label, 1)


def drilled(folder: Path, policy: Policy, now: datetime) -> None:
    """The code system was down: a neighbour and one without a known colour came in."""
    with Journal.open(folder, now=lambda: now) as journal:
        policies, people = Policies(journal), People(journal)
        green = ColourFact("green", now + timedelta(minutes=5), "center")
        people.add([Person("zhang", "张小强", "3-2-501", "resident", (), green)], as_of=now)
        policies.record(PolicyEventKind.ACTIVATED, policy_text("controlled"), now=now, by="07")
        policies.record(PolicyEventKind.CODES_DOWN, policy_text("controlled"), now=now, by="07")
        minutes = (now - NOW) / timedelta(minutes=1)
        journal.append(passage(1, "zhang", minutes + 1, policy=policy.without_codes()))
        journal.append(passage(2, "wang", minutes + 2, policy=policy.without_codes()))


def test_after_a_drill_only_those_about_whom_nothing_is_known_remain(
    command: CommandLine, folder: Path
) -> None:
    drilled(folder, CONTROLLED, datetime.now(UTC) - timedelta(minutes=30))
    assert in_force(command, folder).endswith("+no-codes")
    assert command.run("policy", "drill", "off", "--by", "07", "--data", folder).returncode == 0
    assert in_force(command, folder) == CONTROLLED.label
    (line,) = command.printed("policy", "verify-drill", "--data", folder, code=1)
    assert line["entries"] == 2
    assert [one["id"][-1] for one in line["exceptions"]] == ["2"]
    assert "colour_missing" in line["exceptions"][0]["reasons"]


def test_while_the_gate_runs_it_keeps_its_policy(command: CommandLine, folder: Path) -> None:
    with Journal.open(folder, now=lambda: NOW):
        done = command.run("policy", "activate", "sealed", "--by", "07", "--data", folder)
    assert done.returncode == 3
    assert "规则" in done.stderr


def test_the_texts_are_english_where_the_terminal_is(
    command: CommandLine, morning: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LC_ALL", "en_US.UTF-8")
    assert "通行" not in command.run("explain", "1", "--data", morning).stdout


@pytest.fixture
def with_a_night_without_end(folder: Path) -> Path:
    """A gate that another version of the program brought these rules into force at."""
    text = policy_text("open").replace('begins = ""', 'begins = "23:00"')
    with Journal.open(folder, now=lambda: NOW) as journal:
        Policies(journal).record(PolicyEventKind.ACTIVATED, text, now=NOW, by="07", reason="")
    return folder


def test_an_update_shuts_no_gate_whose_rules_would_be_refused_today(
    command: CommandLine, with_a_night_without_end: Path
) -> None:
    folder = with_a_night_without_end
    with Journal.open(folder, now=lambda: NOW) as journal:
        found = open_in_force(journal, "open", NOW)
    assert found.policy.curfew.begins == "23:00"
    assert found.wrong
    assert found.wrong.field == "curfew.ends"
    assert "夜间 · 几点结束" in command.run("policy", "show", "--data", folder).stdout
    assert "curfew.ends" in command.run("doctor", "--data", folder).stdout

    assert command.run("policy", "activate", "open", "--by", "07", "--data", folder).returncode == 0
    (line,) = command.printed("policy", "show", "--data", folder)
    assert "wrong" not in line


def test_a_rule_file_that_no_gate_went_by_has_to_be_right(folder: Path, tmp_path: Path) -> None:
    wrong, right = (policy_text("open").replace("body = 37.3", f"body = {limit}") for limit in (47.3, 37.4))
    file = tmp_path / "ours.toml"
    with Journal.open(folder, now=lambda: NOW) as journal:
        for text in (wrong, right, wrong):
            file.write_text(text, "utf-8")
            if text == right:
                assert open_in_force(journal, str(file), NOW).policy.limit_c(Site.BODY) == 37.4
                continue
            with pytest.raises(PolicyError, match=r"temperature\.limit_c\.body"):
                open_in_force(journal, str(file), NOW)


def test_what_was_decided_by_rules_that_would_be_refused_today_is_explained(folder: Path) -> None:
    text = policy_text("open").replace("forehead = ", "forhead = 36.0\nforehead = ", 1)
    policy = kept_policy(text)
    with Journal.open(folder, now=lambda: NOW) as journal:
        Policies(journal).record(PolicyEventKind.USED, text, now=NOW)
        stored = journal.append(passage(1, "zhang", 0, colour("green"), policy=policy))
        told = explained(stored, Policies(journal).history())
    assert told.why_not is None
    assert told.again
