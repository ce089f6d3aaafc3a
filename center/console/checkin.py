"""每日打卡: an isolated person tells how they are, on their own phone, by a personal link. No account.

The page tells nothing about them but a masked name. What they ask for becomes a case.
"""

from __future__ import annotations

from typing import Any

from starlette.responses import Response

from center.console import health_words, moments
from center.console.page import Access, ComplaintError, NotHereError, Page
from center.console.personal import OVER, open_link
from center.console.visit import Visit
from center.http.answers import RefusedError
from center.scope import EVERYWHERE
from center.store.health import Event, Need
from center.store.links import Link
from station.journal.masking import mask_name

LINK = "checkin"
FEVER_C = 37.3  # armpit, the usual limit of home monitoring
_LEAST_C, _MOST_C = 34.0, 43.0
_WIDE = str.maketrans("０１２３４５６７８９．，,。", "0123456789....")


def show(visit: Visit) -> Response:
    return _page(visit, _open(visit), {}, "")


def check_in(visit: Visit) -> Response:
    link = _open(visit)
    typed: dict[str, Any] = {
        "temperature": visit.field("temperature", 20),
        "no_thermometer": visit.field("no_thermometer", 1),
        "symptoms": [one for one in visit.fields("symptom", 20) if one in health_words.SYMPTOMS],
        "needs": [one for one in visit.fields("need", 20) if one in health_words.NEEDS],
        "text": visit.long_field("text", 500),
    }
    try:
        temperature_c = _temperature(typed)
    except ComplaintError as complaint:
        return _page(visit, link, typed, complaint.words)
    wait = visit.console.by_checkin.wait(link.id.hex(), visit.office.mono())
    if wait:
        raise RefusedError("too_many", retry_after_s=wait)
    event = Event(typed["text"], temperature_c, tuple(typed["symptoms"]), tuple(typed["needs"]))
    note = visit.make_note("隔离人员打了卡", branch=link.branch, about=link.about)
    needs = _needs(event, _masked(visit, link))
    visit.store.health.check_in(link.about, _branch(visit, link), event, needs, visit.now_ms, note)
    return _page(visit, link, {}, "", done=True, asked=bool(needs))


def read_temperature(typed: str) -> float:
    """36.5, also 36,5 and in wide digits, °C. Raises ComplaintError."""
    text = typed.translate(_WIDE).removesuffix("度").removesuffix("℃").removesuffix("°C").strip()
    whole, _, part = text.partition(".")
    if not (text.isascii() and whole.isdigit() and (part.isdigit() or not part) and len(text) <= 5):
        raise ComplaintError("体温请写数字，例如 36.5")
    if not _LEAST_C <= float(text) <= _MOST_C:
        raise ComplaintError("体温不像是人的体温，请再看一遍体温计，例如 36.5")
    return float(text)


def _temperature(typed: dict[str, Any]) -> float | None:
    if typed["temperature"]:
        return read_temperature(typed["temperature"])
    if typed["no_thermometer"] != "1":
        raise ComplaintError("请填体温；没有体温计就勾上“没有体温计”")
    return None


def _needs(event: Event, about: str) -> list[Need]:
    """What somebody has to do something about. The titles are data, as a gate's are: Chinese."""
    needs = [
        Need("request", need, f"隔离住户：{health_words.NEEDS[need]}", event.text, about)
        for need in event.needs
    ]
    hot = event.temperature_c is not None and event.temperature_c >= FEVER_C
    if hot or event.symptoms:
        said = [health_words.SYMPTOMS[one] for one in event.symptoms]
        said += [f"{event.temperature_c:.1f} ℃"] if event.temperature_c is not None else []
        text = "\n".join(one for one in ("，".join(said), event.text) if one)
        needs.append(Need("request", "sick", "隔离人员不舒服", text, about))
    if event.text and not needs:
        needs.append(Need("request", "other", "隔离住户留言", event.text, about))
    return needs


def _open(visit: Visit) -> Link:
    """The link, as long as the isolation lasts. Raises NotHereError; refuses too_many."""
    link = open_link(visit, LINK)
    if visit.store.isolations.get(EVERYWHERE, link.about, visit.now_ms) is None:
        raise NotHereError(OVER)
    return link


def _masked(visit: Visit, link: Link) -> str:
    someone = visit.store.isolations.someone(link.about)
    return mask_name(someone.item.name) if someone else ""


def _branch(visit: Visit, link: Link) -> str:
    """Where they are now."""
    return visit.store.isolations.branch_of(EVERYWHERE, link.about) or link.branch


def _page(
    visit: Visit, link: Link, typed: dict[str, Any], wrong: str, *, done: bool = False, asked: bool = False
) -> Response:
    isolated = visit.store.isolations.get(EVERYWHERE, link.about, visit.now_ms)
    begin_ms, _ = moments.day_of(visit.now_ms, visit.console.zone)
    checkin_ms = isolated.checkin_ms if isolated else None
    return visit.render(
        "checkin.html",
        status=400 if wrong else 200,
        name=_masked(visit, link),
        today_ms=checkin_ms if checkin_ms is not None and checkin_ms >= begin_ms else None,
        typed=typed,
        wrong=wrong,
        done=done,
        asked=asked,
        secret=visit.path("secret"),
        words=health_words,
    )


PAGES = (
    Page("GET", "/checkin/{secret}", Access.PUBLIC, show),
    Page("POST", "/checkin/{secret}", Access.PUBLIC, check_in),
)
