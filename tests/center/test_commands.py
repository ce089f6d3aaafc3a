"""The command line of the center: what an admin types, what comes back, and how it ends."""

from __future__ import annotations

import ast
import csv
import io
import json
import os
import shlex
import socket
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Thread
from typing import Any

import pytest

from center.addresses import best_address
from center.cli import main, parser
from center.commands import place
from center.commands.backup_words import backup_words
from center.commands.exporting import write_table
from center.commands.place import folder_words, now_ms, open_place
from center.commands.serve import named_host
from center.english import ENGLISH
from center.exporting import csv_lines, neutral
from center.folder import default_folder, how_to_type, serving_alone_in, write_file
from center.ingest import Enrolment, ingest
from center.keys import FILE, load_keys
from center.ledger import Clock
from center.provider import parse_description
from center.result import CommandError
from center.store import Contact, SqlStore, UnavailableError, open_store
from center.store.health import Event
from center.tls import FILE as CERTIFICATE
from center.tls import LIFE, make_certificate
from center.words import speaker
from station.sync.items import FactItem, PersonItem, PolicyItem, decode_item, shared_key
from station.sync.onetime import read_code, read_link
from station.sync.reports import CaseReport, Lane, Report, encode_body
from tests.center.gate import NOON_MS, Gate, record
from tests.center.store.server import Server

PEOPLE = (
    "姓名,房号,手机,健康码,颜色\n张三,3-2-501,13800001111,CODE-1,绿\n李四,3栋2单元502室,13800002222,,红\n"
)


@pytest.fixture(autouse=True)
def in_chinese(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("KAKOU_CENTER_DB", raising=False)
    monkeypatch.setenv("LC_ALL", "C.UTF-8")


class Terminal:
    """`center …` with a data folder of its own."""

    def __init__(self, data: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.data, self._capsys = data, capsys

    def begin(self) -> Terminal:
        """As `center serve` does it at its first start."""
        serve = parser().parse_args(["serve", "--data", str(self.data)])
        with open_place(serve, speaker("zh", {}), begins=True):
            return self

    def __call__(self, *arguments: str | Path) -> tuple[int, str]:
        code = main([*map(str, arguments), "--data", str(self.data)])
        said = self._capsys.readouterr()
        return code, said.out + said.err

    def json(self, *arguments: str | Path) -> dict[str, Any]:
        _, said = self(*arguments, "--json")
        fields: dict[str, Any] = json.loads(said.splitlines()[-1])
        return fields

    def item(self, list_name: str, key: str, channel: str = "quick") -> Any:
        store = open_store(self.data / "center.db", items_key=load_keys(self.data).items_key)
        body = store.lists.get(channel, list_name, key)
        store.close()
        return None if body is None else decode_item(list_name, body)


@pytest.fixture
def center(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Terminal:
    return Terminal(tmp_path / "center", capsys).begin()


@pytest.fixture
def people(tmp_path: Path) -> Path:
    path = tmp_path / "people.csv"
    path.write_text(PEOPLE, "utf-8")
    return path


def pushed(data: Path, gate: Gate) -> None:
    """A gate that is enrolled and has sent its entries."""
    store = open_store(data / "center.db")
    store.stations.add_enrol_code(b"code", name="东门", gate="东门", branch="", expires_ms=NOON_MS)
    store.stations.enrol(
        b"code", station=gate.station, public_key=gate.public_key, seal_key=bytes(32), now_ms=NOON_MS - 1
    )
    sent(store, gate, 1)
    store.close()


def sent(store: SqlStore, gate: Gate, first: int) -> None:
    known = Enrolment((gate.public_key,))
    ingest(store, gate.batch(first), lambda station: known, NOON_MS, Clock(0, 10))


def test_a_gate_is_added_with_a_code_to_read_aloud_and_a_picture(center: Terminal) -> None:
    code, said = center("station", "add", "东门")

    assert code == 0
    assert "station enrol https://" in said
    assert "管理（F10）→ 中心" in said  # an admin at a gate has no terminal
    assert "./run" in said  # nor is there a program called station, where ./run was all they typed
    assert "█" in said
    fields = center.json("station", "add", "西门", "--url", "https://center.example:1")
    assert read_link(fields["link"]) == ("https://center.example:1", fields["code"])
    assert read_code(fields["code"]).ca == load_keys(center.data).ca_mark


def test_a_code_names_the_address_that_the_center_has_now(center: Terminal) -> None:
    """After a cut of power it was up before the router: no network, or the address of yesterday."""
    write_file(center.data / "serving.json", b'{"url":"https://192.0.2.77:9443","looked_up":true}')
    host = best_address()
    url = f"https://{f'[{host}]' if ':' in host else host}:9443"
    added = center.json("station", "add", "东门")
    assert read_link(added["link"]) == (url, added["code"])

    write_file(center.data / "serving.json", b'{"url":"https://192.0.2.77:9443"}')  # named by an admin
    added = center.json("station", "add", "西门")
    assert read_link(added["link"]) == ("https://192.0.2.77:9443", added["code"])


@pytest.mark.parametrize(
    ("typed", "named"),
    [
        ((), ""),
        (("--host", "0.0.0.0"), ""),
        (("--host", "::"), ""),
        (("--host", "192.0.2.7"), "192.0.2.7"),
        (("--host", "0.0.0.0", "--name", "center.example"), "center.example"),
    ],
)
def test_all_addresses_are_none_that_a_gate_could_type(typed: tuple[str, ...], named: str) -> None:
    assert named_host(parser().parse_args(["serve", *typed])) == named


def test_what_the_open_center_says_to_type_can_be_typed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The first line that an admin copied began with `center`, and the shell knew no such command."""
    monkeypatch.setenv("PATH", str(tmp_path))
    assert how_to_type(default_folder()) == "./run center"
    assert how_to_type(tmp_path / "D E") == f"./run center --data '{tmp_path}/D E'"
    (tmp_path / "center").write_text("#!/bin/sh\n")
    (tmp_path / "center").chmod(0o755)
    assert how_to_type(default_folder()) == "center"


def test_no_gate_is_a_negative_answer(center: Terminal) -> None:
    assert center("station", "list") == (1, "还没有大门。加一个：center station add 东门\n")


def test_a_gate_is_listed_and_revoked(center: Terminal) -> None:
    center("station", "list")
    gate = Gate(5)
    gate.record_entries(3)
    pushed(center.data, gate)

    fields = center.json("station", "list")
    assert (fields["name"], fields["stored"], fields["revoked"]) == ("东门", 3, False)
    assert center("station", "revoke", "东门")[0] == 0
    assert center.json("station", "list")["revoked"]
    assert center("station", "revoke", "南门")[0] == 1


def test_people_are_imported_once_and_found_again(center: Terminal, people: Path) -> None:
    assert center.json("import", people)["new"] == 2
    assert center.json("import", people)["same"] == 2
    keys = load_keys(center.data)
    code = shared_key(keys.district, "code", "CODE-1")
    store = open_store(center.data / "center.db", items_key=keys.items_key)
    persons = [decode_item("person", item.body) for item in store.lists.each("people", "person") if item.body]
    facts = [decode_item("fact", item.body) for item in store.lists.each("quick", "fact") if item.body]
    store.close()

    assert {person.dwelling for person in persons if isinstance(person, PersonItem)} == {"3-2-501", "3-2-502"}
    assert any(code in person.codes for person in persons if isinstance(person, PersonItem))
    assert {fact.value for fact in facts if isinstance(fact, FactItem)} == {"green", "red"}


def test_a_list_with_a_wrong_row_changes_nothing_and_names_the_row(center: Terminal, people: Path) -> None:
    people.write_text(PEOPLE + "王五,,,,\n", "utf-8")

    code, said = center("import", people)
    assert code == 1
    assert "第 4 行" in said
    assert "还没有导入" in said
    assert center.json("import", people)["new"] == 2  # still


def test_an_import_says_when_the_gates_know_these_people(center: Terminal, people: Path) -> None:
    """Red two seconds later is of nobody there: the list goes out each minute."""
    code, said = center("import", people)
    assert code == 0
    assert "一分钟内" in said


def test_a_preview_changes_nothing(center: Terminal, people: Path) -> None:
    assert center.json("import", people, "--preview")["imported"] is False
    assert center.json("import", people, "--preview")["new"] == 2


def test_who_is_not_in_the_file_goes_only_if_it_replaces_the_list(center: Terminal, people: Path) -> None:
    center("import", people)
    people.write_text(PEOPLE.rpartition("李四")[0], "utf-8")

    assert center.json("import", people)["gone"] == 0
    assert center.json("import", people, "--replace")["gone"] == 1
    assert center.json("import", people, "--replace")["gone"] == 0


def test_a_list_of_the_morning_takes_back_no_colour_that_was_told_since(
    center: Terminal, people: Path
) -> None:
    people.write_text("姓名,房号,颜色,颜色时间\n张三,3-2-501,绿,2022-04-15 07:30\n", "utf-8")
    center("import", people)
    person = center.json("set", "colour", "red", "--resident", "张三", "3-2-501")["subject"]

    center("import", people)
    assert center.item("fact", f"person:{person}:colour").value == "red"


def test_a_list_of_one_compound_leaves_those_of_another_alone(center: Terminal, people: Path) -> None:
    """Every compound has a 3-2-501, and namesakes: nobody there is changed, or gone by --replace."""
    people.write_text("姓名,房号\n张三,3-2-501\n李四,3-2-502\n", "utf-8")
    assert center.json("import", people, "--branch", "江北区/和平")["new"] == 2
    people.write_text("姓名,房号\n张三,3-2-501\n", "utf-8")

    said = center.json("import", people, "--branch", "江北区/幸福", "--replace")
    assert (said["new"], said["gone"]) == (1, 0)
    assert center.json("import", people, "--branch", "江北区/和平", "--replace")["gone"] == 1


def test_a_file_that_is_no_list(center: Terminal, people: Path) -> None:
    people.write_bytes(b"PK\x03\x04 torn")

    assert center("import", people)[0] == 1
    assert center("import", people.with_name("nothing.csv"))[0] == 3


def test_a_colour_is_set_by_the_code_or_by_name_and_house(center: Terminal, people: Path) -> None:
    center("import", people)
    by_code = center.json("set", "colour", "red", "--code", "CODE-1")
    resident = center.json("set", "colour", "yellow", "--resident", "张三", "3幢2单元501室")

    assert by_code["subject"] == shared_key(load_keys(center.data).district, "code", "CODE-1")
    fact = center.item("fact", f"person:{resident['subject']}:colour")
    assert (fact.about, fact.value, fact.source) == ("person", "yellow", "center")
    assert center("set", "colour", "red", "--resident", "没人", "1-1-1")[0] == 1


@pytest.mark.parametrize("what", [("colour", "green"), ("isolation", "none", "--by", "甲", "--second", "乙")])
def test_a_word_of_a_day_that_has_not_come_is_not_told(center: Terminal, what: tuple[str, ...]) -> None:
    """It would hide the red of today until that day comes."""
    code, said = center("set", *what, "--code", "CODE-1", "--at", "2199-01-01T08:00+08:00")

    assert code == 2
    assert "--at" in said
    center.json("set", *what, "--code", "CODE-1", "--at", "2022-04-01T08:00+08:00")


def test_red_is_of_the_code_as_the_gate_asks_for_it_whatever_blank_came_with_it(center: Terminal) -> None:
    """Copied out of a table: no gate ever asked for the code with the blank."""
    one, other = (center.json("set", "colour", "red", "--code", text) for text in ("CODE-1", "CODE-1\t "))
    assert one["subject"] == other["subject"]


def test_of_two_namesakes_nobody_is_made_red_by_chance(center: Terminal, people: Path) -> None:
    people.write_text("姓名,房号\n张三,3-2-501\n", "utf-8")
    for branch in ("江北区/和平", "江北区/幸福"):
        center("import", people, "--branch", branch)
    red = ("set", "colour", "red", "--resident", "张三", "3-2-501")

    code, said = center(*red)
    assert code == 1
    assert "江北区/和平" in said
    assert "江北区/幸福" in said
    one, other = (center.json(*red, "--branch", f"江北区/{branch}")["subject"] for branch in ("和平", "幸福"))
    assert one != other
    assert center.json("set", "colour", "green", "--person", one)["subject"] == one


def test_isolation_and_blocks_need_two_people(center: Terminal) -> None:
    alone = ("set", "isolation", "isolation", "--dwelling", "3-2-501", "--by", "甲", "--second")

    assert center(*alone, "甲")[0] == 2
    fields = center.json(*alone, "乙")
    assert center.item("fact", f"dwelling:{fields['subject']}:isolation").value == "isolation"
    assert (
        center.json("set", "block", "none", "--code", "X", "--by", "甲", "--second", "乙")["value"] == "none"
    )
    lines = [json.loads(line) for line in (center.data / "audit.jsonl").read_text("utf-8").splitlines()]
    assert [(line["by"], line["second"]) for line in lines] == [("甲", "乙")] * 2
    if os.name != "nt":
        assert (center.data / "audit.jsonl").stat().st_mode & 0o77 == 0


def test_a_wrong_id_number_is_said_so(center: Terminal) -> None:
    assert center("set", "colour", "red", "--id-number", "330106199001011235")[0] == 2


def test_a_policy_is_sent_if_it_is_one(center: Terminal) -> None:
    policies = Path(__file__).parents[2] / "assets" / "policies"
    fields = center.json("policy", policies / "open.toml", "--at", "2022-04-15T13:20:00+08:00")

    policy = center.item("policy", fields["digest"])
    assert isinstance(policy, PolicyItem)
    assert policy.activate_at_ms == NOON_MS
    assert center("policy", Path(__file__))[0] == 1
    assert center("trust", Path(__file__))[0] == 1


def test_a_task_goes_out_is_done_and_comes_back(center: Terminal) -> None:
    task = center.json("task", "给5号楼送药", "--due", "2022-04-15T18:00+08:00")["id"]
    assert center.item("task", task).text == "给5号楼送药"
    assert center.json("task", "--list")["done"] is False

    assert center("task", "--done", task)[0] == 0
    assert center.item("task", task).done
    assert center("task", "--take-back", task)[0] == 0
    assert center.item("task", task) is None
    assert center("task", "--list")[0] == 1
    assert center("task", "--done", task)[0] == 1
    assert center("task")[0] == 2


def test_a_lost_pass_is_revoked_by_its_number(center: Terminal) -> None:
    assert center("revoke-pass", "0011 2233 4455 66AA")[0] == 0
    assert center.item("revoked_pass", "00112233445566aa").at_ms > 0
    assert center("revoke-pass", "0011")[0] == 2


def test_a_notice_goes_out_and_comes_back(center: Terminal) -> None:
    notice = center.json("notice", "停水", "今晚八点到十点", "--urgent")["id"]

    assert center.item("notice", notice).urgent
    assert center("notice", "--take-back", notice)[0] == 0
    assert center.item("notice", notice) is None
    assert center("notice", "--take-back", "nope")[0] == 1
    assert center("notice")[0] == 2


def test_a_backup_is_restored_into_an_empty_center_and_only_there(
    center: Terminal, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    center("station", "list")
    gate = Gate(5)
    gate.record_entries(3)
    pushed(center.data, gate)
    (tmp_path / "phrase").write_text("correct horse\n")
    sealed = ("--passphrase-file", tmp_path / "phrase")
    file = center.json("backup", "--to", tmp_path, *sealed)["file"]
    again = Terminal(tmp_path / "again", capsys)

    assert again("restore", file)[0] == 1  # without the passphrase
    assert not (again.data / FILE).exists()
    code, said = again("restore", file, *sealed)
    assert (code, "删除的人，现在又在了，请再删一次" in said) == (0, True)
    assert (again.data / FILE).read_bytes() == (center.data / FILE).read_bytes()
    assert again.json("station", "list")["stored"] == 3
    assert again("restore", file, *sealed)[0] == 1
    other = Terminal(tmp_path / "other", capsys)
    other.begin()
    assert other("restore", file, *sealed)[0] == 1
    assert center.json("station", "list")["archived"] == 3


def test_a_stick_that_is_not_plugged_in_is_no_file_on_the_disk(center: Terminal, tmp_path: Path) -> None:
    center("station", "list")
    usb = tmp_path / "usb"

    code, said = center("backup", "--to", usb)
    assert (code, str(usb) in said) == (3, True)
    assert center("backup", "--to", usb / "today.kkc")[0] == 3
    assert not usb.exists()
    assert center("backup", "--to", tmp_path / "today.kkc")[0] == 0


def test_where_there_is_no_center_nothing_is_backed_up_and_none_is_made(
    center: Terminal, tmp_path: Path
) -> None:
    """Another user's data folder, mostly: each night a new and empty center would be saved."""
    center.data = tmp_path / "another user's"
    code, said = center("backup", "--to", tmp_path)

    assert (code, str(center.data) in said) == (3, True)
    assert not center.data.exists()


def test_a_job_that_was_not_told_the_database_saves_no_other_one(
    center: Terminal, tmp_path: Path, postgresql: Server
) -> None:
    center("station", "list")
    file = center.json("backup", "--to", tmp_path)["file"]
    assert center("restore", file, "--db", postgresql.url())[0] == 0

    for command in (("backup", "--to", tmp_path), ("station", "list"), ("doctor",), ("serve", "--port", "0")):
        code, said = center(*command)
        assert (code, "KAKOU_CENTER_DB" in said) == (3, True)
    assert center("backup", "--to", tmp_path, "--db", postgresql.url())[0] == 0


def test_an_address_of_a_database_that_is_none_makes_no_file_of_that_name(
    center: Terminal, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As other programs take it. The password in it is not said again."""
    monkeypatch.chdir(tmp_path)
    for address in ("host=db.example dbname=kakou password=secret", "mysql://kakou:secret@db.example/kakou"):
        code, said = center("station", "list", "--db", address)
        assert (code, "postgresql://" in said, "secret" in said) == (2, True, False)
    assert [path.name for path in tmp_path.iterdir()] == [center.data.name]


def test_a_database_that_cannot_be_opened_is_said_in_words(center: Terminal) -> None:
    center("station", "list")
    (center.data / "center.db").unlink()
    (center.data / "center.db").symlink_to("/proc/nothing")

    code, said = center("station", "list")
    assert (code, "数据库打不开" in said) == (3, True)


def test_why_a_backup_cannot_be_restored_is_said_in_the_users_language() -> None:
    folder = Path(__file__).parents[2] / "center"
    calls = [
        node
        for file in (folder / "backup.py", folder / "backup_file.py")
        for node in ast.walk(ast.parse(file.read_text("utf-8")))
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "BackupError"
    ]
    texts = {ast.literal_eval(call.args[0]) for call in calls}

    assert len(texts) > 7
    for text in texts:
        assert backup_words(text, speaker("zh", {})) != text


def test_ctrl_c_ends_a_command_without_a_page_of_its_inner_life(
    center: Terminal, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(_: Path) -> str:
        raise KeyboardInterrupt

    center("station", "list")
    monkeypatch.setattr("getpass.getpass", interrupted)
    monkeypatch.setattr("sys.stdin.isatty", lambda: True, raising=False)
    assert center("user", "add", "zhang", "--role", "admin", "--branch", "") == (130, "")


def test_an_empty_code_is_no_code(center: Terminal, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO(""))

    assert center("set", "block", "lost_card", "--code", "-", "--by", "甲", "--second", "乙")[0] == 2
    assert center("set", "colour", "red", "--code", "")[0] == 2


def test_a_folder_that_a_center_serves_from_is_not_restored_into(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    former, new, backup = tmp_path / "former", tmp_path / "new", tmp_path / "backup.kkc"
    assert main(["station", "add", "东门", "--url", "https://c:1", "--data", str(former)]) == 0
    assert main(["backup", "--to", str(backup), "--data", str(former)]) == 0
    new.mkdir()
    with serving_alone_in(new):
        assert main(["restore", str(backup), "--data", str(new), "--lang", "zh"]) == 3
    assert "中心已经开着" in capsys.readouterr().err
    assert {one.name for one in new.iterdir()} == {"serving.lock"}
    assert main(["restore", str(backup), "--data", str(new)]) == 0


def test_a_restore_that_was_stopped_at_its_end_leaves_no_database_without_keys(
    center: Terminal, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The ledger is in the database already; its typed rows are made again by whoever opens it next."""
    center("station", "list")
    gate = Gate(5)
    gate.record_entries(3)
    pushed(center.data, gate)
    file = center.json("backup", "--to", tmp_path)["file"]
    again = Terminal(tmp_path / "again", capsys)

    def full(_: SqlStore) -> int:
        raise UnavailableError("database or disk is full")

    with monkeypatch.context() as patch:
        patch.setattr(SqlStore, "reproject", full)
        assert again("restore", file)[0] == 0

    assert (again.data / FILE).read_bytes() == (center.data / FILE).read_bytes()
    assert again.json("station", "list")["stored"] == 3


def test_a_database_without_its_keys_is_not_given_new_ones(center: Terminal) -> None:
    center("station", "list")
    pushed_gate = Gate(5)
    pushed_gate.record_entries(1)
    pushed(center.data, pushed_gate)
    (center.data / FILE).unlink()

    code, said = center("station", "list")
    assert code == 3
    assert "钥匙" in said
    assert not (center.data / FILE).exists()


def test_a_first_try_while_the_database_is_away_does_not_make_another_center_of_it(
    center: Terminal, capsys: pytest.CaptureFixture[str], postgresql: Server, tmp_path: Path
) -> None:
    """On a new PC, before its keys are there: who tries again is refused again, and gates are kept."""
    postgresql.run("CREATE SCHEMA tried_twice")
    there = ("--db", f"{postgresql.url()}&options=-csearch_path%3Dtried_twice")
    center("station", "add", "东门", *there)
    store, gate = open_store(there[1]), Gate(5)
    store.stations.add_enrol_code(b"code", name="东门", gate="东门", branch="", expires_ms=NOON_MS)
    store.stations.enrol(
        b"code", station=gate.station, public_key=gate.public_key, seal_key=bytes(32), now_ms=1
    )
    store.close()
    again = Terminal(tmp_path / "new PC", capsys)

    assert again("station", "list", "--db", f"postgresql:///postgres?host={tmp_path}")[0] == 3
    for _ in range(2):
        code, said = again("station", "list", *there)
        assert (code, "钥匙" in said) == (3, True)


def test_a_first_try_that_fails_takes_no_keys_from_another_that_did_not(
    center: Terminal, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The service starts while somebody types the first command, which the database is too busy for."""
    other = Thread(target=main, args=(["station", "list", "--data", str(center.data)],))

    def busy(*arguments: Any, **more: Any) -> Any:
        monkeypatch.setattr(place, "open_store", open_store)
        other.start()
        other.join(2)
        raise UnavailableError("busy")

    monkeypatch.setattr(place, "open_store", busy)
    assert center("station", "list")[0] == 3
    other.join()

    assert center("station", "list")[0] == 1  # no gate yet, and no other center


def test_the_folder_of_another_center_does_not_open_the_database_of_this_one(
    center: Terminal, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    """As when a trial center was once made on that PC, and the address of the district's comes later."""
    center("station", "list")
    trial = Terminal(tmp_path / "trial", capsys)
    trial.begin()
    (trial.data / "center.db").unlink()
    for beside in ("", "-wal", "-shm"):
        if (path := center.data / f"center.db{beside}").exists():
            path.rename(trial.data / path.name)

    code, said = trial("station", "list")
    assert (code, "另一个中心" in said) == (3, True)
    assert "another center" in trial("station", "list", "--lang", "en")[1]


def test_a_database_that_was_opened_before_the_restore_is_the_restored_centers(
    center: Terminal, capsys: pytest.CaptureFixture[str], postgresql: Server, tmp_path: Path
) -> None:
    """Opened on the new PC in a hurry, keys of its own were made for it; then the backup is remembered."""
    postgresql.run("CREATE SCHEMA opened_before")
    there = ("--db", f"{postgresql.url()}&options=-csearch_path%3Dopened_before")
    hurried, again = Terminal(tmp_path / "hurried", capsys), Terminal(tmp_path / "again", capsys)
    hurried("station", "list", *there)
    center("station", "list")
    file = center.json("backup", "--to", tmp_path)["file"]

    assert again("restore", file, *there)[0] == 0
    assert again("station", "list", *there)[0] == 1  # no gate yet
    assert hurried("station", "list", *there)[0] == 3


def test_keys_that_are_damaged_are_never_made_anew(center: Terminal) -> None:
    center("station", "list")
    (center.data / FILE).write_bytes(b"{")

    assert center("station", "list")[0] == 3
    assert (center.data / FILE).read_bytes() == b"{"


def test_a_days_entries_as_a_table_in_which_nothing_runs(center: Terminal, tmp_path: Path) -> None:
    center("station", "list")
    gate = Gate(5)
    gate.records = [record(1, operator="=cmd()", severity=2), record(2)]
    pushed(center.data, gate)
    target = tmp_path / "day.csv"

    assert center("export", "--day", "2022-04-15", "--to", target)[0] == 0
    content = target.read_bytes()
    assert content.startswith(b"\xef\xbb\xbf")
    titles, first, second = csv.reader(io.StringIO(content.decode("utf-8-sig")))
    row = dict(zip(titles, first, strict=True))
    assert (row["门"], row["结果"], row["操作员"]) == ("东门", "stop", "'=cmd()")
    assert len(second) == len(titles)
    assert center("export", "--day", "2022-04-16", "--to", target)[0] == 1
    assert center("export", "--day", "2022-04-15", "--to", tmp_path / "day.xls")[0] == 2


def test_who_passed_after_midnight_is_in_one_table_also_in_the_night_of_summer_time(
    center: Terminal, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """At 0:30 of the day after the clock was set: 22:30 UTC."""
    at = datetime(2022, 3, 27, 22, 30, tzinfo=UTC)
    center("station", "list")
    gate = Gate(5)
    gate.records = [record(1, int(at.timestamp() * 1000) - 1000)]
    pushed(center.data, gate)
    with monkeypatch.context() as changed:
        changed.setenv("TZ", "CET-1CEST,M3.5.0,M10.5.0/3")
        time.tzset()
        found = [
            center("export", "--day", f"2022-03-{day}", "--to", tmp_path / "day.csv")[0] for day in (27, 28)
        ]
    time.tzset()
    assert found == [1, 0]


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@x", "\tx", "＝1", "＋1", "－1", "＠x"])
def test_texts_that_a_spreadsheet_would_run(text: str) -> None:
    assert neutral(text) == f"'{text}"


def test_a_table_that_breaks_off_leaves_the_former_one(tmp_path: Path) -> None:
    def breaks_off() -> Iterator[bytes]:
        yield b"half a day"
        raise OSError(28, "No space left on device")

    path = tmp_path / "day.csv"
    path.write_bytes(b"whole")
    with pytest.raises(OSError, match="No space"):
        write_table(path, breaks_off())
    assert (path.read_bytes(), list(tmp_path.iterdir())) == (b"whole", [path])


def test_commas_and_quotes_survive_in_a_table() -> None:
    content = b"".join(csv_lines([('a,"b"', 1.5, None)], ["x", "y", "z"])).decode("utf-8-sig")

    assert list(csv.reader(io.StringIO(content))) == [["x", "y", "z"], ['a,"b"', "1.5", ""]]


def test_doctor_says_what_is_well_and_what_is_not(center: Terminal) -> None:
    code, said = center("doctor")

    assert code == 1  # no gate yet
    assert "√ 数据库正常" in said
    assert "! 还没有大门" in said


def test_doctor_names_a_day_that_differs_though_a_later_one_was_compared(center: Terminal) -> None:
    center("station", "list")
    gate = Gate(5)
    gate.record_entries(3)
    pushed(center.data, gate)
    store = open_store(center.data / "center.db")
    store.reconciliations.keep(gate.station, 1, NOON_MS, b"", b"", False)
    store.reconciliations.keep(gate.station, 2, NOON_MS + 1, b"", b"", True)
    store.close()

    assert "center reconcile" in center("doctor")[1]


def test_doctor_says_that_the_nightly_backup_has_not_come_for_days(
    center: Terminal, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Cron tells nobody on a system without mail: the disk was full, or not there."""
    assert "! 没有备份的记录" in center("doctor")[1]
    assert center("backup", "--to", tmp_path)[0] == 0
    assert "√ 最近一次备份还不到两天" in center("doctor")[1]

    store = open_store(center.data / "center.db")
    store.mark_archived({}, now_ms() - 5 * 86_400_000)
    store.close()
    assert "! 最近一次备份是 5 天以前的" in center("doctor")[1]
    file = center.json("backup", "--to", tmp_path)["file"]

    tried = Terminal(tmp_path / "tried", capsys)  # what was restored has that backup
    assert tried("restore", file)[0] == 0
    assert "√ 最近一次备份还不到两天" in tried("doctor")[1]


def test_doctor_of_a_district_shows_what_wants_doing_and_not_each_gate_that_is_well(
    center: Terminal,
) -> None:
    """The one whose clock is wrong stood some 500 lines above the end."""
    center("station", "list")
    store = open_store(center.data / "center.db")
    for number in range(1, 31):
        gate, offset_ms = Gate(number), 600_000 if number == 8 else 0
        gate.record_entries(2)
        name = f"{number}号门"
        store.stations.remember(gate.station, public_key=gate.public_key, name=name, enrolled_ms=NOON_MS)
        store.contacts.keep(Contact(gate.station, now_ms(), offset_ms, 5, "0.1", 1, "boot", "pc", 0))
        sent(store, gate, 1)
    store.close()

    code, said = center("doctor")
    assert (code, "! 60 条记录还没有备份：center backup" in said) == (1, True)
    assert [line[:10] for line in said.splitlines() if "号门" in line] == ["! 8号门：电脑的钟"]
    assert said.splitlines()[-1] == "√ 其余 29 个大门都正常"


def test_doctor_has_nothing_to_say_of_the_entries_since_the_nightly_backup(
    center: Terminal, tmp_path: Path
) -> None:
    """Each day it said of every gate that somebody has to make a backup, and ended with 1."""
    center("station", "list")
    gate = Gate(5)
    gate.record_entries(2)
    pushed(center.data, gate)
    assert center("backup", "--to", tmp_path)[0] == 0
    gate.record_entries(3)
    store = open_store(center.data / "center.db")
    sent(store, gate, 3)
    store.close()

    assert "√ 3 条记录还没有备份" in center("doctor")[1]


def test_doctor_names_the_gate_of_whose_entries_a_part_is_damaged_and_in_no_backup(
    center: Terminal, tmp_path: Path
) -> None:
    """The nightly backup was said to be well, night after night, and held nothing of that gate any more."""
    center("station", "add", "东门")
    gate = Gate(5)
    gate.record_entries(2)
    pushed(center.data, gate)
    store = open_store(center.data / "center.db")
    with store.database.write() as connection:
        whole = connection.rows("SELECT payload FROM segment")[0][0]
        connection.run("UPDATE segment SET payload = ?", bytes(whole[:-1]))
    store.close()

    said = center("backup", "--to", tmp_path)[1]
    assert "中心存的记录坏了一段" in said
    assert "中心存的记录坏了一段" in center("doctor")[1]

    store = open_store(center.data / "center.db")
    with store.database.write() as connection:
        connection.run("UPDATE segment SET payload = ?", bytes(whole))
    store.close()
    center("backup", "--to", tmp_path / "again.kkc")
    assert "坏了一段" not in center("doctor")[1]


def test_doctor_says_that_personal_data_is_not_erased_any_more(center: Terminal) -> None:
    day_ms = 86_400_000
    store = open_store(center.data / "center.db")
    for days_ago in (30, 22):  # then it was switched off
        store.keeping.step(now_ms() - days_ago * day_ms)
    store.close()
    assert "! 电脑的时间跳过了好多天，没有自动清除" in center("doctor")[1]

    assert center("retention", "run")[0] == 0

    assert "√ 到期的个人数据每天自动清除" in center("doctor")[1]


def test_doctor_warns_while_browsers_still_take_a_certificate_that_was_not_renewed(center: Terminal) -> None:
    def with_days_left(days: int) -> str:
        begun = datetime.now(UTC) + timedelta(days=days, hours=1) - LIFE
        content = make_certificate(load_keys(center.data).authority, {"localhost"}, begun)
        write_file(center.data / CERTIFICATE, content)
        return center("doctor")[1]

    center("station", "list")
    assert "√ 证书还有 59 天，会自己续" in with_days_left(59)
    assert "! 证书只有 20 天了，没有续上" in with_days_left(20)
    assert "! 证书过期了" in with_days_left(-2)


def test_a_folder_that_cannot_be_one(center: Terminal, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    center.data = tmp_path / "file"

    code, said = center("serve")
    assert code == 3
    assert "数据文件夹用不了" in said


def test_a_folder_that_cannot_be_looked_into(center: Terminal, tmp_path: Path) -> None:
    """As another user than the center's: not a page of traceback, and no advice to make another center."""
    center.data = tmp_path / ("long" * 100)
    for command in (("station", "list"), ("backup", "--to", tmp_path), ("doctor",)):
        code, said = center(*command)
        assert (code, "数据文件夹用不了" in said) == (3, True)

    with pytest.raises(CommandError, match="sudo -u"), folder_words(center.data, speaker("zh", {})):
        raise PermissionError(13, "Permission denied")


def test_a_port_that_is_taken(center: Terminal) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        code, said = center("serve", "--host", "127.0.0.1", "--port", str(port))

    assert code == 3
    assert f"--port {port + 1}" in said


def test_a_description_of_a_provider_that_is_wrong(center: Terminal) -> None:
    center("station", "list")
    (center.data / "provider.toml").write_text("name = 1")

    assert center("serve", "--port", "0")[0] == 3
    assert center("provider", "x")[0] == 3
    assert center("doctor")[0] == 1


def texts_to_say(source: str) -> set[str]:
    calls = [node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Call)]
    said = [
        argument
        for call in calls
        if getattr(call.func, "id", getattr(call.func, "attr", "")) in ("say", "_say")
        for argument in call.args
    ]
    constants = [node for argument in said for node in ast.walk(argument) if isinstance(node, ast.Constant)]
    return {str(constant.value) for constant in constants if isinstance(constant.value, str)}


def test_every_text_of_the_command_line_has_its_english() -> None:
    folder = Path(__file__).parents[2] / "center"
    sources = [file.read_text("utf-8") for file in folder.rglob("*.py")]
    texts = set().union(*map(texts_to_say, sources))

    assert len(texts) > 50
    assert not texts - set(ENGLISH)
    for text, english in ENGLISH.items():
        assert text.count("{") == english.count("{")


def test_the_language_is_asked_for_or_of_the_locale() -> None:
    assert speaker("en", {})("两边一样") == "both the same"
    assert speaker(None, {"LANG": "en_GB.UTF-8"})("两边一样") == "both the same"
    assert speaker("zh", {"LC_ALL": "en_GB"})("两边一样") == "两边一样"
    assert speaker(None, {"LC_ALL": "zh_CN", "LANG": "en"})("两边一样") == "两边一样"


def documented(text: str) -> list[list[str]]:
    """The commands of the code blocks of a page."""
    blocks = text.split("```sh\n")[1:]
    lines = [line.strip() for block in blocks for line in block.partition("```")[0].splitlines()]
    commands = [line.partition("center ")[2] for line in lines if " center " in f" {line}"]
    return [shlex.split(command.partition("  #")[0]) for command in commands]


def test_the_commands_of_the_page_about_running_a_center_are_true() -> None:
    page = (Path(__file__).parents[2] / "docs" / "deploy.md").read_text("utf-8")
    commands = documented(page)

    assert len(commands) > 20
    for command in commands:
        parser().parse_args(command)


def test_the_description_of_a_provider_on_that_page_is_one() -> None:
    page = (Path(__file__).parents[2] / "docs" / "deploy.md").read_text("utf-8")
    about = parse_description(page.partition("```toml\n")[2].partition("```")[0])

    assert about.answer.values["10"] == "red"


def test_what_is_over_is_shown_then_erased(center: Terminal) -> None:
    assert center.json("retention", "show")["days"] == 30
    place = open_store(center.data / "center.db", items_key=load_keys(center.data).items_key)
    place.health.add("p" * 32, "note", Event("咳嗽"), who="duty", at_ms=NOON_MS)
    with place.database.write() as connection:
        connection.run(
            "INSERT INTO held_row (id, branch, kind, at_ms, who, reasons, body)"
            " VALUES (?, '', 'people', ?, 'x', '', ?)",
            *(b"1" * 16, NOON_MS, b""),
        )
    place.close()

    shown = center.json("retention", "show")
    assert (shown["due"], shown["held"]) == ({"health": 1}, {"rows": 1})
    said = center("retention", "show", "--lang", "en")[1]
    assert "Due: Health cards" in said
    assert [letter for letter in said if "一" <= letter <= "鿿"] == []
    assert "清除了 1 条" in center("retention", "run")[1]
    assert center.json("retention", "run")["erased"] == {}
    assert center.json("retention", "show")["due"] == {}


def test_a_receipt_of_another_center_is_none(center: Terminal, tmp_path: Path) -> None:
    receipt = tmp_path / "receipt.txt"
    receipt.write_text('#kakou-center-erasure AAAA {"number":1}\n')
    assert center("retention", "verify", receipt) == (1, "这张回执被改过，或者不是这个中心的\n")
    assert center("retention", "verify", tmp_path / "none.txt")[0] == 3


def test_a_whistle_is_listed_answered_and_closed(center: Terminal) -> None:
    assert center("case", "list") == (1, "没有求助，也没有问题\n")
    place = open_store(center.data / "center.db", items_key=load_keys(center.data).items_key)
    lane = Lane(gate="东门", devices=(("camera", "working"),), entry=37, verdict="stop")
    report = CaseReport("whistle", NOON_MS, "fever", lane=lane, picture=b"jpeg", about="张*强")
    place.reports.take(b"g" * 16, "", [Report(b"c" * 16, "case", 1, NOON_MS, encode_body(report))], NOON_MS)
    place.close()
    key = (b"c" * 16).hex()

    assert "有人发烧" in center("case", "list")[1]
    assert center("case", "answer", key[:8], "马上来", "--by", "王")[0] == 0
    assert center.json("case", "go", key, "李警官")["state"] == "going"
    assert center.json("case", "arrive", key)["state"] == "arrived"
    code, said = center("case", "show", key, "--picture", center.data / "p.jpg")
    assert code == 0
    assert "王：马上来" in said
    assert "第 37 条" in said
    assert (center.data / "p.jpg").read_bytes() == b"jpeg"
    assert center.json("case", "close", key)["state"] == "closed"
    assert center.item("case", key).state == "closed"
    assert center("case", "list")[0] == 1
    assert center("case", "show", "ff" * 16)[0] == 1
