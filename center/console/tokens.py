"""Tokens for the district's own programs: made for a branch, with rights, until a day; shown once."""

from __future__ import annotations

from typing import Any

from starlette.responses import Response

from center.api.call import Right
from center.console.page import ComplaintError, NotHereError, Page
from center.console.rights import Permission
from center.console.visit import Visit
from center.scope import BranchError, read_branch

DAYS = (30, 90, 180, 365)
_DAY_MS = 86_400_000
RIGHT_WORDS = {
    Right.GATES: "看大门的情况",
    Right.ENTRIES: "看出入记录（没有姓名）",
    Right.PEOPLE: "写人员名单",
    Right.FACTS: "写颜色和核酸",
    Right.WATCHES: "提管控（要有人核对）",
    Right.CASES: "看事项",
    Right.CASES_WRITE: "记事项、答复、办结",
    Right.NOTICES: "看通知",
    Right.NOTICES_WRITE: "发通知、撤回",
}


def show_all(visit: Visit) -> Response:
    return _list(visit, {}, "")


def make(visit: Visit) -> Response:
    """The secret is shown on this page alone."""
    typed = {name: visit.field(name) for name in ("name", "branch", "days")}
    rights = [right for right in Right if right.value in visit.fields("right")]
    branch = branch_typed(visit, typed["branch"])
    wrong = _wrong(typed, rights)
    if wrong:
        return _list(visit, {**typed, "rights": rights}, wrong)
    expires_ms = visit.now_ms + int(typed["days"]) * _DAY_MS
    _, secret = visit.store.tokens.make(
        typed["name"],
        branch,
        [right.value for right in rights],
        expires_ms=expires_ms,
        now_ms=visit.now_ms,
        note=visit.make_note("发了接口令牌", branch=branch),
    )
    return visit.render("token.html", name=typed["name"], secret=secret, expires_ms=expires_ms)


def revoke(visit: Visit) -> Response:
    id = visit.id_bytes("token")
    note = visit.make_note("吊销了接口令牌", about=id.hex())
    if not visit.store.tokens.revoke(visit.scope, id, visit.now_ms, note):
        raise NotHereError
    return visit.redirect("/api", "吊销了，这个令牌马上不能用了")


def branch_typed(visit: Visit, typed: str) -> str:
    """A branch of ours. Raises ComplaintError, NotHereError."""
    try:
        return visit.in_scope(read_branch(typed))
    except BranchError as error:
        raise ComplaintError("所属写成这样：区/街道/村/网格") from error


def _wrong(typed: dict[str, str], rights: list[Right]) -> str:
    """What is to be mended, empty if nothing."""
    if not typed["name"] or len(typed["name"]) > 40:
        return "请写清给哪个系统用，40 个字以内"
    if typed["days"] not in {str(days) for days in DAYS}:
        return "请选用多久"
    return "" if rights else "请至少选一项这个令牌可以做的事"


def _list(visit: Visit, typed: dict[str, Any], wrong: str) -> Response:
    return visit.render(
        "tokens.html",
        status=400 if wrong else 200,
        tokens=visit.store.tokens.all(visit.scope),
        rights=RIGHT_WORDS,
        days=DAYS,
        own=visit.scope.branches[0],
        typed=typed,
        wrong=wrong,
    )


PAGES = (
    Page("GET", "/api", Permission.API, show_all, menu="接口"),
    Page("POST", "/api/tokens", Permission.API, make, ids=("branch",)),
    Page("POST", "/api/tokens/{token}/revoke", Permission.API, revoke),
)
