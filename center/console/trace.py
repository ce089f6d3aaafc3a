"""Tracing (溯源): a person's passages over all gates, who was near in time, and who lives with them.

Names are masked until somebody says why they need them; every look is on record.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from starlette.responses import Response

from center.console import looked_for
from center.console.page import ComplaintError, NotHereError, Page
from center.console.policy_words import VERDICTS, WAYS
from center.console.reason_words import REASONS
from center.console.rights import Permission
from center.console.visit import Visit
from center.exporting import csv_lines, moment
from center.store.directory import Known
from center.store.passages import Beside, Passed, is_near
from station.journal.masking import mask_name
from station.sync.items import shared_key

_DAY_MS, _MINUTE_MS = 24 * 3600 * 1000, 60_000
_MOST_FOUND, _MOST_SHOWN = 50, 300
MOST_PASSAGES = 5000  # that are looked at: 160 a day for a month
DAYS, MINUTES = (1, 3, 7, 14, 31), (5, 10, 15, 30, 60)


@dataclass(frozen=True, slots=True)
class Near:
    """Somebody who was near: how often, when last, how close."""

    person_id: str  # empty: nobody knows who it was
    times: int
    last: Passed
    apart_ms: int
    name: str = field(repr=False)
    dwelling: str = field(repr=False)
    same_home: bool = False


def ask(visit: Visit) -> Response:
    """A person is looked for by name, ID number or their id here."""
    words = looked_for.looked_for(visit)
    found = _search(visit, words) if words else []
    if words:
        visit.note("按姓名或证件找人溯源", about=f"{len(found)}")
    return visit.render(
        "trace.html",
        words=words,
        found=[(one, mask_name(one.person.name)) for one in found],
        more=len(found) == _MOST_FOUND,
        days=DAYS,
        minutes=MINUTES,
    )


def look_for(visit: Visit) -> Response:
    return visit.redirect(looked_for.address(visit, "/trace"))


def show(visit: Visit) -> Response:
    person_id, values = _traced(visit)
    visit.note("查了行踪", branch=values["branch"], about=person_id)
    return visit.render("traced.html", **values)


def show_names(visit: Visit) -> Response:
    """The same with names, for a reason that is kept."""
    reason = visit.field("reason", 200)
    person_id, values = _traced(visit, names=bool(reason))
    if not visit.may(Permission.UNMASK):
        raise NotHereError
    if not reason:
        raise ComplaintError("请写清为什么要看姓名")
    visit.note(f"看了行踪里的姓名：{reason}", branch=values["branch"], about=person_id)
    return visit.render("traced.html", **values)


def give_sheet(visit: Visit) -> Response:
    """Who was near, as a table; masked."""
    person_id, values = _traced(visit)
    visit.note("下载了同时段人员表", branch=values["branch"], about=person_id)
    titles = [
        visit.text(one) for one in ("人员编号", "姓名", "住处", "几次", "最近一次", "大门", "最近隔几分钟")
    ]
    rows = (
        (
            one.person_id,
            one.name,
            one.dwelling,
            one.times,
            moment(one.last.at_ms, visit.console.zone),
            one.last.gate,
            one.apart_ms // _MINUTE_MS,
        )
        for one in values["near"]
    )
    return Response(
        b"".join(csv_lines(rows, titles)),
        media_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": 'attachment; filename="near.csv"', "Cache-Control": "no-store"},
    )


def _search(visit: Visit, words: str) -> list[Known]:
    directory, scope = visit.store.directory, visit.scope
    named = directory.fitting(scope, lambda names, *_: names.holding(words.lower()))
    if any(map(str.isdigit, words)):  # everybody is looked through for a number alone
        named |= directory.with_key(shared_key(visit.office.keys.district, "id_number", words.upper()))
    return directory.page(scope, "", _MOST_FOUND, named | {words})


def _traced(visit: Visit, *, names: bool = False) -> tuple[str, dict[str, Any]]:
    """Everything that is known, if this person is of our branches or passed there. Raises NotHereError."""
    person_id = visit.path("traced")
    days, minutes = _chosen(visit, "days", DAYS, 14), _chosen(visit, "minutes", MINUTES, 15)
    known = visit.store.directory.get(visit.scope, person_id)
    since_ms = visit.now_ms - days * _DAY_MS
    passages = visit.store.passages.of_person(
        visit.scope, person_id, since_ms, visit.now_ms + _DAY_MS, MOST_PASSAGES
    )
    if known is None and not passages:
        raise NotHereError
    others = visit.store.passages.near(passages, minutes * _MINUTE_MS)
    home = _home(visit, known)
    near = _near(visit, passages, others, minutes * _MINUTE_MS, home, names=names)
    return person_id, {
        "person_id": person_id,
        "branch": known.branch if known else passages[0].branch,
        "name": _name(known, names=names),
        "dwelling": known.person.dwelling if known and names else "",
        "passages": passages,
        "shown_passages": passages[:_MOST_SHOWN],
        "cut": len(passages) if len(passages) == MOST_PASSAGES else 0,
        "near": near,
        "shown_near": [one for one in near if one.person_id][:_MOST_SHOWN],
        "strangers": sum(not one.person_id for one in near),
        "home": [(one, _name(one, names=names)) for one in home if one.id != person_id],
        "shown_names": names,
        "chosen_days": days,
        "chosen_minutes": minutes,
        "days": DAYS,
        "minutes": MINUTES,
        "verdicts": tuple(VERDICTS.values()),
        "WAYS": WAYS,
        "reason_of": lambda code: visit.text(REASONS[code]) if code in REASONS else code,
    }


def _near(
    visit: Visit,
    passages: Sequence[Passed],
    others: Iterable[Passed],
    within_ms: int,
    home: Sequence[Known],
    *,
    names: bool,
) -> list[Near]:
    """By person, those who live elsewhere and were near most often first; strangers one by one."""
    looked = Beside(passages, within_ms)
    groups: dict[str, list[tuple[int, Passed]]] = {}
    for other in others:
        close = [one for one in looked.candidates(other) if is_near(one, other, within_ms)]
        if close:
            apart = min(abs(one.own_ms - other.own_ms) for one in close)
            groups.setdefault(other.person_id or f"?{other.id.hex()}", []).append((apart, other))
    at_home, person_id = {one.id for one in home}, visit.path("traced")
    found = []
    for key, times in groups.items():
        if key == person_id:
            continue
        known = None if key.startswith("?") else _of_ours(visit, key)
        found.append(
            Near(
                "" if key.startswith("?") else key,
                len(times),
                max((one for _, one in times), key=lambda one: one.at_ms),
                min(apart for apart, _ in times),
                _name(known, names=names),
                known.person.dwelling if known and names else "",
                key in at_home,
            )
        )
    return sorted(found, key=lambda one: (not one.person_id, -one.times, one.apart_ms))


def _of_ours(visit: Visit, person_id: str) -> Known | None:
    return visit.store.directory.get(visit.scope, person_id)


def _home(visit: Visit, known: Known | None) -> list[Known]:
    """Everybody of the same dwelling."""
    if known is None or not known.person.house:
        return []
    return visit.store.directory.living_in(known.branch, known.person.house)


def _name(known: Known | None, *, names: bool) -> str:
    if known is None:
        return ""
    return known.person.name if names else mask_name(known.person.name)


def _chosen(visit: Visit, name: str, choices: Sequence[int], usual: int) -> int:
    said = visit.query(name, 4) or visit.field(name, 4)
    return int(said) if said in {str(one) for one in choices} else usual


PAGES = (
    Page("GET", "/trace", Permission.TRACE, ask, menu="溯源"),
    Page("POST", "/trace", Permission.TRACE, look_for),
    Page("GET", "/trace/{traced}", Permission.TRACE, show),
    Page("POST", "/trace/{traced}/names", Permission.TRACE, show_names),
    Page("GET", "/trace/{traced}/sheet", Permission.TRACE, give_sheet),
)
