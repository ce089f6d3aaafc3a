"""The OpenAPI document is true to the routes, and nothing that anybody sends makes the center stumble."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from starlette.routing import Route

from center.http.answers import PROBLEMS
from station.sync import bundle
from tests.center.gate import Gate
from tests.center.office import Center, open_center

IN_PROCESS = settings(
    max_examples=25,
    deadline=None,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)


@pytest.fixture(scope="module")
def center(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Center]:
    with open_center(tmp_path_factory.mktemp("center"), requests_per_s=1e9) as opened:
        opened.know(Gate())
        opened.office.wakes.close()  # long polls are answered at once
        yield opened


@pytest.fixture(scope="module")
def document(center: Center) -> dict[str, Any]:
    said: dict[str, Any] = center.client.get("/v1/openapi.json").json()
    return said


def test_the_document_has_every_route_and_no_other(center: Center, document: dict[str, Any]) -> None:
    app = center.client.app
    routes = {
        (route.path, method)
        for route in app.routes  # type: ignore[attr-defined]
        if isinstance(route, Route) and route.path.startswith(("/v1", "/healthz"))  # the others are pages
        for method in (route.methods or set()) - {"HEAD"}
    }
    told = {(path, method.upper()) for path, item in document["paths"].items() for method in item}

    assert told == routes


def test_every_problem_that_can_be_told_is_in_the_document(document: dict[str, Any]) -> None:
    text = str(document["paths"])
    for slug in set(PROBLEMS) - {"not_found", "wrong_method"}:  # of no path
        assert f"{slug}:" in text


def test_the_document_is_openapi(document: dict[str, Any]) -> None:
    schemathesis.openapi.from_dict(document).validate()


def statuses(operation: dict[str, Any]) -> set[int]:
    return {int(status) for status in operation["responses"]}


def try_operations(center: Center, document: dict[str, Any], examples: int) -> None:
    """Requests made from the document and beside it, signed and not; every answer is one that it names."""
    for found in schemathesis.openapi.from_dict(document).get_all_operations():
        operation = found.ok()  # type: ignore[union-attr]  # the document is valid
        settings(IN_PROCESS, max_examples=examples)(never_stumbles(center, document, operation))()


def never_stumbles(center: Center, document: dict[str, Any], operation: Any) -> Any:
    gate = Gate()
    allowed = statuses(document["paths"][operation.path][operation.method.lower()])

    @given(case=operation.as_strategy(), signed=st.booleans())
    def check(case: Any, signed: bool) -> None:
        request = center.client.build_request(**arguments(case))
        if signed:
            target = request.url.raw_path.decode()
            request.headers.update(gate.headers(request.method, target, request.read()))
        answer = center.client.send(request)
        assert answer.status_code < 500, answer.text
        assert answer.status_code in allowed
        center.clocks.forward(60)

    return check


def arguments(case: Any) -> dict[str, Any]:
    sent = case.as_transport_kwargs(base_url="http://testserver")
    keep = {name: sent[name] for name in ("method", "url", "params", "json", "headers") if sent.get(name)}
    headers = {
        name: value for name, value in dict(keep.pop("headers", {})).items() if name != "Authorization"
    }
    body = sent.get("data")
    return keep | {"headers": headers} | ({"content": body} if isinstance(body, bytes | str) else {})


def test_no_request_makes_it_stumble(center: Center, document: dict[str, Any]) -> None:
    try_operations(center, document, examples=15)


@pytest.mark.slow
def test_no_request_of_very_many_makes_it_stumble(center: Center, document: dict[str, Any]) -> None:
    try_operations(center, document, examples=150)


MESSAGES = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**63), 2**64 - 1) | st.floats() | st.text() | st.binary(),
    lambda inner: st.lists(inner, max_size=10),
    max_leaves=20,
)


@settings(IN_PROCESS, max_examples=60)
@given(path=st.sampled_from(["hello", "push", "reconcile"]), message=MESSAGES)
def test_no_packed_message_makes_it_stumble(center: Center, path: str, message: Any) -> None:
    gate = Gate()

    answer = gate.post(center.client, f"/v1/{path}", bundle.pack(message))
    assert answer.status_code in (401, 422)


@settings(IN_PROCESS, max_examples=60)
@given(st.data())
def test_a_hello_of_any_values_is_answered(center: Center, data: st.DataObject) -> None:
    whole = st.integers(-(2**53), 2**53)
    chain = bundle.ChainAt(
        data.draw(st.integers(0, 2**48 - 1)),
        data.draw(st.binary(max_size=32)),
        data.draw(st.integers(0, 2**53)),
        data.draw(st.binary(min_size=32, max_size=32)),
    )
    text = st.text(max_size=200)
    gate = Gate(wall_ms=data.draw(whole))
    hello = gate.hello(
        app=data.draw(text),
        schema=data.draw(st.integers(-(2**63), 2**64 - 1)),
        boot=data.draw(text),
        wall_ms=data.draw(whole),
        fingerprint=data.draw(text),
        chains=(chain,),
        credential=data.draw(st.binary(max_size=40)),
        state=(("pending", data.draw(text)), ("clock_offset_ms", str(data.draw(st.integers())))),
    )

    answer = gate.post(center.client, "/v1/hello", bundle.pack(hello))
    assert answer.status_code == 200, answer.text


@pytest.fixture(autouse=True)
def no_stumble(caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    yield
    errors = [line for line in caplog.records if line.levelno >= logging.ERROR and line.name == "center.app"]
    assert not errors, errors
