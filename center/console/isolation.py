"""Who is isolated at home, who has not checked in (每日打卡), and one health card (健康卡) for each."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from starlette.responses import Response

from center.console import health_words, moments
from center.console.checkin import LINK, read_temperature
from center.console.notices import branch_typed
from center.console.page import ComplaintError, NotHereError, Page
from center.console.rights import Permission
from center.console.someone import people_of, shown, why
from center.console.visit import Visit
from center.store.health import Event
from center.store.isolations import Isolated, minute_for

PAGE = 100
_COUNTED_S = 5.0
_DAY_MS = 24 * 3600_000
_LINK_DAYS = 30  # of an isolation without an end


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the card, from wherever it is known."""

    at_ms: int
    kind: str
    who: str = ""
    event: Event = field(default=Event(), repr=False)
    said: str = field(default="", repr=False)


def show_all(visit: Visit) -> Response:
    """Those who have not checked in today by default, with the late ones marked; or everybody."""
    everybody, after = visit.query("show", 10) == "all", visit.query("after", 80)
    begin_ms, _ = moments.day_of(visit.now_ms, visit.console.zone)
    some = visit.store.isolations.some(
        visit.scope,
        visit.now_ms,
        since_ms=None if everybody else begin_ms,
        after=after,
        most=PAGE,
    )
    minutes = visit.store.isolations.minutes()
    people = people_of(visit, [one.person for one in some])
    late = {one.person for one in some if _is_late(one, minutes, begin_ms, visit.now_ms)}
    return visit.render(
        "isolation.html",
        some=sorted(some, key=lambda one: (one.person not in late, one.branch)),
        late=late,
        everybody=everybody,
        count=_count(visit),
        shown={one.person: shown(people.get(one.person)) for one in some},
        next=some[-1].person if len(some) == PAGE else "",
        is_part=bool(after) or len(some) == PAGE,
        hours=_hours(visit, minutes),
        own=visit.scope.branches[0],
        may_set=visit.may(Permission.ACT),
        words=health_words,
    )


def _count(visit: Visit) -> int:
    """How many are isolated: counted once for all who look in the same moment."""
    isolations, scope = visit.store.isolations, visit.scope
    key = ("isolated", scope.branches)
    return visit.console.recent.get(
        key, visit.office.mono(), _COUNTED_S, lambda: isolations.count(scope, visit.now_ms)
    )


def set_hour(visit: Visit) -> Response:
    """By when everybody of a branch has checked in."""
    branch = branch_typed(visit, visit.field("branch"))
    hour, _, minute = visit.field("by", 5).partition(":")
    if not (hour.isdecimal() and minute.isdecimal() and int(hour) < 24 and int(minute) < 60):
        raise ComplaintError("时间写成这样：10:00")
    note = visit.make_note("改了打卡的时间", branch=branch, about=f"{hour}:{minute}")
    visit.store.isolations.set_minute(branch, int(hour) * 60 + int(minute), note)
    return visit.redirect("/isolation", "记下了，过了这个时间没打卡的会列出来")


def show(visit: Visit) -> Response:
    return _card(visit, bare=False)


def show_bare(visit: Visit) -> Response:
    """With name and telephone. On record, with the reason."""
    person, branch = whose(visit)
    reason = why(visit)
    visit.note("看了健康卡的姓名和电话", branch=branch, about=f"{person} {reason}")
    return _card(visit, bare=True)


def write(visit: Visit) -> Response:
    """A visit, a call, a temperature, a test, a remark."""
    person, branch = whose(visit)
    kind, text = visit.field("kind", 20), visit.long_field("text", 2000)
    typed = visit.field("temperature", 10)
    temperature_c = read_temperature(typed) if typed else None
    value = visit.field("test", 20)
    if kind not in health_words.TYPED_LINES or value not in (*health_words.TESTS, ""):
        raise ComplaintError("请选记的是哪一种")
    if not text and temperature_c is None and not value:
        raise ComplaintError("请写一句话，或者填体温、核酸结果")
    event = Event(text, temperature_c, value=value)
    note = visit.make_note("记了健康卡", branch=branch, about=person)
    visit.store.health.add(person, kind, event, who=visit.who, at_ms=visit.now_ms, note=note)
    return visit.redirect(f"/isolation/{person}", "记到健康卡上了")


def make_link(visit: Visit) -> Response:
    """A personal link for the daily check-in; the ones before it are closed."""
    person, branch = whose(visit)
    isolated = visit.store.isolations.get(visit.scope, person, visit.now_ms)
    if isolated is None:
        raise ComplaintError("这个人现在没有隔离，不用打卡")
    _close_links(visit, person)
    secret = visit.store.links.make(
        LINK,
        branch,
        about=person,
        expires_ms=isolated.until_ms or visit.now_ms + _LINK_DAYS * _DAY_MS,
        now_ms=visit.now_ms,
        note=visit.make_note("开了打卡链接", branch=branch, about=person),
    )
    address = f"{visit.request.url.scheme}://{visit.request.url.netloc}/checkin/{secret}"
    return visit.render("checkin_link.html", address=address, person=person)


def close_link(visit: Visit) -> Response:
    person, _ = whose(visit)
    _close_links(visit, person)
    return visit.redirect(f"/isolation/{person}", "打卡链接不能用了")


def _close_links(visit: Visit, person: str) -> None:
    for link in visit.store.links.all_open(LINK, visit.scope, visit.now_ms, about=person):
        note = visit.make_note("关了打卡链接", branch=link.branch, about=person)
        visit.store.links.revoke(visit.scope, link.id, visit.now_ms, note)


def whose(visit: Visit) -> tuple[str, str]:
    """Somebody who has a card, and their branch. Raises NotHereError."""
    person = visit.path("isolated")
    branch = visit.store.isolations.branch_of(visit.scope, person)
    if branch is None:
        raise NotHereError
    return person, branch


def _card(visit: Visit, *, bare: bool) -> Response:
    person, branch = whose(visit)
    before_ms = None if bare else visit.query_ms("before")
    lines = sorted(_lines(visit, person, before_ms), key=lambda line: -line.at_ms)[:PAGE]
    people = people_of(visit, [person])
    return visit.render(
        "health_card.html",
        person=person,
        branch=branch,
        isolated=visit.store.isolations.get(visit.scope, person, visit.now_ms),
        shown=shown(people.get(person), people, bare=bare),
        bare=bare,
        lines=lines,
        next=lines[-1].at_ms if len(lines) == PAGE else None,
        links=visit.store.links.all_open(LINK, visit.scope, visit.now_ms, about=person),
        sensors=[one for one in visit.store.doors.of(person) if one.revoked_ms is None],
        words=health_words,
        may_act=visit.may(Permission.ACT, branch),
        may_look=visit.may(Permission.UNMASK, branch),
    )


def _lines(visit: Visit, person: str, before_ms: int | None) -> Iterator[Line]:
    """Everything that is known of somebody's health, from all who told it."""
    before = 2**62 if before_ms is None else before_ms
    for line in visit.store.health.card(person, before_ms=before_ms, most=PAGE):
        yield Line(line.at_ms, line.kind, line.who, line.event)
    for alarm in visit.store.alarms.of(person):
        if alarm.at_ms < before:
            where = alarm.gate if visit.scope.holds(alarm.branch) else visit.text("别的街道的大门")
            yield Line(alarm.at_ms, "gate", alarm.seen_by, Event(alarm.said), where)
    for change in visit.store.colours.of(person):
        if change.as_of_ms < before:
            was, now = (
                visit.text(health_words.COLOURS.get(one, one)) for one in (change.before, change.after)
            )
            yield Line(change.as_of_ms, "colour", said=f"{was} → {now}")
    for back in visit.store.reports.of("lookback", "person_id", person):
        if back.at_ms < before:
            said = visit.text("回溯 {} 次进出，旁边 {} 人次，还在里面 {} 人", *_counts(back.body))
            yield Line(back.at_ms, "lookback", said=said)


def _counts(body: Any) -> tuple[int, int, int]:
    return body.passages, body.beside, len(body.still_inside)


def _is_late(one: Isolated, minutes: dict[str, int], begin_ms: int, now_ms: int) -> bool:
    """Whether they should have checked in today by now, and have not."""
    due_ms = begin_ms + minute_for(minutes, one.branch) * 60_000
    checked = one.checkin_ms is not None and one.checkin_ms >= begin_ms
    return not checked and now_ms >= due_ms and one.since_ms < due_ms


def _hours(visit: Visit, minutes: dict[str, int]) -> list[tuple[str, str]]:
    """(branch, time) of what holds in ours."""
    ours = {one for one in minutes if visit.scope.holds(one)} | set(visit.scope.branches)
    return [
        (one, f"{minute_for(minutes, one) // 60:02}:{minute_for(minutes, one) % 60:02}")
        for one in sorted(ours)
    ]


PAGES = (
    Page("GET", "/isolation", Permission.PEOPLE, show_all, menu="隔离", of_gate=True),
    Page("POST", "/isolation/hour", Permission.ACT, set_hour, ids=("branch",)),
    Page("GET", "/isolation/{isolated}", Permission.PEOPLE, show, of_gate=True),
    Page("POST", "/isolation/{isolated}/names", Permission.UNMASK, show_bare),
    Page("POST", "/isolation/{isolated}/lines", Permission.ACT, write),
    Page("POST", "/isolation/{isolated}/link", Permission.ACT, make_link),
    Page("POST", "/isolation/{isolated}/link/close", Permission.ACT, close_link),
)
