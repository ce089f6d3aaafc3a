"""Webhooks: where the district's programs are told what happens, and what has arrived there."""

from __future__ import annotations

from typing import Any

from starlette.responses import Response

from center.console.page import NotHereError, Page
from center.console.rights import Permission
from center.console.tokens import branch_typed
from center.console.visit import Visit
from center.store.webhooks import Webhook
from center.webhook_url import MOST, UrlError, UrlProblem, address_for, read_url
from center.webhooks import EVENTS, Kind, shown_secret, trial

PAGE = 100
EVENT_WORDS = {
    Kind.CASE: "有新事项",
    Kind.ISOLATED: "隔离的人到了大门",
    Kind.SILENT: "大门十分钟没有消息",
    Kind.TRIAL: "试发",
}
URL_WORDS = {
    UrlProblem.NOT_A_URL: "地址写成这样：https://系统的地址/路径",
    UrlProblem.UNKNOWN_HOST: "找不到这个地址，请核对有没有写错",
    UrlProblem.NOT_ALLOWED: "这个地址在内部网络里，不能发。要发，请管理员用 --webhook-network 打开中心",
}
SAID_WORDS = {
    "not_a_url": "地址不对",
    "unknown_host": "找不到这个地址",
    "not_allowed": "内部网络，不能发",
    "ended": "停了",
    "ConnectError": "连不上",
    "ConnectTimeout": "连不上",
    "ReadTimeout": "对方没有回答",
    "RemoteProtocolError": "对方没有回答完",
}


def show_all(visit: Visit) -> Response:
    return _list(visit, {}, "")


def add(visit: Visit) -> Response:
    """The key for the signatures is shown on this page alone."""
    typed = {"url": visit.field("url", MOST), "branch": visit.field("branch")}
    events = [kind for kind in EVENTS if kind.value in visit.fields("event")]
    branch = branch_typed(visit, typed["branch"])
    wrong = _wrong(visit, typed["url"]) or ("" if events else "请至少选一件要通知的事")
    if wrong:
        return _list(visit, {**typed, "events": events}, wrong)
    note = visit.make_note("加了推送地址", branch=branch)
    webhook = visit.store.webhooks.add(
        branch, typed["url"], [one.value for one in events], visit.now_ms, note
    )
    return visit.render("webhook_made.html", webhook=webhook, secret=shown_secret(webhook))


def show(visit: Visit) -> Response:
    webhook, before = _webhook(visit), visit.query_place("before")
    lines = visit.store.webhooks.deliveries(webhook.id, before=before, most=PAGE)
    last = lines[-1].place if len(lines) == PAGE else None
    return visit.render("webhook.html", webhook=webhook, lines=lines, last=last, **_words())


def end(visit: Visit) -> Response:
    webhook = _webhook(visit)
    note = visit.make_note("停了推送地址", branch=webhook.branch, about=webhook.id.hex())
    visit.store.webhooks.end(visit.scope, webhook.id, visit.now_ms, note)
    return visit.redirect("/webhooks", "停了，不再往那里发")


def try_out(visit: Visit) -> Response:
    """Something to see whether it arrives."""
    webhook = _webhook(visit)
    if webhook.ended_ms is not None:
        raise NotHereError
    visit.store.webhooks.put(webhook.id, [trial(webhook, visit.now_ms)], visit.now_ms, webhook.looked_ms)
    visit.note("试发了推送", branch=webhook.branch, about=webhook.id.hex())
    return visit.redirect(f"/webhooks/{webhook.id.hex()}", "正在试发，过几秒刷新看结果")


def again(visit: Visit) -> Response:
    webhook = _webhook(visit)
    note = visit.make_note("重发了推送", branch=webhook.branch, about=webhook.id.hex())
    sent = webhook.ended_ms is None and visit.store.webhooks.again(
        webhook.id, visit.id_bytes("delivery"), visit.now_ms, note
    )
    if not sent:
        raise NotHereError
    return visit.redirect(f"/webhooks/{webhook.id.hex()}", "正在重发，过几秒刷新看结果")


def _wrong(visit: Visit, url: str) -> str:
    """What is the matter with an address, empty if nothing."""
    try:
        address_for(read_url(url), visit.office.own_networks)
    except UrlError as error:
        return URL_WORDS[error.what]
    return ""


def _webhook(visit: Visit) -> Webhook:
    """Of our branches. Raises NotHereError."""
    webhook = visit.store.webhooks.get(visit.scope, visit.id_bytes("webhook"))
    if webhook is None:
        raise NotHereError
    return webhook


def _list(visit: Visit, typed: dict[str, Any], wrong: str) -> Response:
    return visit.render(
        "webhooks.html",
        status=400 if wrong else 200,
        webhooks=visit.store.webhooks.all(visit.scope),
        choices=EVENTS,
        own=visit.scope.branches[0],
        typed=typed,
        wrong=wrong,
        **_words(),
    )


def _words() -> dict[str, Any]:
    words = {kind.value: text for kind, text in EVENT_WORDS.items()}
    return {
        "event_words": lambda event: words.get(event, event),
        "said_words": lambda said: SAID_WORDS.get(said, said),
    }


PAGES = (
    Page("GET", "/webhooks", Permission.API, show_all),
    Page("POST", "/webhooks", Permission.API, add, ids=("branch",)),
    Page("GET", "/webhooks/{webhook}", Permission.API, show),
    Page("POST", "/webhooks/{webhook}/end", Permission.API, end),
    Page("POST", "/webhooks/{webhook}/try", Permission.API, try_out),
    Page("POST", "/webhooks/{webhook}/deliveries/{delivery}/again", Permission.API, again),
)
