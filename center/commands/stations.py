"""`center station`: codes for gates, the gates, and gates that are no longer ours."""

from __future__ import annotations

import argparse
import io
from datetime import UTC, datetime

import msgspec
import segno

from center.addresses import best_address
from center.cli import DEFAULT_PORT
from center.commands.place import SERVING_FILE, Place, Serving, may_begin, now_ms, open_place
from center.enrolment import CODE_LIFE, make_code
from center.result import CommandError, Exit, Say, print_json, print_line
from center.stick_news import came_by_stick
from center.store import GateRow, StationRow
from station.core.model import DeviceKind
from station.sync.onetime import write_link

_DEVICES = frozenset(kind.value for kind in DeviceKind)


def add(arguments: argparse.Namespace, say: Say) -> Exit:
    """A one-time code, to type at the gate or to hold before its camera."""
    name = arguments.name.strip()
    if not name or len(name) > 60:
        raise CommandError(say("请给大门起个名字，60 个字以内"), Exit.WRONG_USE)
    with open_place(arguments, say, begins=may_begin(arguments)) as place:
        url = arguments.url or _url(place)
        now = now_ms()
        gate = arguments.gate or name
        code = make_code(place.store, place.keys, name=name, gate=gate, branch=arguments.branch, now_ms=now)
    until = datetime.fromtimestamp(now / 1000, UTC) + CODE_LIFE
    link = write_link(url, code)
    if arguments.json:
        print_json({"name": name, "url": url, "code": code, "expires_at": until.isoformat(), "link": link})
        return Exit.DONE
    print_line(
        say("{} 的一次性码，{} 前有效，只能用一次：").format(name, until.astimezone().strftime("%H:%M"))
    )
    print_line(f"\n    {code}\n")
    print_line(say("在大门上：管理（F10）→ 中心，填地址 {} 和这个码").format(url))
    print_line(say("或者在大门的电脑上运行（没有装、从文件夹运行的，station 换成 ./run）："))
    print_line(f"    station enrol {url} {code}\n")
    print_line(say("或者让大门的摄像头看这个码："))
    print_line(terminal_qr(link))
    return Exit.DONE


def list_all(arguments: argparse.Namespace, say: Say) -> Exit:
    """The gates. Exit 1 if there is none."""
    with open_place(arguments, say) as place:
        gates = place.store.contacts.overview()
    for gate in gates:
        if arguments.json:
            print_json(_fields(gate))
        else:
            print_line(_line(gate, say))
    if not gates and not arguments.json:
        print_line(say("还没有大门。加一个：center station add 东门"))
    return Exit.DONE if gates else Exit.NEGATIVE


def revoke(arguments: argparse.Namespace, say: Say) -> Exit:
    """Take the enrolment of one gate back."""
    with open_place(arguments, say) as place:
        row = one_station(place.store.stations.all(), arguments.name, say)
        place.store.stations.revoke(row.station, now_ms())
    if arguments.json:
        print_json({"station": row.station.hex(), "name": row.name, "revoked": True})
    else:
        print_line(say("{} 不再收到名单；它的记录照收。要恢复就重新加：center station add").format(row.name))
    return Exit.DONE


def terminal_qr(text: str) -> str:
    """A QR code of half blocks, light on dark or dark on light."""
    picture = io.StringIO()
    segno.make(text, error="m", micro=False).terminal(picture, compact=True)
    return picture.getvalue()


def clock_words(gate: GateRow) -> str:
    """+3 s: the gate's clock is so far ahead."""
    return f"{round(-gate.offset_ms / 1000):+d} s"


def moment_words(ms: int) -> str:
    """By the clock on this wall."""
    return datetime.fromtimestamp(ms / 1000, UTC).astimezone().strftime("%m-%d %H:%M")


def _url(place: Place) -> str:
    """Where the center serves, by the address that this host has now."""
    path = place.data / SERVING_FILE
    try:
        serving = msgspec.json.decode(path.read_bytes(), type=Serving)
    except (OSError, msgspec.DecodeError):
        serving = Serving(f"https://localhost:{DEFAULT_PORT}", looked_up=True)
    if not serving.looked_up:
        return serving.url
    scheme, _, rest = serving.url.partition("://")
    host = best_address()
    return f"{scheme}://{f'[{host}]' if ':' in host else host}:{rest.rpartition(':')[2]}"


def devices(gate: GateRow) -> list[tuple[str, str]]:
    """What the gate said of its devices in its last hello: name and state."""
    return [(name, state) for name, state in gate.state if name.partition(" ")[0] in _DEVICES]


def troubled(gate: GateRow, say: Say) -> list[str]:
    """Devices that do not work, in words. That a gate has none of a kind is its own affair."""
    words = {"lost": say("断了"), "silent": say("没有数据"), "searching": say("还没找到")}
    kinds = {"camera": say("摄像头"), "thermometer": say("测温仪"), "scanner": say("扫码器")}
    kinds |= {"barrier": say("道闸"), "sound": say("喇叭")}
    found = []
    for name, state in devices(gate):
        kind, _, model = name.partition(" ")
        if state.partition(" ")[0] in words:
            found.append(f"{kinds[kind]} {model} {words[state.partition(' ')[0]]}")
    return found


def one_station(rows: list[StationRow], name: str, say: Say) -> StationRow:
    """The one station that is meant: by its name, or the first digits of its id."""
    named = [row for row in rows if row.name == name]
    found = named or [row for row in rows if len(name) >= 4 and row.station.hex().startswith(name.lower())]
    if len(found) != 1:
        words = (
            say("有 {} 个大门叫 {}，请写编号的前几位：center station list")
            if found
            else say("没有这个大门：{1}")
        )
        raise CommandError(words.format(len(found), name), Exit.NEGATIVE)
    return found[0]


def _fields(gate: GateRow) -> dict[str, object]:
    seen, stick = (
        None if ms is None else datetime.fromtimestamp(ms / 1000, UTC).isoformat()
        for ms in (gate.seen_ms, came_by_stick(gate))
    )
    return {
        "station": gate.station.hex(),
        "name": gate.name,
        "gate": gate.gate,
        "branch": gate.branch or None,
        "revoked": bool(gate.revoked),
        "seen_at": seen,
        "stick_at": stick,
        "offset_ms": None if gate.seen_ms is None else gate.offset_ms,
        "pending": gate.pending,
        "stored": gate.stored,
        "archived": gate.archived,
        "quarantined": gate.quarantined,
        "forks": gate.forks,
        "app": gate.app or None,
        "alarms": list(gate.alarms),
        "devices": dict(devices(gate)),
    }


def _line(gate: GateRow, say: Say) -> str:
    if gate.revoked:
        state = say("已撤销")
    elif (stick_ms := came_by_stick(gate)) is not None:
        state = say("没有网，{} 送来过 U 盘").format(moment_words(stick_ms))
    elif gate.seen_ms is None:
        state = say("还没来过")
    else:
        seen = moment_words(gate.seen_ms)
        state = say("{} 来过，钟差 {}").format(seen, clock_words(gate))
    words = say("{}  {}  记录 {}，已备份 {}，待查 {}").format(
        gate.name, state, gate.stored, gate.archived, gate.quarantined
    )
    pressing = [*gate.alarms, *troubled(gate, say)]
    return f"{gate.station.hex()[:8]}  {words}" + (f"  ! {'，'.join(pressing)}" if pressing else "")
