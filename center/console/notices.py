"""Notices (通知) to gates: for a branch or everybody, urgent or not, and who has read them."""

from __future__ import annotations

import uuid
from typing import Any

from starlette.responses import Response

from center.console.page import ComplaintError, NotHereError, Page
from center.console.pushed import CHANNEL, Pushed, all_pushed, counted, one_pushed, or_no_gate, with_answers
from center.console.rights import Permission
from center.console.visit import Visit
from center.scope import BranchError, read_branch
from station.sync.items import NoticeItem, encode_item

_HOURS = (0, 4, 12, 24, 72, 168)  # how long it is shown; 0: until it is taken back
_HOUR_MS = 3600_000
MOST = 100  # of the list


def show_all(visit: Visit) -> Response:
    return _list(visit, {}, "")


def send(visit: Visit) -> Response:
    typed = {"title": visit.field("title"), "branch": visit.field("branch"), "hours": visit.field("hours", 4)}
    typed |= {"text": visit.long_field("text", 4000), "urgent": visit.field("urgent", 1)}
    branch = branch_typed(visit, typed["branch"])
    if not typed["title"]:
        return _list(visit, typed, "请写标题，一句话就够")
    if typed["hours"] not in {str(hours) for hours in _HOURS}:
        return _list(visit, typed, "请选显示多久")
    hours = int(typed["hours"])
    notice = NoticeItem(
        visit.now_ms,
        typed["title"],
        typed["text"],
        typed["urgent"] == "1",
        visit.now_ms + hours * _HOUR_MS if hours else None,
    )
    key = uuid.uuid4().hex[:12]
    visit.store.lists.put(CHANNEL, [("notice", key, encode_item(notice))], branch)
    visit.note("发了通知", branch=branch, about=key)
    return visit.redirect(f"/notices/{key}", or_no_gate(visit, branch, "发出去了，在线的大门两秒内就看到"))


def show(visit: Visit) -> Response:
    notice = one_pushed(visit, "notice", NoticeItem, visit.path("notice"))
    return visit.render("notice.html", notice=with_answers(visit, notice, "notice_read", "notice"))


def take_back(visit: Visit) -> Response:
    notice = one_pushed(visit, "notice", NoticeItem, visit.path("notice"))
    if not notice.ours:
        raise NotHereError
    visit.store.lists.put(CHANNEL, [("notice", notice.key, None)], notice.scope)
    visit.note("撤回了通知", branch=_branch_of(notice), about=notice.key)
    return visit.redirect("/notices", "撤回了")


def branch_typed(visit: Visit, typed: str) -> str:
    """A branch of ours. Raises ComplaintError, NotHereError."""
    try:
        return visit.in_scope(read_branch(typed))
    except BranchError as error:
        raise ComplaintError("所属写成这样：区/街道/村/网格") from error


def _list(visit: Visit, typed: dict[str, Any], wrong: str) -> Response:
    every = all_pushed(visit, "notice", NoticeItem)
    every.sort(key=lambda one: (_is_over(one.said, visit.now_ms), -one.said.at_ms))
    some = sorted(every[:MOST], key=lambda one: -one.said.at_ms)
    return visit.render(
        "notices.html",
        status=400 if wrong else 200,
        notices=counted(visit, some, "notice_read", "notice"),
        hidden=len(every[MOST:]),
        hours=_HOURS,
        own=visit.scope.branches[0],
        typed=typed,
        wrong=wrong,
    )


def _is_over(said: NoticeItem, now_ms: int) -> bool:
    """No gate shows it any more; one that some gate shows has to be there to be taken back."""
    return said.until_ms is not None and said.until_ms <= now_ms


def _branch_of(pushed: Pushed[NoticeItem]) -> str:
    return pushed.gates[0].branch if pushed.scope.startswith("@") else pushed.scope


PAGES = (
    Page("GET", "/notices", Permission.ACT, show_all, menu="通知"),
    Page("POST", "/notices", Permission.ACT, send, ids=("branch",)),
    Page("GET", "/notices/{notice}", Permission.ACT, show),
    Page("POST", "/notices/{notice}/take-back", Permission.ACT, take_back),
)
