"""The OpenAPI 3.1 document, made of the table of routes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

import msgspec

from center.api.call import PROBLEMS, Right, Route

_JSON = "application/json"
_REF = "#/components/schemas/{name}"
_PART = re.compile(r"\{(\w+)\}")
_ALWAYS = ("not_understood", "too_many", "fault", "try_again")
_WITH_TOKEN = ("no_token", "not_allowed", "not_found")
_WITH_BODY = ("too_slow", "too_large", "damaged", "busy")


class Problem(msgspec.Struct, frozen=True):
    """Every error: a slug for programs, and English for whoever looks for the cause."""

    problem: str
    detail: str


def document(routes: Iterable[Route]) -> dict[str, Any]:
    routes = tuple(routes)
    paths: dict[str, Any] = {}
    for route in routes:
        paths.setdefault(route.path, {})[route.method.lower()] = _operation(route)
    kinds = [kind for route in routes for kind in (route.takes, route.gives) if kind]
    _, schemas = msgspec.json.schema_components([Problem, *kinds], ref_template=_REF)
    return {
        "openapi": "3.1.0",
        "info": {"title": "Kakou center", "version": "1", "description": _ABOUT},
        "paths": paths,
        "components": {"schemas": schemas, "securitySchemes": {"token": _TOKEN}},
    }


_ABOUT = (
    "For the systems of a district. A token is made by an admin in the console (/api), holds for one branch"
    " (district/town/village/grid) with all below it, and has rights: " + ", ".join(Right) + ". Times are"
    " UTC milliseconds since 1970. What is written by a token is on record like what people do."
)
_TOKEN = {"type": "http", "scheme": "bearer", "description": "kakou_… as the console has shown it once"}


def _operation(route: Route) -> dict[str, Any]:
    operation: dict[str, Any] = {
        "operationId": _name(route),
        "summary": route.summary,
        "responses": _responses(route),
        "security": [{"token": []}] if route.right else [],
    }
    if route.right:
        operation["description"] = f"Needs the right {route.right}."
    if route.takes:
        operation["requestBody"] = {"required": True, "content": _content(route.takes)}
    parameters = [*_parts(route.path), *_query(route.query)]
    if parameters:
        operation["parameters"] = parameters
    return operation


def _name(route: Route) -> str:
    parts = [part.strip("{}") for part in route.path.removeprefix("/api/v1/").split("/")]
    return "_".join([route.method.lower(), *parts]).replace(".json", "")


def _responses(route: Route) -> dict[str, Any]:
    slugs = [*_ALWAYS, *(_WITH_TOKEN if route.right else ()), *(_WITH_BODY if route.takes else ())]
    said: dict[str, Any] = {"200": {"description": route.summary, "content": _content(route.gives)}}
    for slug in sorted(slugs, key=lambda slug: PROBLEMS[slug][0]):
        status, words = PROBLEMS[slug]
        told = said.get(str(status), {}).get("description", "")
        said[str(status)] = {"description": f"{told} {slug}: {words}".strip(), "content": _content(Problem)}
    return said


def _content(kind: Any) -> dict[str, Any]:
    (schema,), _ = msgspec.json.schema_components([kind], ref_template=_REF)
    return {_JSON: {"schema": schema}}


def _parts(path: str) -> Iterator[dict[str, Any]]:
    for name in _PART.findall(path):
        yield {"name": name, "in": "path", "required": True, "schema": {"type": "string", "minLength": 1}}


def _query(query: type[msgspec.Struct] | None) -> Iterator[dict[str, Any]]:
    if query is None:
        return
    _, components = msgspec.json.schema_components([query], ref_template=_REF)
    schema = components[query.__name__]
    for name, field in schema["properties"].items():
        yield {"name": name, "in": "query", "required": name in schema["required"], "schema": field}
