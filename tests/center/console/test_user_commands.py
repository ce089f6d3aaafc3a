"""`center user`: the first admin comes from the center's own computer."""

from __future__ import annotations

import getpass
import sys
from pathlib import Path

import pytest

from center.console import passwords
from center.scope import EVERYWHERE
from center.store import SqlStore, open_store
from center.store.users import UserRow
from tests.center.office import QUICK_HASHER
from tests.center.test_commands import Terminal


@pytest.fixture
def center(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Terminal:
    monkeypatch.delenv("KAKOU_CENTER_DB", raising=False)
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    monkeypatch.setattr(
        passwords.kept, "__defaults__", (QUICK_HASHER,)
    )  # what a password costs is tested apart
    return Terminal(tmp_path / "center", capsys).begin()


def stored(center: Terminal) -> SqlStore:
    return open_store(center.data / "center.db")


def user(center: Terminal, name: str) -> UserRow:
    store = stored(center)
    found = store.users.get(name)
    store.close()
    assert found
    return found


def typing(monkeypatch: pytest.MonkeyPatch, *lines: str) -> None:
    """Somebody sits at a terminal and types these passwords."""
    left = list(lines)
    monkeypatch.setattr(sys.stdin, "isatty", lambda: True, raising=False)
    monkeypatch.setattr(getpass, "getpass", lambda prompt: left.pop(0))


def test_the_first_admin_gets_a_password_that_is_shown_once(center: Terminal) -> None:
    said = center.json("user", "add", "Zhang", "--role", "admin", "--branch", "", "--one-time")

    zhang = user(center, "zhang")
    assert said["name"] == "zhang"
    assert passwords.is_right(said["password"], zhang.password)
    assert zhang.must_change
    assert [(grant.branch, grant.role) for grant in zhang.grants] == [("", "admin")]
    assert said["password"].encode() not in (center.data / "center.db").read_bytes()


def test_a_password_is_asked_for_twice_on_a_terminal(
    center: Terminal, monkeypatch: pytest.MonkeyPatch
) -> None:
    add = ("user", "add", "li", "--role", "duty", "--branch", " 江北区/和平街道 ", "--shown", "李值班")
    typing(monkeypatch, "short")
    assert center(*add) == (2, "密码至少 10 个字\n")
    typing(monkeypatch, "long enough indeed", "another one")
    assert center(*add) == (2, "两次输入的不一样\n")
    typing(monkeypatch, "long enough indeed", "long enough indeed")
    code, said = center(*add)

    assert code == 0
    assert "long enough" not in said
    li = user(center, "li")
    assert passwords.is_right("long enough indeed", li.password)
    assert not li.must_change
    assert li.shown == "李值班"
    assert li.grants[0].branch == "江北区/和平街道"


def test_just_enter_on_a_terminal_makes_a_password(center: Terminal, monkeypatch: pytest.MonkeyPatch) -> None:
    typing(monkeypatch, "")
    code, said = center("user", "add", "li", "--role", "duty", "--branch", "")

    assert code == 0
    assert passwords.is_right(said.split("：")[-1].strip(), user(center, "li").password)


def test_what_cannot_be_is_refused_in_words(center: Terminal) -> None:
    add = ("user", "add", "li", "--role", "duty", "--one-time", "--branch")
    assert center(*add, "")[0] == 0
    assert center(*add, "") == (1, "这个登录名已经有了：li\n")
    assert center(*add, "a//b") == (2, "所属写成这样：区/街道/村/网格\n")
    assert center("user", "add", "!", "--role", "duty", "--branch", "", "--one-time")[0] == 2
    assert center("user", "reset", "wang") == (1, "没有这个用户：wang\n")


def test_users_are_listed_and_a_forgotten_password_is_replaced(center: Terminal) -> None:
    assert center("user", "list")[0] == 1
    center("user", "add", "li", "--role", "checker", "--branch", "a/b", "--one-time")
    code, said = center("user", "list")
    assert (code, said) == (0, "li  li  核对员 a/b\n")
    assert center.json("user", "list") == {
        "name": "li",
        "shown": "li",
        "roles": {"a/b": "checker"},
        "disabled": False,
    }
    before = user(center, "li").password
    password = center.json("user", "reset", "li")["password"]

    assert user(center, "li").password != before
    assert passwords.is_right(password, user(center, "li").password)


def test_what_is_done_at_the_center_itself_is_on_record(center: Terminal) -> None:
    center("user", "add", "li", "--role", "checker", "--branch", "a/b", "--one-time")
    center("user", "reset", "li")
    store = stored(center)
    notes = store.audit.latest(EVERYWHERE)
    store.close()

    assert [(note.who, note.what, note.about) for note in notes] == [
        ("center user", "重设了密码", "li"),
        ("center user", "加了用户", "li"),
    ]
