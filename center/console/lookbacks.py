"""Look-backs of the gates (回溯): whose passages a gate looked at again when a fact of theirs changed."""

from __future__ import annotations

from starlette.responses import Response

from center.console import health_words
from center.console.page import Page
from center.console.people_words import FACT_KINDS, FACT_VALUES
from center.console.rights import Permission
from center.console.someone import people_of, shown
from center.console.visit import Visit
from center.scope import place_of

_DAY_MS = 24 * 3600_000
DAYS = 14  # so long a gate's look-back concerns anybody
MOST = 200


def show_all(visit: Visit) -> Response:
    """Those of our gates, the ones that a gate has not finished first."""
    gates = {gate.station: gate for gate in visit.store.gates.overview(visit.scope)}
    since_ms = visit.now_ms - DAYS * _DAY_MS
    ours, every, unfinished = visit.store.reports.lookbacks(gates.keys(), since_ms, MOST)
    people = people_of(visit, [one.body.person_id for one in ours])
    in_scope = {id: one for id, one in people.items() if visit.scope.holds(one.branch)}
    cards = {id for id in in_scope if visit.store.isolations.branch_of(visit.scope, id) is not None}
    return visit.render(
        "lookbacks.html",
        rows=[(one.body, gates[one.station], shown(in_scope.get(one.body.person_id))) for one in ours],
        open=unfinished,
        more=every - len(ours),
        cards=cards,
        may_trace=visit.may(Permission.TRACE),
        known=set(in_scope),
        cause_words=lambda cause: cause_words(visit, cause),
        place_of=place_of,
        days=DAYS,
    )


def cause_words(visit: Visit, cause: str) -> str:
    """ "colour red, test positive" as people say it; what a newer gate says stays as it came."""
    said = []
    for fact in cause.split(", ") if cause else []:
        kind, _, value = fact.partition(" ")
        values = (
            health_words.COLOURS
            if kind == "colour"
            else health_words.TESTS
            if kind == "test"
            else FACT_VALUES
        )
        words = values.get(value, FACT_VALUES.get(value, value))
        said.append(f"{visit.text(FACT_KINDS.get(kind, kind))} {visit.text(words)}")
    return visit.text("；").join(said) or "—"


PAGES = (Page("GET", "/lookbacks", Permission.PEOPLE, show_all),)
