"""A district on a bad day: long and hostile names, many of everything.

`fill` adds to a `District`, so that every page of `pages.PAGES` has much to show: for pictures, and for what
must hold of every page.
"""

from __future__ import annotations

import random
from datetime import UTC, datetime, timedelta

import msgspec

from center.console import passwords
from center.store import Contact
from center.store.health import Event
from center.store.users import Grant
from station.core.checklist import read_lines
from station.core.entry import ReasonPart
from station.core.model import ReasonCode
from station.sync.items import NoticeItem, PersonItem, TaskItem, shared_key
from station.sync.reports import (
    CaseReport,
    DutyReport,
    Lane,
    LookbackReport,
    NoticeRead,
    Report,
    encode_body,
)
from tests.center.console.browser import PASSWORD
from tests.center.console.district import FIRST, SECOND, District
from tests.center.console.ill import say
from tests.center.console.roster import add_person
from tests.center.gate import Gate, record
from tests.center.office import QUICK_HASHER

HOSTILE = "<img src=x onerror=document.title='owned'><script>document.title='owned'</script>"
UNBROKEN = "W" * 60
LONG_GATE = "幸福社区第十八网格地下车库人行东门（临时，夜里不开）"
NAMES = (
    "阿卜杜热西提·买买提艾力·阿不都克里木",
    HOSTILE,
    UNBROKEN[:40],
    "欧阳娜娜",
    "王建国",
    "李秀英",
    "张伟",
    "刘洋",
)
FLAT_ROOMS = 4
WORST = (ReasonPart(ReasonCode.ISOLATED_LEAVING.value, 2), ReasonPart(ReasonCode.TEMPERATURE_HIGH.value, 2))


def fill(district: District) -> None:
    """Much of everything in the first branch."""
    people = add_people(district)
    add_health(district, people)
    add_passages(district, people)
    district.ids["traced"].append(people[0])
    add_cases(district)
    add_rota(district)
    add_pushed(district)
    for number, name in enumerate((HOSTILE, UNBROKEN)):
        kept = passwords.kept(PASSWORD, QUICK_HASHER)
        grants = [Grant(FIRST, "viewer")]
        store, ms = district.center.store.users, district.center.clocks.ms
        store.add(f"long-{number}", shown=name, password=kept, grants=grants, now_ms=ms, must_change=False)
    stations = district.center.store.stations
    stations.place(district.first.station, name=LONG_GATE, gate=LONG_GATE, branch=FIRST)


def crowd(district: District, count: int, places: int = 20) -> None:
    """More gates, most of them well."""
    chance, ms = random.Random(3), district.center.clocks.ms
    for number in range(10, 10 + count):
        branch = (
            f"{FIRST}/第{number % places}社区"
            if places < 100
            else f"{SECOND}/第{number % 12}村/第{number % places}网格"
        )
        gate = district.center.know(Gate(number), branch)
        name = f"{number % places}社区{chance.choice('东南西北')}门"
        district.center.store.stations.place(gate.station, name=name, gate=name, branch=branch)
        silent_ms = chance.choice([0] * 20 + [700_000])
        pending = chance.choice([0] * 9 + [80])
        contact = Contact(gate.station, ms - silent_ms, 0, 20, "0.1", 1, "b", "f", pending)
        district.center.store.contacts.keep(contact)


def add_people(district: District) -> list[str]:
    """Their ids; four to a flat."""
    key = district.center.keys.district
    found: list[str] = []
    for number in range(130):
        flat = f"{1 + number // 40}-{1 + number // 20 % 2}-{101 + number // FLAT_ROOMS}"
        person = PersonItem(
            "resident",
            f"{NAMES[number % len(NAMES)]}",
            flat,
            phones=(f"1380000{number:04}",),
            house=shared_key(key, "dwelling", flat),
            guardians=(found[-1],) if number % 5 == 4 else (),
        )
        found.append(add_person(district.center, f"{5000 + number:032x}", FIRST, person))
    return found


def add_health(district: District, people: list[str]) -> None:
    """Colours that changed before 07:30, isolations of which some are late, one card with a history."""
    store, now = district.center.store, district.center.clocks.ms
    district.center.clocks.ms = now - 8 * 3600_000
    for number, person in enumerate(people[:24]):
        say(store, person, "colour", ("red", "yellow", "green")[number % 3], now - 10 * 3600_000)
    for number, person in enumerate(people[8:20]):
        say(
            store,
            person,
            "isolation",
            ("isolation", "close_contact")[number % 2],
            now - 86_400_000,
            now + 6 * 86_400_000,
        )
    district.center.clocks.ms = now
    store.following.step(now - 7 * 3600_000)
    for number, text in enumerate(("送了三天的菜。" * 30, UNBROKEN * 3, HOSTILE)):
        event = Event(text, 36.4 + number / 2, value=("negative", "", "positive")[number])
        store.health.add(
            district.ids["isolated"][-1], "visit", event, who="duty", at_ms=now - number * 3600_000
        )


def add_passages(district: District, people: list[str]) -> None:
    """Of known people, two of whom were often near each other; one leaves isolation, one has a fever."""
    gate, now = district.first, district.center.clocks.ms
    first, begin = len(gate.records) + 1, district.center.clocks.ms - 7_200_000
    for number in range(120):
        who = people[(number * 7) % 40 if number % 3 else number % 2]
        stopped = number % 11 == 0
        fields = {
            "person_id": who,
            "severity": 2 if stopped else int(number % 6 == 5),
            "reasons": WORST
            if stopped
            else (ReasonPart(ReasonCode.PERSON_UNKNOWN.value, 1),) * int(number % 6 == 5),
            "direction": ("in", "out")[number % 2],
        }
        gate.records.append(
            record(len(gate.records) + 1, begin + number * 50_000 - 1000 * (len(gate.records) + 1), **fields)
        )
    district.push(gate, first)
    told = [
        LookbackReport(
            now, people[0], "colour red", now - 2 * 86_400_000, (b"1" * 16,), 40, 17, (people[0], people[1])
        ),
        LookbackReport(
            now - 9, people[7], "isolation close_contact", now - 86_400_000, passages=3, seen_ms=now - 5
        ),
        LookbackReport(now - 10, "f" * 32, "colour yellow, test positive", None),
    ]
    give(district, gate, "lookback", *told)
    district.center.store.following.step(now)


def give(district: District, gate: Gate, kind: str, *bodies: msgspec.Struct) -> None:
    """Reports of a gate, as it would send them."""
    ms, row = district.center.clocks.ms, district.center.store.stations.get(gate.station)
    assert row is not None
    told = [
        Report(f"{kind}{number}".encode().ljust(16, b"-")[:16], kind, 1, ms, encode_body(body))
        for number, body in enumerate(bodies)
    ]
    district.center.store.reports.take(gate.station, row.branch, told, ms)


def add_cases(district: District) -> None:
    """Whistles with lines and a picture, in each state; the newest is what pictures show."""
    store, ms = district.center.store, district.center.clocks.ms
    lane = Lane(gate=LONG_GATE, lane="1", waiting="欧*娜")
    give(
        district,
        district.first,
        "case",
        CaseReport(
            "whistle",
            ms - 3_600_000,
            "quarrel",
            "两个人不肯量体温，吵起来了，后面排了二十多个人",
            "请来人",
            lane,
            by="7",
        ),
        CaseReport(
            "question",
            ms - 600_000,
            "not_listed",
            HOSTILE[:100],
            "说住 3-2-501 " + UNBROKEN,
            lane,
            by="王建国",
        ),
        CaseReport("whistle", ms, "fever", "体温 38.4", "请来人", lane, by="7"),
    )
    opened = [case.key for case in store.cases.open("")]
    store.cases.say(opened[0], "duty", "马上到。" * 20, ms)
    store.cases.say(opened[0], "duty", UNBROKEN, ms)
    store.cases.assign(opened[1], "duty", ms)
    for number in range(12):
        key = store.cases.begin(FIRST, CaseReport("request", ms, "food", f"买菜 {number}"), ms).key
        if number % 3 == 0:
            store.cases.close(key, "duty", "送到了", ms)


def add_rota(district: District) -> None:
    """Two weeks with gaps, people on duty with a checklist."""
    store, now = district.center.store, datetime.fromtimestamp(district.center.clocks.ms / 1000, UTC)
    made = [
        (now + timedelta(hours=8 * number + 2), now + timedelta(hours=8 * number + 10), 2)
        for number in range(24)
    ]
    store.rota.add(FIRST, LONG_GATE, made, "党员先锋岗")
    for number, planned in enumerate(store.rota.all(district.center.clocks.ms)):
        for name in NAMES[3 : 3 + number % 3]:
            if planned.shift.missing:
                store.rota.sign_up(planned.key, name, now)
    ms = district.center.clocks.ms
    district.write_list(
        FIRST, f"{UNBROKEN[:40]} | {UNBROKEN}\n{HOSTILE[:40]}\n查体温枪电池，没电马上换，旧电池交回"
    )
    texts = [one.id for one in read_lines(f"{UNBROKEN[:40]}\n{HOSTILE[:40]}", ())]
    points = (
        ("open/protected", ms, "7"),
        *((f"open/{one}", None, "") for one in texts),
        (UNBROKEN, None, ""),
    )
    give(
        district,
        district.first,
        "duty",
        DutyReport(ms - 3600_000, ("王建国", NAMES[0]), None, LONG_GATE, "1", "", points),
    )


def add_pushed(district: District) -> None:
    """Notices and tasks with long texts; one that was read."""
    ms = district.center.clocks.ms
    notice = district.put(
        "notice", NoticeItem(ms, "今天下午三点起只认 48 小时核酸" * 3, "详细说明。" * 60, urgent=True), FIRST
    )
    district.put("notice", NoticeItem(ms, HOSTILE, UNBROKEN * 4), FIRST)
    district.put("task", TaskItem(ms, "把 3 号楼的隔离围挡补好，拍照发群里。" * 8, ms - 60_000), FIRST)
    give(district, district.first, "notice_read", NoticeRead(notice, ms, "王建国"))
