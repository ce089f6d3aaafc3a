"""The API's document is true to its routes, and nothing that anybody sends makes it stumble."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from starlette.routing import Route

from center.api.call import Right
from center.store.console_audit import Note
from tests.center.console.district import FIRST, District, open_district

IN_PROCESS = settings(
    max_examples=25, deadline=None, phases=[Phase.generate], suppress_health_check=list(HealthCheck)
)


@pytest.fixture(scope="module")
def district(tmp_path_factory: pytest.TempPathFactory) -> Iterator[District]:
    with open_district(tmp_path_factory.mktemp("district")) as opened:
        yield opened


@pytest.fixture(scope="module")
def token(district: District) -> str:
    ms = district.center.clocks.ms
    rights, note = [right.value for right in Right], Note(ms, "admin", "发了接口令牌")
    return district.center.store.tokens.make("x", FIRST, rights, expires_ms=2**52, now_ms=ms, note=note)[1]


@pytest.fixture(scope="module")
def document(district: District) -> dict[str, Any]:
    said: dict[str, Any] = district.center.client.get("/api/v1/openapi.json").json()
    return said


def test_the_document_has_every_route_and_no_other(district: District, document: dict[str, Any]) -> None:
    routes = {
        (route.path, method)
        for route in district.center.client.app.routes  # type: ignore[attr-defined]
        if isinstance(route, Route) and route.path.startswith("/api/v1")
        for method in (route.methods or set()) - {"HEAD"}
    }

    assert {(path, method.upper()) for path, item in document["paths"].items() for method in item} == routes


def test_the_document_is_openapi(document: dict[str, Any]) -> None:
    schemathesis.openapi.from_dict(document).validate()


def try_operations(district: District, document: dict[str, Any], token: str, examples: int) -> None:
    """Requests made from the document, with the token and without; every answer is one that it names."""
    for found in schemathesis.openapi.from_dict(document).get_all_operations():
        operation = found.ok()  # type: ignore[union-attr]  # the document is valid
        settings(IN_PROCESS, max_examples=examples)(never_stumbles(district, document, token, operation))()


def never_stumbles(district: District, document: dict[str, Any], token: str, operation: Any) -> Any:
    told = document["paths"][operation.path][operation.method.lower()]["responses"]
    ids = {"case": district.ids["case"][0], "notice": district.ids["notice"][0]}

    @given(case=operation.as_strategy(), knows=st.sampled_from([True, True, True, False]), real=st.booleans())
    def check(case: Any, knows: bool, real: bool) -> None:
        if real:
            case.path_parameters = {name: ids[name] for name in case.path_parameters or {}}
        request = district.center.client.build_request(**arguments(case))
        if knows:
            request.headers["Authorization"] = f"Bearer {token}"
        answer = district.center.client.send(request)
        assert answer.status_code < 500, answer.text
        assert str(answer.status_code) in told or ("{" in operation.path and answer.status_code in (404, 405))
        district.center.clocks.mono += 60

    return check


def arguments(case: Any) -> dict[str, Any]:
    sent = case.as_transport_kwargs(base_url="http://testserver")
    keep = {name: sent[name] for name in ("method", "url", "params", "json", "headers") if sent.get(name)}
    headers = {
        name: value for name, value in dict(keep.pop("headers", {})).items() if name != "Authorization"
    }
    body = sent.get("data")
    return keep | {"headers": headers} | ({"content": body} if isinstance(body, bytes | str) else {})


def test_no_request_makes_it_stumble(district: District, document: dict[str, Any], token: str) -> None:
    try_operations(district, document, token, examples=15)


@pytest.mark.slow
def test_no_request_of_very_many_makes_it_stumble(
    district: District, document: dict[str, Any], token: str
) -> None:
    try_operations(district, document, token, examples=200)


@pytest.fixture(autouse=True)
def no_stumble(caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    yield
    errors = [
        line for line in caplog.records if line.levelno >= logging.ERROR and line.name.startswith("center")
    ]
    assert not errors, errors
