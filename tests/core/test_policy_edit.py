"""An admin changes one number: that number changes, and every comment stays."""

from __future__ import annotations

import difflib
import tomllib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from station.core.policy import parse_policy
from station.core.policy_edit import PolicyEditError, Value, with_value, without_value
from station.core.policy_form import FieldKind, fields
from tests.core.rulebook import POLICIES

OPEN = (POLICIES / "open.toml").read_text("utf-8")
PATHS = {field.path: field for field in fields()}


def changed(before: str, after: str) -> list[str]:
    lines = difflib.unified_diff(before.splitlines(), after.splitlines(), n=0, lineterm="")
    return [line for line in lines if line[:1] in "+-" and line[:3] not in ("+++", "---")]


def test_a_limit_is_changed_and_its_source_stays_beside_it() -> None:
    source = "# alarm and report line of 2020, as published by local health commissions"
    assert changed(OPEN, with_value(OPEN, "temperature.limit_c.body", 37.5)) == [
        f"-body = 37.3      {source}",
        f"+body = 37.5      {source}",
    ]


def test_an_exception_gets_a_table_at_the_end() -> None:
    once = with_value(OPEN, "category.courier.in.test.everyone_hours", 24)
    twice = with_value(once, "category.courier.in.test.missing", "stop")
    assert changed(OPEN, twice) == [
        "+", "+[category.courier.in.test]", "+everyone_hours = 24", '+missing = "stop"'
    ]  # fmt: skip


def test_an_exception_is_taken_back() -> None:
    text = with_value(OPEN, "out.colour.required", True)
    assert parse_policy(without_value(text, "out.colour.required")) != parse_policy(text)
    assert changed(text, without_value(text, "out.colour.required")) == ["-required = true"]


@pytest.mark.parametrize("value", ['a "quoted" # word', "门\\n卫", "", "'"])
def test_any_text_can_be_written(value: str) -> None:
    text = with_value('name = "x" # why\n', "name", value)
    assert tomllib.loads(text) == {"name": value}
    assert text.endswith("# why\n")


def test_line_endings_of_the_file_are_kept() -> None:
    text = with_value(OPEN.replace("\n", "\r\n"), "out.colour.required", True)
    assert text.count("\n") == text.count("\r\n")
    assert tomllib.loads(text)["out"]["colour"]["required"] is True


def test_a_file_without_an_end_of_line_is_not_glued_together() -> None:
    assert tomllib.loads(with_value("a = 1", "b.c", 2)) == {"a": 1, "b": {"c": 2}}


@pytest.mark.parametrize(
    "text",
    [
        "colour = { required = true }\n",  # on one line: not taken apart here
        "[colour]\nrequired = [\n  1,\n]\n",
        'text = """\n[colour]\nrequired = true\n"""\n',
        'colour."required" = true\n',
        "no toml\n",
    ],
)
def test_a_file_in_another_form_is_refused_and_not_spoilt(text: str) -> None:
    with pytest.raises(PolicyEditError, match=r"colour\.required"):
        with_value(text, "colour.required", False)


def test_what_is_not_there_cannot_be_taken_away() -> None:
    with pytest.raises(PolicyEditError, match=r"out\.colour\.yellow"):
        without_value(OPEN, "out.colour.yellow")


def test_a_sign_that_toml_wants_escaped_is_written_so() -> None:
    assert tomllib.loads(with_value(OPEN, "outing.exempt", ["\x7f"]))["outing"]["exempt"] == ["\x7f"]


PLAIN: dict[FieldKind, st.SearchStrategy[Value]] = {
    FieldKind.SWITCH: st.booleans(),
    FieldKind.VERDICT: st.sampled_from(["pass", "recheck", "stop"]),
    FieldKind.NUMBER: st.floats(0, 60, exclude_min=True).map(lambda number: round(number, 3) or 0.5),
    FieldKind.HOURS_BY_NAME: st.integers(1, 99),
    FieldKind.COUNT: st.integers(3, 60),
    FieldKind.TIME: st.sampled_from(["", "23:00"]),
    FieldKind.WORDS: st.lists(st.text(max_size=5), max_size=3),
}


@given(st.data(), st.sampled_from(["", "out.", "category.courier.", "category.房东.in."]))
def test_every_field_of_the_form_can_be_changed_and_nothing_else_changes(
    data: st.DataObject, place: str
) -> None:
    path = data.draw(st.sampled_from(sorted(PATHS)))
    kind = PATHS[path].kind
    if kind is FieldKind.HOURS_BY_NAME:
        path += "." + data.draw(st.sampled_from(["nurse", "护士", "driver"]))
    value = data.draw(PLAIN[kind])
    said: object = tomllib.loads(with_value(OPEN, place + path, value))
    for name in (place + path).split("."):
        assert isinstance(said, dict)
        said = said[name]
    assert said == value
