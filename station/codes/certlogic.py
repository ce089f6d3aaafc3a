"""CertLogic: the small language of the acceptance rules of HC1 certificates.

A subset of JsonLogic with operations on dates (CertLogic specification 1.3.2,
ehn-dcc-development/eu-dcc-business-rules). JsonLogic is evaluated by `datalogic_py`; here are the
operations that it lacks. Which rules there are, and when they apply, belongs to `rules`.

Date-times travel between operations as ISO 8601 text in UTC with milliseconds, their JSON form.
"""

from __future__ import annotations

import operator
import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import Any, TypeAlias

import msgspec
from datalogic_py import DataLogicError, Engine, Rule

Expression: TypeAlias = Rule

# Section "plusTime". Offsets: h, hh, hmm, hhmm, h:mm, hh:mm; digits after the third decimal are ignored.
_DATE_TIME = re.compile(
    r"(\d{4})-(\d\d)-(\d\d)(?:T(\d\d):(\d\d):(\d\d)(?:\.(\d+))?(?:Z|([+-])(\d{1,2}?):?(\d\d)?)?)?", re.ASCII
)
_PARTIAL_DATE = re.compile(r"(\d{4})(?:-(\d\d))?", re.ASCII)
_UCI_PREFIX, _UCI_SEPARATOR = "URN:UVCI:", re.compile("[/#:]")

_MAX_OPERATIONS = 10_000  # a rule is data from outside; published ones need less than a hundred


class CertLogicError(ValueError):
    """An expression that is none, or that cannot be evaluated on this data. Names no data."""


def compile_expression(logic: object) -> Expression:
    """The expression, ready to be evaluated many times. Raises CertLogicError for unknown operations."""
    try:
        return _ENGINE.compile_checked(msgspec.json.encode(logic).decode())
    except (DataLogicError, RecursionError, ValueError, TypeError) as error:
        raise CertLogicError("not a CertLogic expression") from error


def evaluate(expression: Expression, data: bytes) -> Any:
    """The value of an expression on `data`, a JSON text. Raises CertLogicError."""
    try:
        return expression.evaluate(data.decode())
    except DataLogicError as error:
        raise CertLogicError(f"cannot be evaluated: {error.error_type}") from None


def _plus_time(date: str, amount: int, unit: str) -> str:
    """Offset like the methods of JavaScript's Date, which the specification refers to."""
    moment = _moment(date)
    match unit:
        case "hour":
            return _json_form(moment + timedelta(hours=amount))
        case "day":
            return _json_form(moment + timedelta(days=amount))
        case "month":
            return _json_form(_plus_months(moment, amount))
        case "year":
            return _json_form(_plus_months(moment, 12 * amount))
    raise ValueError("an unknown unit of time")


def _plus_months(moment: datetime, months: int) -> datetime:
    """A day that the month does not have runs over into the next: 31 January + 1 month = 2 or 3 March."""
    year, month = divmod(12 * moment.year + moment.month - 1 + months, 12)
    return moment.replace(year=year, month=month + 1, day=1) + timedelta(days=moment.day - 1)


def _dcc_date_of_birth(date: str) -> str:
    return _json_form(_moment(date))


def _moment(text: str) -> datetime:
    """A date-time, a date, or a partial date, which stands for the last day that agrees with it."""
    if partial := _PARTIAL_DATE.fullmatch(text):
        first_day = datetime(int(partial[1]), int(partial[2] or 12), 1, tzinfo=UTC)
        return _plus_months(first_day, 1) - timedelta(days=1)
    if not (parts := _DATE_TIME.fullmatch(text)):
        raise ValueError("not a date")
    year, month, day, hour, minute, second = (int(part or 0) for part in parts.groups()[:6])
    milliseconds = int((parts[7] or "")[:3].ljust(3, "0"))
    ahead = timedelta(hours=int(parts[9] or 0), minutes=int(parts[10] or 0))
    local = datetime(year, month, day, hour, minute, second, milliseconds * 1000, tzinfo=UTC)
    return local + ahead if parts[8] == "-" else local - ahead


def _json_form(moment: datetime) -> str:
    return moment.isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _compares(holds: Callable[[datetime, datetime], bool]) -> Callable[..., bool]:
    """A comparison of two date-times, or of three in a row."""

    def compare(*texts: str) -> bool:
        moments = [datetime.fromisoformat(text) for text in texts]
        return all(holds(left, right) for left, right in pairwise(moments))

    return compare


def _extract_from_uci(uci: str | None, index: int) -> str | None:
    """One fragment of a unique certificate identifier; a missing one is null."""
    if uci is None:
        return None
    fragments = _UCI_SEPARATOR.split(uci.removeprefix(_UCI_PREFIX))
    return fragments[index] if 0 <= index < len(fragments) else None


def _operation(function: Callable[..., object]) -> Callable[[str], str]:
    """A function as the engine calls it: a JSON array of arguments in, a JSON value out."""
    return lambda arguments: msgspec.json.encode(function(*msgspec.json.decode(arguments))).decode()


_ENGINE = Engine(
    families=[],  # JsonLogic itself and nothing of this engine's own
    config={
        "preset": "strict",  # null is no zero: a certificate without a dose number has not enough of them
        "truthy_evaluator": "python",  # an empty object is false, too
        "ops_budget": _MAX_OPERATIONS,
    },
    custom_operators={
        "plusTime": _operation(_plus_time),
        "dccDateOfBirth": _operation(_dcc_date_of_birth),
        "after": _operation(_compares(operator.gt)),
        "before": _operation(_compares(operator.lt)),
        "not-after": _operation(_compares(operator.le)),
        "not-before": _operation(_compares(operator.ge)),
        "extractFromUVCI": _operation(_extract_from_uci),
    },
)
