"""Erasing one person who asks for it: one admin asks, another confirms, and there is a receipt to print."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from starlette.responses import Response

from center.console import retention_words as words
from center.console.page import ComplaintError, NotHereError, Page
from center.console.rights import Permission
from center.console.visit import Visit
from center.erasing import ReceiptError, check, opener, signer
from center.held_rows import teller
from center.store.erasures import Erasure, ErasureError, ErasureProblem
from station.journal.masking import mask_name

PROBLEMS: dict[ErasureProblem, str] = {
    ErasureProblem.ISOLATED: "这个人还在隔离，或者有隔离、限制等着核对。先解除、核对，再删除",
    ErasureProblem.BLOCKED: "大门还拦着这个人。先解除限制，再删除",
    ErasureProblem.CASE: "这个人还有事项没有办结。先办结，再删除",
    ErasureProblem.ASKED: "已经有人申请过了，正等另一位管理员",
    ErasureProblem.SAME_PERSON: "要另一位管理员来确认：一个人不能自己申请、自己确认",
    ErasureProblem.DECIDED: "这份申请已经办过了",
}


def find(visit: Visit) -> Response:
    """By the id that entries show: also of somebody who is on no list any more."""
    person = visit.field("person", 64)
    _branch(visit, person)
    return visit.redirect(f"/retention/people/{person}")


def show_person(visit: Visit) -> Response:
    """What there is of them, before anything is asked for."""
    person, branch = visit.path("person"), _branch(visit, visit.path("person"))
    visit.note("看了一个人有哪些数据（准备删除）", branch=branch, about=person)
    return visit.render(
        "erase_person.html",
        person=person,
        branch=branch,
        **_shown(visit, person),
        traces=_traces(visit, person),
        reasons=words.REASONS,
    )


def ask(visit: Visit) -> Response:
    person, branch = visit.path("person"), _branch(visit, visit.path("person"))
    reason = visit.field("reason", 20)
    if reason not in words.REASONS:
        raise ComplaintError("请选为什么要删除")
    if visit.field("checked", 1) != "1":
        raise ComplaintError("请先当面核对：要删除的就是这个人")
    note = visit.make_note("申请删除一个人的数据", branch=branch, about=person)
    try:
        made = visit.store.erasures.ask(branch, person, reason, note)
    except ErasureError as error:
        raise ComplaintError(PROBLEMS[error.what]) from error
    return visit.redirect(f"/retention/erasures/{made.hex()}", "申请好了，请另一位管理员来确认")


def show(visit: Visit) -> Response:
    """While it waits, what will go; once it is done, the receipt."""
    erasure = _here(visit)
    if erasure.state == "done":
        return _receipt(visit, erasure)
    return visit.render(
        "erasure.html",
        erasure=erasure,
        **_shown(visit, erasure.person),
        traces=_traces(visit, erasure.person),
        words=words,
    )


def confirm(visit: Visit) -> Response:
    erasure, keys = _here(visit), visit.office.keys
    note = visit.make_note("确认删除了一个人的数据", branch=erasure.branch, about=erasure.id.hex())
    means = (opener(keys), signer(keys, erasure), note, teller(keys.district))
    _do(lambda: visit.store.erasures.confirm(erasure, *means))
    return visit.redirect(f"/retention/erasures/{erasure.id.hex()}", "删好了。请把回执打印给本人")


def refuse(visit: Visit) -> Response:
    erasure = _here(visit)
    note = visit.make_note("没有同意删除", branch=erasure.branch, about=erasure.id.hex())
    _do(lambda: visit.store.erasures.refuse(erasure, note))
    return visit.redirect("/retention", "退回了，什么都没有删")


def _do(work: Callable[[], None]) -> None:
    try:
        work()
    except ErasureError as error:
        raise ComplaintError(PROBLEMS[error.what]) from error


def _receipt(visit: Visit, erasure: Erasure) -> Response:
    try:
        receipt = check(erasure.receipt, visit.office.keys.public_key)
    except ReceiptError as error:
        raise ComplaintError("回执对不上签名：数据库被改过，或者换过中心的钥匙。请找维护的人") from error
    kinds = _counted(receipt.kinds)
    return visit.render("receipt.html", erasure=erasure, receipt=receipt, kinds=kinds, words=words)


def _here(visit: Visit) -> Erasure:
    erasure = visit.store.erasures.get(visit.scope, visit.id_bytes("erasure"))
    if erasure is None:
        raise NotHereError
    return erasure


def _branch(visit: Visit, person: str) -> str:
    """Where they are known. Raises NotHereError: nowhere, or in another branch."""
    branch = visit.store.erasures.branch_of(visit.scope, person, opener(visit.office.keys))
    if branch is None:
        raise NotHereError
    return branch


def _shown(visit: Visit, person: str) -> dict[str, Any]:
    known = visit.store.directory.get(visit.scope, person)
    if known is None:
        return {"name": "", "dwelling": "", "on_list": False}
    return {"name": mask_name(known.person.name), "dwelling": known.person.dwelling, "on_list": True}


def _traces(visit: Visit, person: str) -> list[tuple[str, int]]:
    return _counted(visit.store.erasures.traces(person, teller(visit.office.keys.district)))


def _counted(counts: dict[str, int]) -> list[tuple[str, int]]:
    return [(words.of_a_person(name), number) for name, number in counts.items()]


PAGES = (
    Page("POST", "/retention/find", Permission.RETENTION, find, ids=("person",)),
    Page("GET", "/retention/people/{person}", Permission.RETENTION, show_person),
    Page("POST", "/retention/people/{person}", Permission.RETENTION, ask),
    Page("GET", "/retention/erasures/{erasure}", Permission.RETENTION, show),
    Page("POST", "/retention/erasures/{erasure}/confirm", Permission.RETENTION, confirm),
    Page("POST", "/retention/erasures/{erasure}/refuse", Permission.RETENTION, refuse),
)
