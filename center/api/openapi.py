"""The OpenAPI 3.1 document for other systems, made of the table of routes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

from center import openapi
from center.api.call import PROBLEMS, Right, Route

_PART = re.compile(r"\{(\w+)\}")
_ALWAYS = ("not_understood", "too_many", "fault", "try_again")
_WITH_TOKEN = ("no_token", "not_allowed", "not_found")
_WITH_BODY = ("too_slow", "too_large", "damaged", "busy")


def document(routes: Iterable[Route]) -> dict[str, Any]:
    routes = tuple(routes)
    paths: dict[str, Any] = {}
    for route in routes:
        paths.setdefault(route.path, {})[route.method.lower()] = _operation(route)
    kinds = [kind for route in routes for kind in (route.takes, route.gives) if kind]
    return openapi.document(paths, kinds, _ABOUT, {"token": _TOKEN})


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
        operation["requestBody"] = {"required": True, "content": openapi.json_content(route.takes)}
    query = openapi.query_parameters(route.query) if route.query else ()
    parameters = [*_parts(route.path), *query]
    if parameters:
        operation["parameters"] = parameters
    return operation


def _name(route: Route) -> str:
    parts = [part.strip("{}") for part in route.path.removeprefix("/api/v1/").split("/")]
    return "_".join([route.method.lower(), *parts]).replace(".json", "")


def _responses(route: Route) -> dict[str, Any]:
    slugs = [*_ALWAYS, *(_WITH_TOKEN if route.right else ()), *(_WITH_BODY if route.takes else ())]
    return openapi.responses(route.summary, openapi.json_content(route.gives), slugs, PROBLEMS)


def _parts(path: str) -> Iterator[dict[str, Any]]:
    for name in _PART.findall(path):
        yield {"name": name, "in": "path", "required": True, "schema": {"type": "string", "minLength": 1}}
