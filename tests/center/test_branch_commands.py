"""Branches as people type them on the center's command line: what is set reaches the gates it is for."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from center.keys import load_keys
from center.scope import EVERYWHERE
from center.store import SqlStore, open_store
from station.codes.trustlists import gate_revocations_text
from station.sync.items import PolicyItem, TrustItem, decode_item
from tests.center.test_commands import PEOPLE, Terminal

TYPED = ("江北区/和平街道/", "/江北区/和平街道", "江北区 / 和平街道", "江北区／和平街道")
BRANCH = "江北区/和平街道"
ISOLATED = ("set", "isolation", "isolation", "--dwelling", "3-2-501", "--by", "甲", "--second", "乙")


@pytest.fixture
def center(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Terminal:
    monkeypatch.delenv("KAKOU_CENTER_DB", raising=False)
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    return Terminal(tmp_path / "center", capsys).begin()


def stored(center: Terminal) -> SqlStore:
    return open_store(center.data / "center.db", items_key=load_keys(center.data).items_key)


def told(center: Terminal, list_name: str, branch: str) -> list[str]:
    """The keys of what gates of a branch have of a list."""
    store = stored(center)
    page = store.lists.page("quick", store.epoch, 0, 500, branch)
    store.close()
    return [item.key for item in page.items if item.list == list_name and item.body is not None]


@pytest.mark.parametrize("typed", TYPED)
def test_isolation_reaches_the_gates_of_a_branch_however_it_is_typed(center: Terminal, typed: str) -> None:
    center(*ISOLATED, "--branch", typed)

    assert len(told(center, "fact", BRANCH)) == 1


@pytest.mark.parametrize("typed", TYPED)
def test_people_of_a_branch_that_is_typed_otherwise_are_the_same(
    center: Terminal, tmp_path: Path, typed: str
) -> None:
    path = tmp_path / "people.csv"
    path.write_text(PEOPLE, "utf-8")
    center("import", path, "--branch", BRANCH)

    again = center.json("import", path, "--branch", typed)
    assert (again["new"], again["changed"], again["same"]) == (0, 0, 2)


def test_a_list_of_the_whole_district_takes_nobody_out_of_their_offices_sight(
    center: Terminal, tmp_path: Path
) -> None:
    path = tmp_path / "people.csv"
    path.write_text(PEOPLE, "utf-8")
    center("import", path, "--branch", BRANCH)
    path.write_text(PEOPLE + "赵六,3-2-503\n", "utf-8")

    assert center.json("import", path, "--branch", "江北区")["new"] == 1

    store = stored(center)
    where = [one.branch for one in store.directory.everybody(EVERYWHERE)]
    store.close()
    assert sorted(where) == ["江北区", BRANCH, BRANCH]


@pytest.mark.parametrize("typed", TYPED)
def test_a_gate_is_enrolled_where_its_lists_go(center: Terminal, typed: str) -> None:
    center("station", "add", "东门", "--branch", typed)
    store = stored(center)
    with store.database.read() as connection:
        (row,) = connection.rows("SELECT branch FROM enrol_code")
    store.close()

    assert row[0] == BRANCH


def test_what_is_no_branch_is_refused_before_anything_is_set(
    center: Terminal, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        center(*ISOLATED, "--branch", "江北区//和平街道")

    assert ended.value.code == 2
    assert "区/街道/村/网格" in capsys.readouterr().err


def test_a_task_that_is_done_stays_the_affair_of_its_branch(center: Terminal) -> None:
    """Its text may name somebody: gates of other branches never see it."""
    task = center.json("task", "给5号楼张三送药", "--branch", BRANCH)["id"]
    center("task", "--done", task)

    assert told(center, "task", BRANCH) == [task]
    assert told(center, "task", "江北区/幸福街道") == []


def test_a_notice_is_taken_back_where_it_was_given(center: Terminal) -> None:
    notice = center.json("notice", "今晚停水", "--branch", BRANCH)["id"]
    center("notice", "--take-back", notice, "--branch", "江北区/幸福街道")

    assert told(center, "notice", BRANCH) == []


def test_a_household_stays_isolated_when_another_compound_has_one_of_the_same_number(
    center: Terminal,
) -> None:
    """3-2-501 is in every compound; the gates of the first one would let theirs out."""
    assert center(*ISOLATED, "--branch", BRANCH)[0] == 0
    code, said = center(*ISOLATED, "--branch", "江北区/幸福街道")

    assert code == 1
    assert BRANCH in said
    assert len(told(center, "fact", BRANCH)) == 1
    assert center(*ISOLATED, "--branch", "江北区")[0] == 0
    assert len(told(center, "fact", BRANCH)) == len(told(center, "fact", "江北区/幸福街道")) == 1


def test_an_isolation_that_is_over_holds_up_no_other_compound(center: Terminal) -> None:
    over = ("--at", "2022-01-01T00:00+08:00", "--until", "2022-01-15T00:00+08:00")
    center(*ISOLATED, *over, "--branch", BRANCH)

    assert center(*ISOLATED, "--branch", "江北区/幸福街道")[0] == 0


def test_a_household_is_not_released_by_another_compound(center: Terminal) -> None:
    center(*ISOLATED, "--branch", BRANCH)
    lifted = ("set", "isolation", "none", *ISOLATED[3:])

    assert center(*lifted, "--branch", "江北区/幸福街道")[0] == 1
    assert center(*lifted, "--branch", BRANCH)[0] == 0


OTHER = "江北区/幸福街道"
POLICIES = Path(__file__).parents[2] / "assets" / "policies"


def texts(center: Terminal, list_name: str, branch: str) -> list[str]:
    """What gates of a branch read in a list."""
    store = stored(center)
    page = store.lists.page("quick", store.epoch, 0, 500, branch)
    store.close()
    bodies = [item.body for item in page.items if item.list == list_name and item.body is not None]
    items = [decode_item(list_name, body) for body in bodies]
    return [item.text for item in items if isinstance(item, PolicyItem | TrustItem)]


def revocations(folder: Path, station: str, *passes: int, day: int = 1) -> Path:
    """As `station pass share` writes it: each station's file has the same name."""
    (folder / f"{station}{day}").mkdir()
    path = folder / f"{station}{day}" / "gate-revocations.json"
    revoked = [bytes([number]) * 8 for number in passes]
    path.write_text(gate_revocations_text(station, revoked, datetime(2022, 4, day, tzinfo=UTC)), "utf-8")
    return path


def test_rules_for_a_second_compound_leave_the_first_one_its_own(center: Terminal) -> None:
    sealed = POLICIES / "sealed.toml"
    for branch in (BRANCH, OTHER, OTHER, BRANCH):
        assert center("policy", sealed, "--branch", branch)[0] == 0

    whole = [sealed.read_text("utf-8")]
    assert texts(center, "policy", BRANCH) == texts(center, "policy", OTHER) == whole


def test_rules_sent_once_more_have_the_new_date_alone(center: Terminal) -> None:
    days = ("2022-05-01T00:00+08:00", "2022-04-16T06:00+08:00")
    for branch in (BRANCH, OTHER):
        for day in days:
            center("policy", POLICIES / "open.toml", "--at", day, "--branch", branch)

    assert len(told(center, "policy", BRANCH)) == len(told(center, "policy", OTHER)) == 1


def test_passes_that_two_stations_took_back_are_stopped_though_their_files_have_one_name(
    center: Terminal, tmp_path: Path
) -> None:
    east, west = revocations(tmp_path, "east", 1), revocations(tmp_path, "west", 2)
    assert center("trust", east, "--branch", BRANCH)[0] == 0
    assert center("trust", west, "--branch", BRANCH)[0] == 0
    assert center("trust", east, "--branch", OTHER)[0] == 0
    newer = revocations(tmp_path, "west", 2, 3, day=2)
    assert center("trust", newer, "--branch", BRANCH)[0] == 0

    assert sorted(texts(center, "trust", BRANCH)) == sorted(
        [east.read_text("utf-8"), newer.read_text("utf-8")]
    )
    assert texts(center, "trust", OTHER) == [east.read_text("utf-8")]


def test_a_lost_pass_that_every_gate_stops_is_not_let_in_by_a_compound_that_revokes_it_again(
    center: Terminal,
) -> None:
    center("revoke-pass", "00112233445566aa")
    center("revoke-pass", "00112233445566aa", "0011223344556677", "--branch", BRANCH)
    center("revoke-pass", "0011223344556677", "--branch", OTHER)

    everywhere = ["0011223344556677", "00112233445566aa"]
    assert sorted(told(center, "revoked_pass", BRANCH)) == everywhere
    assert sorted(told(center, "revoked_pass", OTHER)) == everywhere
    assert told(center, "revoked_pass", "江南区") == ["00112233445566aa"]
