"""`center set`: colour, isolation, block of somebody; goes out to the gates within two seconds."""

from __future__ import annotations

import argparse
import json
import os
import sys
from datetime import date, datetime
from io import FileIO
from pathlib import Path

from center.commands.place import Place, now_ms, open_place
from center.folder import make_own
from center.result import CommandError, Exit, Say, print_json, print_line
from center.scope import EVERYWHERE, is_within
from station.codes.reading import as_printed
from station.core.facts import AHEAD_MS
from station.roster.house import house_name
from station.roster.id_number import read_id_number
from station.roster.problems import CellError
from station.roster.text import clean_name
from station.sync.items import FactItem, decode_item, encode_item, shared_key

AUDIT_FILE = "audit.jsonl"
_HARMLESS = frozenset({"none", "green"})  # values that stop nobody


def set_colour(arguments: argparse.Namespace, say: Say) -> Exit:
    return _set(arguments, say, "colour")


def set_isolation(arguments: argparse.Namespace, say: Say) -> Exit:
    _two_people(arguments, say)
    return _set(arguments, say, "isolation")


def set_block(arguments: argparse.Namespace, say: Say) -> Exit:
    _two_people(arguments, say)
    return _set(arguments, say, "block")


def _two_people(arguments: argparse.Namespace, say: Say) -> None:
    """Isolation and blocks shut somebody in or out: one mistake of one person must not do it."""
    by, second = arguments.by.strip(), arguments.second.strip()
    if not by or not second or by == second:
        words = say("要两个人：--by 经手人，--second 核对人，不能是同一个人")
        raise CommandError(words, Exit.WRONG_USE)


def _set(arguments: argparse.Namespace, say: Say, kind: str) -> Exit:
    at_ms = _ms(arguments.at) or now_ms()
    if at_ms > now_ms() + AHEAD_MS:
        raise CommandError(
            say("--at 还没到：写从什么时候起的，不写就是现在。这台电脑的钟也请看看准不准"), Exit.WRONG_USE
        )
    until_ms = _ms(arguments.until)
    if until_ms is not None and until_ms <= at_ms:
        raise CommandError(say("--until 要比开始的时间晚"), Exit.WRONG_USE)
    with open_place(arguments, say) as place:
        about, subject = _whom(place, arguments, say)
        fact = FactItem(about, subject, kind, arguments.value, at_ms, until_ms)
        item = ("fact", f"{about}:{subject}:{kind}", encode_item(fact))
        _refuse_to_take_from_others(place, item[1], arguments.branch, say)
        _note_or_refuse(place.data, arguments, fact, say)
        place.store.lists.put("quick", [item], arguments.branch)
    if arguments.json:
        print_json({"about": about, "subject": subject, "kind": kind, "value": arguments.value})
    else:
        print_line(say("发出去了。在线的大门两秒内就知道，离线的大门连上就知道"))
    return Exit.DONE


def _refuse_to_take_from_others(place: Place, key: str, branch: str, say: Say) -> None:
    """A fact is of one branch at a time: 3-2-501 of this compound would free 3-2-501 of that one."""
    lists = place.store.lists
    where, body = lists.scope_of("quick", "fact", key), lists.get("quick", "fact", key)
    if where is None or body is None or is_within(where, branch):
        return
    known = decode_item("fact", body)
    assert isinstance(known, FactItem)
    over = known.until_ms is not None and known.until_ms <= now_ms()
    if not over and known.value not in _HARMLESS:
        words = say("没有设：{} 的大门正管着（{}），只给 {} 设，那边就放行了。--branch 写前一个或上级")
        raise CommandError(words.format(where or "/", known.value, branch), Exit.NEGATIVE)


def _whom(place: Place, arguments: argparse.Namespace, say: Say) -> tuple[str, str]:
    """What the fact is about, and its subject."""
    district = place.keys.district
    if arguments.code is not None:
        return "code", shared_key(district, "code", _code(_typed(arguments.code), say))
    if arguments.dwelling is not None:
        return "dwelling", shared_key(district, "dwelling", house_name(arguments.dwelling))
    if arguments.person is not None:
        return "person", arguments.person
    if arguments.resident is not None:
        name, dwelling = arguments.resident
        key = shared_key(district, "resident", f"{clean_name(name)}\0{house_name(dwelling)}")
    else:
        key = shared_key(district, "id_number", _id_number(_typed(arguments.id_number), say))
    return "person", _only_one(place, key, arguments.branch, say)


def _only_one(place: Place, key: str, branch: str, say: Say) -> str:
    """The id of whom a key means: of namesakes in two compounds the one of this branch, nobody by chance."""
    directory = place.store.directory
    found = list(filter(None, (directory.get(EVERYWHERE, one) for one in sorted(directory.with_key(key)))))
    if not found:
        raise CommandError(say("名单里没有这个人。先导入名单：center import 文件"), Exit.NEGATIVE)
    if len(found) > 1:
        found = [one for one in found if is_within(one.branch, branch)] or found
    if len(found) > 1:
        words = say("名单里有 {} 个这样的人，没有设。请用 --person 写明是谁：{}")
        which = "，".join(f"{one.id}（{one.branch or '/'}）" for one in found)
        raise CommandError(words.format(len(found), which), Exit.NEGATIVE)
    return found[0].id


def _code(text: str, say: Say) -> str:
    if not text.strip():  # a scanner that read nothing, a file that is not there
        raise CommandError(say("码是空的，什么都没有做"), Exit.WRONG_USE)
    return as_printed(text)


def _id_number(text: str, say: Say) -> str:
    try:
        return read_id_number(text, date.today()).text  # noqa: DTZ011 - births are days where we are
    except CellError as error:
        raise CommandError(say("身份证号写错了，请逐位核对"), Exit.WRONG_USE) from error


def _typed(text: str) -> str:
    """What stands on the command line is seen by others on this computer; standard input is not."""
    return sys.stdin.readline().rstrip("\r\n") if text == "-" else text


def _ms(moment: datetime | None) -> int | None:
    return None if moment is None else int(moment.timestamp() * 1000)


def _note_or_refuse(data: Path, arguments: argparse.Namespace, fact: FactItem, say: Say) -> None:
    try:
        _note(data, arguments, fact)
    except OSError as error:
        words = say("什么都没有设：谁设的，记不到 {} 里（{}）。请看看磁盘满没满、文件夹能不能写")
        raise CommandError(words.format(data / AUDIT_FILE, error.strerror)) from error


def _note(data: Path, arguments: argparse.Namespace, fact: FactItem) -> None:
    """Who did it goes on record first, here and not to the gates. Raises OSError."""
    line = {
        "at_ms": now_ms(),
        "about": fact.about,
        "subject": fact.subject,
        "kind": fact.kind,
        "value": fact.value,
        "by": getattr(arguments, "by", None),
        "second": getattr(arguments, "second", None),
    }
    with open(_audit(data / AUDIT_FILE), "ab", buffering=0) as file:
        before = os.fstat(file.fileno()).st_size
        try:
            _write_all(file, (json.dumps(line, ensure_ascii=False) + "\n").encode())
            os.fsync(file.fileno())
        except OSError:  # half a line would make the next one unreadable
            os.ftruncate(file.fileno(), before)
            raise


def _write_all(file: FileIO, content: bytes) -> None:
    """A disk that is nearly full takes a part; it says that it is full at the rest."""
    while content:
        content = content[file.write(content) :]


def _audit(path: Path) -> int:
    flags = os.O_WRONLY | os.O_APPEND
    try:
        return make_own(path, flags)
    except FileExistsError:
        return os.open(path, flags | os.O_CREAT, 0o600)
