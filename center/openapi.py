"""What both OpenAPI 3.1 documents of the center are made of: the stations' and the other systems'."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import Any

import msgspec

_JSON = "application/json"
_REF = "#/components/schemas/{name}"


class Problem(msgspec.Struct, frozen=True):
    """Every error: a slug for programs, and English for whoever looks for the cause."""

    problem: str
    detail: str


def document(
    paths: dict[str, Any], kinds: Iterable[Any], about: str, security: Mapping[str, Any]
) -> dict[str, Any]:
    """The whole, of its operations by path and method, and of all kinds of JSON that these speak of."""
    _, schemas = msgspec.json.schema_components([Problem, *kinds], ref_template=_REF)
    return {
        "openapi": "3.1.0",
        "info": {"title": "Kakou center", "version": "1", "description": about},
        "paths": paths,
        "components": {"schemas": schemas, "securitySchemes": dict(security)},
    }


def responses(
    summary: str, content: dict[str, Any], slugs: Iterable[str], problems: Mapping[str, tuple[int, str]]
) -> dict[str, Any]:
    """The answer, and its problems by their status; one status may have several slugs."""
    said: dict[str, Any] = {"200": {"description": summary, "content": content}}
    for slug in sorted(slugs, key=lambda slug: problems[slug][0]):
        status, words = problems[slug]
        told = said.get(str(status), {}).get("description", "")
        said[str(status)] = {
            "description": f"{told} {slug}: {words}".strip(),
            "content": json_content(Problem),
        }
    return said


@cache
def json_content(kind: Any) -> dict[str, Any]:
    (schema,), _ = msgspec.json.schema_components([kind], ref_template=_REF)
    return {_JSON: {"schema": schema}}


def query_parameters(query: type[msgspec.Struct]) -> Iterator[dict[str, Any]]:
    _, components = msgspec.json.schema_components([query], ref_template=_REF)
    schema = components[query.__name__]
    for name, field in schema["properties"].items():
        yield {"name": name, "in": "query", "required": name in schema["required"], "schema": field}
