"""The summary of 07:30 (健康码预警通知): whose colour changed, who must be told, who has been."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from starlette.responses import Response

from center.console import health_words, moments
from center.console.page import ComplaintError, NotHereError, Page
from center.console.rights import Permission, Role
from center.console.someone import people_of, shown, why
from center.console.visit import Visit, hex_bytes
from center.scope import EVERYWHERE, is_within
from center.store.colours import ColourChange
from center.store.users import UserRow

AT = time(7, 30)
PAGE = 200


@dataclass(frozen=True, slots=True)
class Period:
    """From 07:30 of the day before to 07:30 of `day`."""

    day: date
    since_ms: int
    until_ms: int

    def is_over(self, now_ms: int) -> bool:
        return now_ms >= self.until_ms


def show(visit: Visit) -> Response:
    return _page(visit, bare=False)


def show_names(visit: Visit) -> Response:
    """The same with names and telephones, to go round with. On record, with the reason."""
    reason = why(visit)
    visit.note("看了预警名单的姓名和电话", about=f"{visit.field('day', 10)} {reason}")
    return _page(visit, bare=True)


def tell(visit: Visit) -> Response:
    """Ticked off: they have been told; or not after all."""
    change = visit.store.colours.get(visit.scope, visit.id_bytes("change"))
    if change is None:
        raise NotHereError
    told = visit.field("told", 1) != "0"
    note = visit.make_note(
        "通知了健康码变化" if told else "改回了没通知", branch=change.branch, about=change.id.hex()
    )
    visit.store.colours.tell(change, visit.who, visit.now_ms, note, told=told)
    day = period_of(visit, change.noticed_ms).day
    return visit.redirect(f"/colours?day={day}", "记下了：通知到了" if told else "改回来了：还没通知")


def period_of(visit: Visit, ms: int) -> Period:
    """The period that this moment falls into: it ends with the next 07:30."""
    moment = moments.at(ms, visit.console.zone) or moments.at(visit.now_ms, visit.console.zone)
    assert moment is not None
    day = moment.date() + timedelta(days=1 if moment.timetz().replace(tzinfo=None) >= AT else 0)
    return period(visit, day)


def period(visit: Visit, day: date) -> Period:
    """Of the summary of this day."""
    ends = datetime.combine(day, AT, visit.console.zone)
    begins = datetime.combine(day - timedelta(days=1), AT, visit.console.zone)
    return Period(day, int(begins.timestamp() * 1000), int(ends.timestamp() * 1000))


def _page(visit: Visit, *, bare: bool) -> Response:
    asked = visit.field if bare else visit.query
    chosen = _chosen(visit, asked("day", 10))
    branch, after = asked("branch"), _place(asked("after", 60))
    changes = visit.store.colours.between(
        visit.scope,
        chosen.since_ms,
        chosen.until_ms,
        branch=branch or None,
        after=after,
        most=PAGE,
    )
    people = people_of(visit, [one.person for one in changes])
    return visit.render(
        "colours.html",
        period=chosen,
        is_over=chosen.is_over(visit.now_ms),
        before=chosen.day - timedelta(days=1),
        later=chosen.day + timedelta(days=1),
        counts=visit.store.colours.counts(visit.scope, chosen.since_ms, chosen.until_ms),
        branch=branch,
        groups=_groups(changes),
        shown={one.id: shown(people.get(one.person), people, bare=bare) for one in changes},
        officers=_officers(visit, {one.branch for one in changes}),
        next=f"{changes[-1].noticed_ms}-{changes[-1].id.hex()}" if len(changes) == PAGE else "",
        is_part=after is not None or len(changes) == PAGE,
        bare=bare,
        words=health_words,
        may_look=visit.may(Permission.UNMASK),
        may_import=visit.may(Permission.CHANGE_PEOPLE),
    )


def _chosen(visit: Visit, typed: str) -> Period:
    """The day that was asked for, or the last summary that is complete. Raises ComplaintError."""
    if not typed:
        return period(visit, period_of(visit, visit.now_ms).day - timedelta(days=1))
    try:
        day = date.fromisoformat(typed)
    except ValueError as error:
        raise ComplaintError("日期写成这样：2022-04-01") from error
    if not 2000 <= day.year < 3000:
        raise ComplaintError("日期写成这样：2022-04-01")
    return period(visit, day)


def _place(typed: str) -> tuple[int, bytes] | None:
    """Where a page goes on. Raises NotHereError."""
    if not typed:
        return None
    at_ms, _, id = typed.partition("-")
    if not at_ms.isascii() or not at_ms.isdigit():
        raise NotHereError
    return int(at_ms[:15]), hex_bytes(id)


def _groups(changes: list[ColourChange]) -> list[tuple[str, list[ColourChange]]]:
    """By community; the worst colour first, and who has not been told."""
    groups: dict[str, list[ColourChange]] = {}
    for one in changes:
        groups.setdefault(one.branch, []).append(one)
    order = {"red": 0, "yellow": 1, "": 2, "green": 3}
    for some in groups.values():
        some.sort(key=lambda one: (one.told_ms is not None, order.get(one.after, 1), one.noticed_ms))
    return sorted(groups.items())


def _officers(visit: Visit, branches: set[str]) -> dict[str, list[str]]:
    """Who is on duty for a community, of those that we may know: the nearest, by branch."""
    duty = [one for one in visit.store.users.all(EVERYWHERE) if one.disabled_ms is None]
    return {branch: _nearest(visit, duty, branch) for branch in branches}


def _nearest(visit: Visit, users: list[UserRow], branch: str) -> list[str]:
    found = [
        (len(grant.branch), user.shown)
        for user in users
        for grant in user.grants
        if grant.role == Role.DUTY and is_within(branch, grant.branch) and visit.scope.holds(grant.branch)
    ]
    nearest = max((length for length, _ in found), default=0)
    return sorted({name for length, name in found if length == nearest})


PAGES = (
    Page("GET", "/colours", Permission.PEOPLE, show, menu="健康码", of_gate=True),
    Page("POST", "/colours/names", Permission.UNMASK, show_names),
    Page("POST", "/colours/{change}/told", Permission.ACT, tell),
)
