"""The OpenAPI 3.1 document, made of the table of routes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import msgspec

from center.http.answers import PACKED, PROBLEMS
from center.http.routes import Route

_JSON = "application/json"
_REF = "#/components/schemas/{name}"
_ALWAYS = ("not_understood", "fault", "try_again")
_SIGNED = ("unknown_station", "bad_signature", "too_many")
_WITH_BODY = ("too_slow", "too_large", "damaged")


class Problem(msgspec.Struct, frozen=True):
    """Every error: a slug that stations know, and English for whoever looks for the cause."""

    problem: str
    detail: str


def document(routes: Iterable[Route]) -> dict[str, Any]:
    routes = tuple(routes)
    paths: dict[str, Any] = {}
    for route in routes:
        paths.setdefault(route.path, {})[route.method.lower()] = _operation(route)
    _, schemas = msgspec.json.schema_components(_json_types(routes), ref_template=_REF)
    return {
        "openapi": "3.1.0",
        "info": {"title": "Kakou center", "version": "1", "description": "See docs/sync.md."},
        "paths": paths,
        "components": {"schemas": schemas, "securitySchemes": {"station": _SECURITY}},
    }


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
        operation["parameters"] = list(_parameters(route.query))
    return operation


def _responses(route: Route) -> dict[str, Any]:
    slugs = [*route.problems, *_ALWAYS]
    slugs += _SIGNED if route.signed else ()
    slugs += _WITH_BODY if route.takes else ()
    responses: dict[str, Any] = {"200": {"description": route.summary, "content": _content(route.gives)}}
    for slug in sorted(slugs, key=lambda slug: PROBLEMS[slug][0]):
        status, words = PROBLEMS[slug]
        told = responses.get(str(status), {}).get("description", "")
        responses[str(status)] = {
            "description": f"{told} {slug}: {words}".strip(),
            "content": _content(Problem),
        }
    return responses


def _content(kind: Any) -> dict[str, Any]:
    if isinstance(kind, str):
        schema = {"type": "string", "format": "binary", "description": f"pack({kind}), docs/sync.md"}
        return {PACKED: {"schema": schema}}
    if kind is bytes:
        return {"application/x-pem-file": {"schema": {"type": "string"}}}
    (schema,), _ = msgspec.json.schema_components([kind], ref_template=_REF)
    return {_JSON: {"schema": schema}}


def _parameters(query: type[msgspec.Struct]) -> Iterator[dict[str, Any]]:
    (_, components) = msgspec.json.schema_components([query], ref_template=_REF)
    schema = components[query.__name__]
    for name, field in schema["properties"].items():
        yield {"name": name, "in": "query", "required": name in schema["required"], "schema": field}


def _json_types(routes: Iterable[Route]) -> list[Any]:
    kinds = [kind for route in routes for kind in (route.takes, route.gives)]
    return [Problem, *(kind for kind in kinds if kind not in (None, bytes) and not isinstance(kind, str))]
