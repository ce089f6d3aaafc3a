"""Every path of the center: who may ask, what goes in, what comes out. The OpenAPI document is made of it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

import msgspec
from starlette.requests import Request
from starlette.responses import Response

from center.http import ask, enrol, health, lists, reconcile, reports, sync
from center.http.office import Office

Endpoint = Callable[[Office, Request], Awaitable[Response]]


@dataclass(frozen=True, slots=True)
class Route:
    method: str
    path: str
    endpoint: Endpoint
    summary: str
    takes: Any = None  # JSON body; a name: the packed message
    query: type[msgspec.Struct] | None = None
    gives: Any = None  # JSON answer; a name: the packed message
    signed: bool = True
    problems: tuple[str, ...] = ()


ROUTES = (
    Route("GET", "/v1/ca", enrol.ca, "The center's CA certificate, PEM", gives=bytes, signed=False),
    Route(
        "POST",
        "/v1/enrol",
        enrol.enrol,
        "A one-time code for a credential and the keys",
        takes=enrol.Enrolment,
        gives=enrol.Enrolled,
        signed=False,
        problems=("code_wrong", "code_used", "code_expired", "other_key", "too_many"),
    ),
    Route(
        "POST",
        "/v1/hello",
        sync.hello,
        "A station begins to talk: where the center is with its incarnations",
        takes="Hello",
        gives="HelloAnswer",
    ),
    Route(
        "POST",
        "/v1/push",
        sync.push,
        "A signed batch of entries",
        takes="Push",
        gives="Signed(Ack)",
        problems=("busy",),
    ),
    Route(
        "GET",
        "/v1/chain",
        sync.chain,
        "The hash after one number of an incarnation",
        query=sync.ChainQuery,
        gives="Signed(Ack)",
        problems=("not_here",),
    ),
    Route(
        "GET",
        "/v1/pull",
        lists.pull,
        "The next items of a channel; on `quick` a long poll",
        query=lists.Cursor,
        gives="Signed(Page)",
        problems=("revoked",),
    ),
    Route(
        "POST",
        "/v1/ask",
        ask.ask,
        "What is known of a code now, 800 ms at most",
        takes=ask.Question,
        gives=ask.Said,
        problems=("revoked",),
    ),
    Route(
        "POST",
        "/v1/reconcile",
        reconcile.reconcile,
        "What both ends have of a day",
        takes="Signed(Reconciliation)",
        gives="Signed(Reconciliation)",
    ),
    Route(
        "POST",
        "/v1/report",
        reports.report,
        "What a gate tells besides entries: calls for help, what is done, who is on duty",
        takes="Reports",
        gives="Signed(Taken)",
    ),
    Route("GET", "/healthz", health.healthz, "Whether the store answers", gives=health.Health, signed=False),
    Route("GET", "/v1/openapi.json", health.openapi, "This document", gives=dict[str, Any], signed=False),
)
