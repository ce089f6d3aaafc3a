"""`center case`: calls for help and questions of gates, from a terminal."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

from center.commands.place import Place, now_ms, open_place
from center.result import CommandError, Exit, Say, print_json, print_line
from center.store.case_rows import Case
from center.store.cases import NoCaseError
from station.sync.reports import MOST_LINE

SHORT = 8  # characters of a key that are shown
_WIDE = 200


def list_cases(arguments: argparse.Namespace, say: Say) -> Exit:
    """Exit 1 if there is none."""
    with open_place(arguments, say) as place:
        cases = place.store.cases
        found = cases.all(arguments.branch) if arguments.all else cases.open(arguments.branch)
        names = {row.station: row.name for row in place.store.stations.all()}
    for case in found:
        if arguments.json:
            print_json(_fields(case))
        else:
            print_line(_line(case, names.get(case.station, case.gate), say))
    if not found and not arguments.json:
        print_line(say("没有求助，也没有问题"))
    return Exit.DONE if found else Exit.NEGATIVE


def show(arguments: argparse.Namespace, say: Say) -> Exit:
    with open_place(arguments, say) as place:
        case = _case(place, arguments.key, say)
        lines = place.store.cases.lines(case)
        picture = place.store.cases.picture(case) if arguments.picture else b""
    if arguments.picture:
        _write(arguments.picture, picture, say)
    if arguments.json:
        said = [{"at_ms": one.at_ms, "by": one.by, "text": one.text, "gate": one.from_gate} for one in lines]
        print_json(_fields(case) | {"lines": said})
        return Exit.DONE
    for text in _told(case, say):
        print_line(text)
    for one in lines:
        print_line(f"{_time(one.at_ms)} {one.by}：{one.text}")
    return Exit.DONE


def answer(arguments: argparse.Namespace, say: Say) -> Exit:
    """The gate reads it at once."""
    return _done(
        arguments,
        say,
        lambda place, key: place.store.cases.say(key, arguments.by, _text(arguments, say), now_ms()),
    )


def go(arguments: argparse.Namespace, say: Say) -> Exit:
    return _done(
        arguments, say, lambda place, key: place.store.cases.go(key, arguments.who[:_WIDE], now_ms())
    )


def arrive(arguments: argparse.Namespace, say: Say) -> Exit:
    return _done(arguments, say, lambda place, key: place.store.cases.arrive(key, now_ms()))


def close(arguments: argparse.Namespace, say: Say) -> Exit:
    return _done(
        arguments,
        say,
        lambda place, key: place.store.cases.close(key, arguments.by, _text(arguments, say), now_ms()),
    )


def _done(arguments: argparse.Namespace, say: Say, do: Callable[[Place, str], Case]) -> Exit:
    with open_place(arguments, say) as place:
        key = _case(place, arguments.key, say).address
        try:
            case = do(place, key)
        except NoCaseError as error:
            raise CommandError(say("没有这个编号：{}").format(arguments.key), Exit.NEGATIVE) from error
    if arguments.json:
        print_json(_fields(case))
    else:
        print_line(say("记下了，大门马上看到：{}").format(_state(case.state, say)))
    return Exit.DONE


def _case(place: Place, key: str, say: Say) -> Case:
    case = place.store.cases.get(key.lower())
    if case is None:
        raise CommandError(say("没有这个编号：{}").format(key), Exit.NEGATIVE)
    return case


def _text(arguments: argparse.Namespace, say: Say) -> str:
    text: str = arguments.text.strip()
    if len(text) > MOST_LINE:
        raise CommandError(say("太长了：最多 {} 个字").format(MOST_LINE), Exit.WRONG_USE)
    return text


def _write(to: Path, picture: bytes, say: Say) -> None:
    if not picture:
        raise CommandError(say("这次没有照片"), Exit.NEGATIVE)
    try:
        to.write_bytes(picture)
    except OSError as error:
        raise CommandError(say("文件读写不了：{}").format(to), Exit.NEGATIVE) from error


def _fields(case: Case) -> dict[str, Any]:
    lane = case.said.lane
    return {
        "key": case.key,
        "gate": case.gate,
        "branch": case.branch,
        "kind": case.kind,
        "what": case.what,
        "state": case.state,
        "at_ms": case.at_ms,
        "received_ms": case.received_ms,
        "answered_ms": case.answered_ms,
        "arrived_ms": case.arrived_ms,
        "closed_ms": case.closed_ms,
        "owner": case.owner,
        "going": case.going,
        "about": case.said.about,
        "entry": lane.entry,
        "picture": case.has_picture,
    }


def _line(case: Case, name: str, say: Say) -> str:
    parts = (case.key[:SHORT], _time(case.received_ms), name, _kind(case, say), _state(case.state, say))
    return "  ".join(part for part in (*parts, case.said.about) if part)


def _told(case: Case, say: Say) -> list[str]:
    lane = case.said.lane
    told = [
        _line(case, case.gate, say),
        say("大门记录第 {} 条：{}").format(lane.entry, lane.verdict) if lane.entry else "",
        say("设备：{}").format("，".join(f"{name} {state}" for name, state in lane.devices)),
        case.said.text,
    ]
    return [text for text in told if text]


def _kind(case: Case, say: Say) -> str:
    kinds = {"whistle": say("吹哨"), "question": say("问中心"), "request": say("居民求助")}
    needs = {
        "fever": say("有人发烧"),
        "quarrel": say("起冲突"),
        "fainted": say("有人晕倒"),
        "device": say("设备坏了"),
        "not_listed": say("名单上没有"),
        "code": say("码看不懂"),
        "colour": say("颜色对不上"),
        "papers": say("证明不认得"),
        "moving": say("隔离的人要进出"),
    }
    return " ".join(part for part in (kinds.get(case.kind, case.kind), needs.get(case.what, "")) if part)


def _state(state: str, say: Say) -> str:
    states = {
        "new": say("没人管"),
        "answered": say("答复了"),
        "going": say("在路上"),
        "arrived": say("到了"),
        "closed": say("办完了"),
    }
    return states.get(state, state)


def _time(at_ms: int) -> str:
    return datetime.fromtimestamp(at_ms / 1000).astimezone().strftime("%m-%d %H:%M:%S")
