"""Isolation, contacts and blocks: what waits for a second person, and what was decided."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from starlette.responses import Response

from center.console import people_words as words
from center.console.page import ComplaintError, NotHereError, Page
from center.console.people import here
from center.console.rights import Permission
from center.console.visit import Visit
from center.store.console_audit import Note
from center.store.directory import Known
from center.store.watches import Proposal, Watch, WatchError
from station.journal.masking import mask_name

_ON_A_PAGE = 100


def show_all(visit: Visit) -> Response:
    waiting = visit.store.watches.waiting(visit.scope)
    decided = visit.store.watches.latest(visit.scope, visit.query_ms("before"), _ON_A_PAGE)
    known = visit.store.directory.some(visit.scope, (one.person for one in (*waiting, *decided)))
    return visit.render(
        "watches.html",
        waiting=[(one, *_who(known.get(one.person))) for one in waiting],
        decided=[(one, *_who(known.get(one.person))) for one in decided],
        more=decided[-1].at_ms if len(decided) == _ON_A_PAGE else "",
        words=words,
    )


def propose(visit: Visit) -> Response:
    known = here(visit)
    kind, _, value = visit.field("what", 60).partition(":")
    urgent, reason = visit.field("urgent", 1) == "1", visit.long_field("reason", 500)
    if not reason:
        raise ComplaintError("请写为什么：核对的人要看")
    proposal = Proposal(known.branch, known.id, kind, value, _until_ms(visit), urgent, reason)
    what = "加急设了限制，等人核对" if urgent else "提出了限制或解除"
    propose_in_words(visit, proposal, visit.make_note(what, branch=known.branch, about=known.id))
    said = "马上生效了；请另一位尽快核对" if urgent else "提出了，等另一位核对"
    return visit.redirect(f"/people/{known.id}", said)


def propose_in_words(visit: Visit, proposal: Proposal, note: Note) -> None:
    """Raises ComplaintError."""
    try:
        visit.store.watches.propose(proposal, note)
    except WatchError as error:
        raise ComplaintError(words.WATCH_PROBLEMS[error.what]) from error


def verify(visit: Visit) -> Response:
    _decide(visit, visit.store.watches.verify, "核对了限制或解除")
    return visit.redirect("/watches", "核对好了，在线的大门两秒内就知道")


def refuse(visit: Visit) -> Response:
    _decide(visit, visit.store.watches.refuse, "没有通过限制或解除")
    return visit.redirect("/watches", "退回了")


def _decide(visit: Visit, decide: Callable[[Watch, str, Note], None], what: str) -> None:
    watch = visit.store.watches.get(visit.scope, visit.id_bytes("watch"))
    if watch is None:
        raise NotHereError
    note = visit.make_note(what, branch=watch.branch, about=f"{watch.person} {watch.id.hex()}")
    try:
        decide(watch, visit.long_field("answer", 500), note)
    except WatchError as error:
        raise ComplaintError(words.WATCH_PROBLEMS[error.what]) from error


def _until_ms(visit: Visit) -> int | None:
    """What a browser's field of date and time sends, in the host's zone. Raises ComplaintError."""
    typed = visit.field("until", 20)
    if not typed:
        return None
    try:
        moment = datetime.strptime(typed, "%Y-%m-%dT%H:%M").replace(tzinfo=visit.console.zone)
        return int(moment.timestamp() * 1000)
    except (ValueError, OverflowError) as error:
        raise ComplaintError("日子看不懂，请用日历选") from error


def _who(known: Known | None) -> tuple[str, str]:
    """Masked name and dwelling."""
    return (mask_name(known.person.name), known.person.dwelling) if known else ("", "")


PAGES = (
    Page("GET", "/watches", Permission.WATCH, show_all, menu="第二人核对"),
    Page("POST", "/watches/{watch}/verify", Permission.WATCH, verify),
    Page("POST", "/watches/{watch}/refuse", Permission.WATCH, refuse),
    Page("POST", "/people/{person}/watch", Permission.WATCH, propose),
)
