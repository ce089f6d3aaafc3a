"""For how long data is kept (数据保留): what will go and when, before it goes; what went, by what rule."""

from __future__ import annotations

from starlette.responses import Response

from center.console import retention_words as words
from center.console.page import ComplaintError, ForbiddenError, Page
from center.console.rights import Permission
from center.console.visit import Visit
from center.erasing import opener
from center.jobs import BusyError, Job, new_id
from center.retention_rules import LEAST_DAYS, MOST_AUDIT_DAYS, MOST_DAYS, Kind
from center.scope import EVERYWHERE


def show(visit: Visit) -> Response:
    keeping, ours = visit.store.keeping, is_whole(visit)
    return visit.render(
        "retention.html",
        days=keeping.days(),
        next_ms=keeping.next_ms(visit.now_ms),
        runs=[(ran, _counted(ran.counts)) for ran in keeping.runs()] if ours else [],
        ours=ours,
        erasures=visit.store.erasures.all(visit.scope),
        kinds=words.KINDS,
        words=words,
        least=LEAST_DAYS,
        most=(MOST_DAYS, MOST_AUDIT_DAYS),
    )


def show_plan(visit: Visit) -> Response:
    """What is counted takes a moment: the page asks for it when it is there. Of the whole center."""
    if not is_whole(visit):
        return visit.unchanged()
    plan = visit.store.keeping.plan(visit.now_ms)
    numbers = [(kind, [counts.get(kind, 0) for counts in (plan.due, plan.soon, plan.held)]) for kind in Kind]
    rows = [
        (words.KINDS[kind][0], *three, *words.HELD.get(kind, ("", "")))
        for kind, three in numbers
        if any(three)
    ]
    return visit.render("retention_plan.html", rows=rows)


def set_days(visit: Visit) -> Response:
    _must_be_whole(visit)
    personal = _number(visit, "personal", LEAST_DAYS, MOST_DAYS)
    audit = _number(visit, "audit", LEAST_DAYS, MOST_AUDIT_DAYS)
    note = visit.make_note("改了保留的天数", branch="", about=f"{personal} {audit}")
    visit.store.keeping.set_days(personal, audit, note)
    return visit.redirect("/retention", "改好了")


def run(visit: Visit) -> Response:
    """Now, and not only tonight; also says that the clock is right."""
    _must_be_whole(visit)
    note, store = visit.make_note("清除了到期的数据", branch=""), visit.store
    takes_out = opener(visit.office.keys)
    try:
        visit.office.jobs.start(
            Job(new_id(), "retention", ""), lambda _: store.keeping.run(note.at_ms, note, opener=takes_out)
        )
    except BusyError as error:
        raise ComplaintError("中心正忙着，请过几分钟再按") from error
    return visit.redirect("/retention", "开始清除了。清完在下面看得到；多的话要几分钟")


def is_whole(visit: Visit) -> bool:
    """Whether this user answers for everything: retention is one for the whole center."""
    return visit.scope.covers(EVERYWHERE)


def _must_be_whole(visit: Visit) -> None:
    if not is_whole(visit):
        raise ForbiddenError


def _counted(counts: object) -> list[tuple[str, int]]:
    found = counts.items() if isinstance(counts, dict) else ()
    return [(words.kind(name), number) for name, number in found if number]


def _number(visit: Visit, name: str, least: int, most: int) -> int:
    typed = visit.field(name, 8)
    if not (typed.isascii() and typed.isdigit() and least <= int(typed) <= most):
        raise ComplaintError("请填 {} 到 {} 的天数", least, most)
    return int(typed)


PAGES = (
    Page("GET", "/retention", Permission.RETENTION, show, menu="数据保留"),
    Page("GET", "/retention/plan", Permission.RETENTION, show_plan, polls=True),
    Page("POST", "/retention/days", Permission.RETENTION, set_days),
    Page("POST", "/retention/run", Permission.RETENTION, run),
)
