"""The OpenAPI 3.1 document for stations, made of the table of routes."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from center import openapi
from center.http.answers import PACKED, PROBLEMS
from center.http.routes import Route

_ALWAYS = ("not_understood", "fault", "try_again")
_SIGNED = ("unknown_station", "bad_signature", "too_many")
_WITH_BODY = ("too_slow", "too_large", "damaged")


def document(routes: Iterable[Route]) -> dict[str, Any]:
    routes = tuple(routes)
    paths: dict[str, Any] = {}
    for route in routes:
        paths.setdefault(route.path, {})[route.method.lower()] = _operation(route)
    return openapi.document(paths, _json_types(routes), "See docs/sync.md.", {"station": _SECURITY})


_SECURITY = {
    "type": "apiKey",
    "in": "header",
    "name": "Authorization",
    "description": "Kakou station=HEX, at=MS, signature=BASE64URL: over request_payload, docs/sync.md",
}


def _operation(route: Route) -> dict[str, Any]:
    operation: dict[str, Any] = {
        "operationId": route.path.rpartition("/")[2].partition(".")[0],
        "summary": route.summary,
        "responses": _responses(route),
        "security": [{"station": []}] if route.signed else [],
    }
    if route.takes:
        operation["requestBody"] = {"required": True, "content": _content(route.takes)}
    if route.query:
        operation["parameters"] = list(openapi.query_parameters(route.query))
    return operation


def _responses(route: Route) -> dict[str, Any]:
    slugs = [*route.problems, *_ALWAYS]
    slugs += _SIGNED if route.signed else ()
    slugs += _WITH_BODY if route.takes else ()
    return openapi.responses(route.summary, _content(route.gives), slugs, PROBLEMS)


def _content(kind: Any) -> dict[str, Any]:
    if isinstance(kind, str):
        schema = {"type": "string", "format": "binary", "description": f"pack({kind}), docs/sync.md"}
        return {PACKED: {"schema": schema}}
    if kind is bytes:
        return {"application/x-pem-file": {"schema": {"type": "string"}}}
    return openapi.json_content(kind)


def _json_types(routes: Iterable[Route]) -> list[Any]:
    kinds = [kind for route in routes for kind in (route.takes, route.gives)]
    return [kind for kind in kinds if kind not in (None, bytes) and not isinstance(kind, str)]
