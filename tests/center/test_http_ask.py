"""A code that the gate does not know, asked at a provider that is described by data."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from queue import SimpleQueue
from typing import Any

import httpx2
import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import structs

from center.provider import (
    AnswerForm,
    ProviderError,
    fill_body,
    load_provider,
    parse_description,
    read_answer,
)
from center.scope import Scope
from center.store.database import Connection
from center.store.errors import UnavailableError
from station.sync.items import FactItem, encode_item, shared_key
from tests.center.gate import NOON_MS, Gate
from tests.center.office import Center, open_center
from tests.center.reference_provider import DESCRIPTION, ReferenceProvider
from tests.patience import PATIENCE_MS, PATIENCE_S

TWENTY_MINUTES_AGO = NOON_MS - 1_200_000  # 13:00 in Shanghai


@dataclass
class Asking:
    center: Center
    provider: ReferenceProvider
    gate: Gate

    def ask(self, **question: str) -> dict[str, Any]:
        answer = self.gate.post(self.center.client, "/v1/ask", msgspec.json.encode(question))
        assert answer.status_code == 200, answer.text
        said: dict[str, Any] = answer.json()
        return said


@pytest.fixture
def asking(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Asking]:
    """With more patience than at a gate: a machine that stands still for 0.3 s is no slow provider."""
    monkeypatch.setattr("center.http.ask.WITHIN_S", PATIENCE_S)
    reference = ReferenceProvider()
    (tmp_path / "provider.toml").write_text(DESCRIPTION, "utf-8")
    (tmp_path / "provider.token").write_text("secret\n", "utf-8")
    provider = load_provider(tmp_path, httpx2.ASGITransport(reference.app))
    assert provider
    provider.description = structs.replace(provider.description, timeout_ms=PATIENCE_MS)
    with open_center(tmp_path, provider=provider) as center:
        yield Asking(center, reference, center.know(Gate()))


def test_the_providers_colour_comes_with_its_age_and_source(asking: Asking) -> None:
    asking.provider.colours["码?&=%"] = "10"

    said = asking.ask(token="码?&=%")
    assert said["facts"] == [
        {
            "kind": "colour",
            "value": "red",
            "as_of_ms": TWENTY_MINUTES_AGO,
            "source": "省健康码",
            "until_ms": None,
        }
    ]
    assert said["age_ms"] == NOON_MS - TWENTY_MINUTES_AGO
    assert asking.provider.asked == [("码?&=%", "secret")]


def test_nothing_of_one_person_goes_along_with_the_question_about_the_next(asking: Asking) -> None:
    """Cookies would, and more of them each time, until the provider refuses their length."""
    for token in ("first", "second"):
        asking.provider.colours[token] = "00"
        asking.ask(token=token)

    assert asking.provider.cookies == ["", ""]


def test_an_answer_is_kept_for_a_while_and_found_by_its_key(asking: Asking) -> None:
    asking.provider.colours["code"] = "00"
    asking.ask(token="code")
    key = shared_key(asking.center.keys.district, "code", "code")

    assert asking.ask(key=key)["facts"][0]["value"] == "green"
    asking.ask(token="code")
    assert len(asking.provider.asked) == 1
    asking.center.clocks.forward(301)
    asking.ask(token="code")
    assert len(asking.provider.asked) == 2


@pytest.mark.parametrize(("token", "why"), [("nobody's", "unknown"), ("portal", "unreadable")])
def test_what_is_no_answer_is_no_colour(asking: Asking, token: str, why: str) -> None:
    said = asking.ask(token=token)

    assert (said["facts"], said["problem"]) == ([], why)


def test_a_slow_provider_holds_nobody_up(asking: Asking) -> None:
    asking.provider.slow = True
    asked_by = asking.center.office.provider
    assert asked_by
    asked_by.description = parse_description(DESCRIPTION)
    began = time.monotonic()

    assert asking.ask(token="code")["problem"] == "late"
    assert time.monotonic() - began < 20  # the description says 0.3 s; it would answer after 30


def test_a_value_that_the_table_does_not_have_is_never_guessed(asking: Asking) -> None:
    asking.provider.colours["code"] = "99"

    assert asking.ask(token="code")["problem"] == "unreadable"


def test_what_the_center_itself_knows_comes_first(asking: Asking) -> None:
    key = shared_key(asking.center.keys.district, "code", "code")
    fact = FactItem("code", key, "colour", "yellow", NOON_MS - 1000)
    asking.center.store.lists.put("quick", [("fact", f"code:{key}:colour", encode_item(fact))])

    assert asking.ask(token="code")["facts"][0]["value"] == "yellow"
    assert not asking.provider.asked


@pytest.fixture
def two_days_old(asking: Asking) -> Asking:
    """An import of the day before yesterday says that this code is yellow: no policy takes that any more."""
    key = shared_key(asking.center.keys.district, "code", "code")
    fact = FactItem("code", key, "colour", "yellow", NOON_MS - 48 * 3_600_000)
    asking.center.store.lists.put("quick", [("fact", f"code:{key}:colour", encode_item(fact))])
    return asking


def test_a_colour_of_the_day_before_yesterday_keeps_nobody_from_asking(two_days_old: Asking) -> None:
    two_days_old.provider.colours["code"] = "10"

    assert [fact["value"] for fact in two_days_old.ask(token="code")["facts"]] == ["red"]


def test_an_old_colour_is_still_told_if_the_provider_has_none(two_days_old: Asking) -> None:
    said = two_days_old.ask(token="code")

    assert [(fact["value"], fact["as_of_ms"]) for fact in said["facts"]] == [
        ("yellow", NOON_MS - 48 * 3_600_000)
    ]
    assert said["problem"] == "unknown"


def test_the_token_is_kept_nowhere(asking: Asking, tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("INFO", "center")
    asking.provider.colours["sensitive-token"] = "00"
    asking.ask(token="sensitive-token")

    assert "sensitive-token" not in caplog.text
    assert not any(b"sensitive-token" in file.read_bytes() for file in tmp_path.iterdir() if file.is_file())


def test_without_a_provider_that_is_said(tmp_path: Path) -> None:
    with open_center(tmp_path) as center:
        gate = center.know(Gate())
        answer = gate.post(center.client, "/v1/ask", b'{"token": "code"}').json()

        assert (answer["facts"], answer["problem"]) == ([], "no_provider")


@pytest.mark.parametrize(
    "body", [b"", b"[]", b"{}", b'{"key": 1}', b'{"key": "a"}', b'{"key": "", "token": ""}', b"\xff"]
)
def test_a_question_that_is_none(asking: Asking, body: bytes) -> None:
    answer = asking.gate.post(asking.center.client, "/v1/ask", body)

    assert (answer.status_code, answer.json()["problem"]) == (400, "not_understood")


@pytest.mark.parametrize("file", ["provider.toml", "provider.token"])
def test_a_file_in_gbk_is_named_and_no_crash(tmp_path: Path, file: str) -> None:
    """As an editor under a Chinese Windows saves it."""
    (tmp_path / "provider.toml").write_text(DESCRIPTION, "utf-8")
    (tmp_path / "provider.token").write_text("secret\n", "utf-8")
    (tmp_path / file).write_bytes('name = "省健康码"'.encode("gbk"))

    with pytest.raises(ProviderError, match=file):
        load_provider(tmp_path)


def test_a_center_opens_in_a_shell_that_names_a_socks_proxy(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ALL_PROXY", "socks5://127.0.0.1:7890")
    (tmp_path / "provider.toml").write_text(DESCRIPTION, "utf-8")
    (tmp_path / "provider.token").write_text("secret\n", "utf-8")

    assert load_provider(tmp_path)


def test_the_answer_does_not_wait_for_the_summary_to_be_written(asking: Asking) -> None:
    """Somebody stands there 0.8 s at most; a backlog's transaction may take longer."""
    asking.provider.colours["code"] = "10"
    portal, told = asking.center.client.portal, SimpleQueue[dict[str, Any]]()
    assert portal

    with asking.center.store.database.write():
        asked = portal.start_task_soon(_ask_and_hear, asking, b'{"token": "code"}', told)
        said = told.get(timeout=PATIENCE_S)
    asked.result(PATIENCE_S)

    assert [fact["value"] for fact in said["facts"]] == ["red"]
    assert asking.center.store.colours.counts(Scope(("",)), 0, NOON_MS + 1) == [("", 1, 0)]


def test_a_disk_that_takes_no_summary_keeps_no_red_back(asking: Asking) -> None:
    asking.provider.colours["code"] = "10"
    asking.center.store.database.write = _unavailable  # type: ignore[method-assign]

    assert asking.ask(token="code")["facts"][0]["value"] == "red"


def _unavailable() -> AbstractContextManager[Connection]:
    raise UnavailableError("full")


async def _ask_and_hear(asking: Asking, body: bytes, told: SimpleQueue[dict[str, Any]]) -> None:
    """As a gate hears it: when the body is there, whatever the center does then."""

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": body}

    async def send(message: Any) -> None:
        if message["type"] == "http.response.body":
            told.put(msgspec.json.decode(message["body"]))

    headers = asking.gate.headers("POST", "/v1/ask", body).items()
    path = {"path": "/v1/ask", "raw_path": b"/v1/ask", "query_string": b"", "root_path": ""}
    lines = [(name.lower().encode(), value.encode()) for name, value in headers]
    scope = {"type": "http", "method": "POST", "scheme": "http", "headers": lines, **path}
    await asking.center.client.app(scope, receive, send)


@given(
    st.binary()
    | st.text().map(str.encode)
    | st.recursive(
        st.none() | st.booleans() | st.floats() | st.text(),
        lambda inner: st.lists(inner) | st.dictionaries(st.sampled_from(["data", "at", "x"]), inner),
    ).map(msgspec.json.encode)
)
def test_any_answer_is_read_or_not_read(answer: bytes) -> None:
    form = AnswerForm("data.0.x", {"1": "red"}, "at", "s")

    assert read_answer(form, answer, NOON_MS).problem == "unreadable"


@pytest.mark.parametrize(
    ("form", "at"), [("s", "1650000000"), ("ms", "1650000000000"), ("iso", '"2022-04-15T13:20:00+08:00"')]
)
def test_times_in_every_form(form: Any, at: str) -> None:
    answer = f'{{"colour": 1, "at": {at}}}'.encode()

    found = read_answer(AnswerForm("colour", {"1": "red"}, "at", form), answer, NOON_MS)
    assert (found.colour, found.as_of_ms) == ("red", NOON_MS)


@pytest.mark.parametrize("at", ['"2022-04-15T13:20:00"', "null", "true", "99999999999999999999", "NaN", "-1"])
def test_a_time_that_is_none_makes_no_answer(at: str) -> None:
    for form in ("iso", "s"):
        answer = f'{{"colour": 1, "at": {at}}}'.encode()
        found = read_answer(AnswerForm("colour", {"1": "red"}, "at", form), answer, NOON_MS)
        assert found.problem == "unreadable"


def test_a_token_is_escaped_in_a_json_body() -> None:
    assert msgspec.json.decode(fill_body('{"a": ["{token}"], "b": 1}', '"}\\')) == {"a": ['"}\\'], "b": 1}


@pytest.mark.parametrize(
    ("wrong", "right"),
    [
        ("?qr={token}", ""),
        ("http:", "ftp:"),
        ('"green"', '"blue"'),
        ("timeout_ms = 300", "timeout_ms = 9000"),
        ("keep_s", "kept_s"),
        ("name", "[name"),
    ],
)
def test_a_wrong_description_is_refused(wrong: str, right: str) -> None:
    with pytest.raises(ProviderError):
        parse_description(DESCRIPTION.replace(wrong, right, 1))
