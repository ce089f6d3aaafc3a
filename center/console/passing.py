"""权限管理: which gates somebody may pass, their passes (出入证), the codes that are theirs."""

from __future__ import annotations

from datetime import UTC, date, datetime, time

import msgspec
import segno
from starlette.responses import Response

from center import issuing
from center.console import people_words as words
from center.console.page import ComplaintError, NotHereError, Page
from center.console.people import here, put
from center.console.rights import Permission
from center.console.visit import Visit
from center.store.center_passes import CenterPass
from station.codes.reading import as_printed
from station.core.passes import PassError
from station.journal.masking import mask_name
from station.sync.items import FactItem, encode_item, shared_key

_HAS_ONE = "已经有一张有效的出入证：丢了的先作废，再补发"
_ON_A_PAGE = 100


def show_all(visit: Visit) -> Response:
    """The passes of our branches, the newest first."""
    passes = visit.store.passes.latest(visit.scope, visit.query_ms("before"), _ON_A_PAGE)
    people = visit.store.directory.some(visit.scope, (one.person for one in passes))
    rows = [(one, people.get(one.person)) for one in passes]
    return visit.render(
        "passes.html",
        rows=[(one, known, mask_name(known.person.name) if known else "") for one, known in rows],
        more=passes[-1].issued_ms if len(passes) == _ON_A_PAGE else "",
        now_ms=visit.now_ms,
        may_change=visit.may(Permission.CHANGE_PEOPLE),
    )


def issue(visit: Visit) -> Response:
    """One pass; whoever has a valid one gets no second."""
    known = here(visit)
    if any(one.is_current(visit.now_ms) for one in visit.store.passes.of(visit.scope, known.id)):
        raise ComplaintError(_HAS_ONE)
    until = _last_second(visit, visit.field("until", 10))
    issuer = issuing.issuer_name(known.branch, _compound_name(visit, known.branch))
    try:
        made = issuing.issue(visit.office.keys, known, issuer, until, visit.now_ms, visit.who)
    except PassError as error:
        raise ComplaintError("写不进出入证：姓名最多 40 个字，要有房号，类别要在证上有") from error
    trust = issuing.trust_of(visit.office.keys, known.branch, issuer)
    note = visit.make_note("发了出入证", branch=known.branch, about=made.number)
    if not visit.store.passes.add(made, trust, note):
        raise ComplaintError(_HAS_ONE)
    return visit.redirect(f"/passes/{made.number}/print", "发好了，可以打印")


def revoke(visit: Visit) -> Response:
    one = _pass(visit)
    note = visit.make_note("作废了出入证", branch=one.branch, about=one.number)
    visit.store.passes.revoke(one, visit.now_ms, note)
    return visit.redirect("/passes", "作废了，在线的大门两秒内就知道")


def show_print(visit: Visit) -> Response:
    """A page to print, or to save as PDF: the card, and the large sheet for old eyes."""
    one = _pass(visit)
    known = visit.store.directory.get(visit.scope, one.person)
    if known is None or not one.is_current(visit.now_ms):
        raise ComplaintError("这张证已经作废或过期，不能打印")
    visit.note("打印了出入证", branch=one.branch, about=one.number)
    until = datetime.fromtimestamp(one.until_ms / 1000, visit.console.zone).date()
    return visit.render(
        "pass_print.html",
        one=one,
        known=known,
        kind=words.CATEGORIES.get(known.person.category, known.person.category),
        issuer=issuing.issuer_name(one.branch, _compound_name(visit, one.branch)),
        until=until,
        number=" ".join(one.number[place : place + 4] for place in range(0, 16, 4)).upper(),
        code=_drawn(one.text),
    )


def bind(visit: Visit) -> Response:
    """A code becomes somebody's: only its keyed hash is kept, never its text."""
    known, text = here(visit), visit.field("code", 4000)
    if len(text) < 6:
        raise ComplaintError("请扫码，或把码里的字完整地贴进来")
    key = shared_key(visit.office.keys.district, "code", as_printed(text))
    if visit.store.directory.with_code(key) - {known.id}:
        raise ComplaintError("这个码已经是别人的了，请核对")
    codes = tuple(dict.fromkeys((*known.person.codes, key)))
    put(visit, known, msgspec.structs.replace(known.person, codes=codes), "绑了码")
    return visit.redirect(f"/people/{known.id}", "绑好了")


def unbind(visit: Visit) -> Response:
    known, key = here(visit), visit.field("code", 64)
    if key not in known.person.codes:
        raise NotHereError
    codes = tuple(code for code in known.person.codes if code != key)
    put(visit, known, msgspec.structs.replace(known.person, codes=codes), "解开了码")
    return visit.redirect(f"/people/{known.id}", "解开了")


def allow(visit: Visit) -> Response:
    """Which gates: all, none, or these; until a day, or until something else is said."""
    known, wanted = here(visit), visit.field("right", 10)
    ours = {gate.gate for gate in visit.store.gates.overview(visit.scope) if gate.branch == known.branch}
    gates = [name for name in visit.fields("gate") if name in ours and "," not in name]
    if wanted not in ("all", "none", "some") or (wanted == "some" and not gates):
        raise ComplaintError("请选能进哪些门")
    value = ",".join(gates) if wanted == "some" else wanted
    if len(value) > 200:
        raise ComplaintError("门太多了，请选每个门")
    until = visit.field("until", 10)
    until_ms = int(_last_second(visit, until).timestamp() * 1000) if until else None
    fact = FactItem("person", known.id, "right", value, visit.now_ms, until_ms)
    visit.store.lists.put("quick", [("fact", f"person:{known.id}:right", encode_item(fact))], known.branch)
    visit.note("改了能进哪些门", branch=known.branch, about=known.id)
    return visit.redirect(f"/people/{known.id}", "改好了，在线的大门两秒内就知道")


def guard(visit: Visit) -> Response:
    """Somebody of the same dwelling speaks for them, or does no more: pressed by two, it is so still."""
    known, other, ends = here(visit), visit.field("guardian", 64), visit.field("on", 1) == "0"
    others = known.person.guardians
    if ends:
        left = tuple(one for one in others if one != other)
        if left != others:
            put(visit, known, msgspec.structs.replace(known.person, guardians=left), "去掉了监护人")
        return visit.redirect(f"/people/{known.id}", "去掉了")
    guardian = visit.store.directory.get(visit.scope, other)
    if guardian is None or guardian.id == known.id:
        raise NotHereError
    if other not in others:
        put(visit, known, msgspec.structs.replace(known.person, guardians=(*others, other)), "加了监护人")
    return visit.redirect(f"/people/{known.id}", "记下了")


def _last_second(visit: Visit, typed: str) -> datetime:
    try:
        day = date.fromisoformat(typed)
        until = datetime.combine(day, time(23, 59, 59), visit.console.zone).astimezone(UTC)
    except (ValueError, OverflowError) as error:
        raise ComplaintError("日子看不懂，请用日历选") from error
    if until.timestamp() * 1000 <= visit.now_ms:
        raise ComplaintError("到期的日子已经过了，请改")
    return until


def _pass(visit: Visit) -> CenterPass:
    one = visit.store.passes.get(visit.scope, visit.id_bytes("pass"))
    if one is None:
        raise NotHereError
    return one


def _compound_name(visit: Visit, branch: str) -> str:
    names = {one.branch: one.name for one in visit.store.houses.compounds(visit.scope)}
    return names.get(branch, "")


def _drawn(text: str) -> str:
    """The code at level Q with its quiet zone, as a drawing that is sharp on any printer: its address."""
    return str(segno.make_qr(text, error="q").svg_data_uri(border=4, light="#fff", omitsize=True))


PAGES = (
    Page("GET", "/passes", Permission.PEOPLE, show_all, menu="出入证"),
    Page("GET", "/passes/{pass}/print", Permission.CHANGE_PEOPLE, show_print),
    Page("POST", "/passes/{pass}/revoke", Permission.CHANGE_PEOPLE, revoke),
    Page("POST", "/people/{person}/passes", Permission.CHANGE_PEOPLE, issue),
    Page("POST", "/people/{person}/codes", Permission.CHANGE_PEOPLE, bind),
    Page("POST", "/people/{person}/codes/remove", Permission.CHANGE_PEOPLE, unbind),
    Page("POST", "/people/{person}/right", Permission.CHANGE_PEOPLE, allow),
    Page("POST", "/people/{person}/guardian", Permission.CHANGE_PEOPLE, guard),
)
