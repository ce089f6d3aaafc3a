"""A version of a policy as a form: its values, its exceptions, what differs from what holds."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from starlette.responses import Response

from center import policies
from center.console import policy_words
from center.console.notices import branch_typed
from center.console.page import ComplaintError, NotHereError, Page
from center.console.policy import current_text, make_version, one_version, own_version, words
from center.console.rights import Permission
from center.console.visit import Visit
from center.store.policies import NotNowError, Version
from station.core.model import Direction
from station.core.policy import Policy, digest, kept_policy, parse_policy
from station.core.policy_edit import PolicyEditError
from station.core.policy_errors import PolicyError
from station.core.policy_form import FieldKind, Place, fields

_FORM_BYTES = 256 * 1024
_EVERYBODY = Place()


def begin(visit: Visit) -> Response:
    """A draft of a shipped policy, of another version, or of what holds in the branch."""
    branch, start = branch_typed(visit, visit.field("branch")), visit.field("start", 40)
    if start in policies.PRESETS:
        text = policies.preset(start)
    elif start:
        version = visit.store.policies.get(visit.scope, _id(start))
        if version is None:
            raise NotHereError
        text = version.toml
    else:
        text = current_text(visit, branch)
    try:
        version = make_version(visit, text, branch, signed=False)
    except PolicyEditError as error:
        raise ComplaintError("这份规则的写法这里改不了，请在文件里改") from error
    return visit.redirect(f"/policy/{version.id.hex()}", "草稿开好了")


def show(visit: Visit) -> Response:
    return _page(visit, one_version(visit), place_of(visit.query("whom", 60)))


def change(visit: Visit) -> Response:
    """What was typed; nothing of it is lost when one value is wrong."""
    version, place = own_version(visit), place_of(visit.field("whom", 60))
    typed = {one.path: visit.long_field(one.path, 2000) for one in fields() if one.path in visit.form}
    try:
        if visit.field("digest", 16) != version.digest:
            raise ComplaintError("有人刚改过这份草稿，下面是您填的，请再存一次")
        text = policies.edited(version.toml, place, typed)
        _rewrite(visit, version, text)
    except (policies.TypedError, PolicyEditError, PolicyError, ComplaintError) as error:
        return _page(visit, version, place, typed, _wrong(visit, error))
    return visit.redirect(f"/policy/{version.id.hex()}?whom={key_of(place)}", "存好了")


def drop_exception(visit: Visit) -> Response:
    version = own_version(visit)
    try:
        _rewrite(visit, version, policies.without(version.toml, visit.field("path")), kept_policy)
    except (PolicyEditError, PolicyError) as error:
        raise ComplaintError("这一条这里去不掉，请在文件里改") from error
    return visit.redirect(f"/policy/{version.id.hex()}", "去掉了，按对大家的规则")


def drop(visit: Visit) -> Response:
    version = own_version(visit)
    try:
        visit.store.policies.drop(
            version.id, visit.make_note("扔掉了草稿", branch=version.branch, about=version.digest)
        )
    except NotNowError as error:
        raise ComplaintError("签过的不能扔") from error
    return visit.redirect("/policy", "草稿扔掉了")


def place_of(key: str) -> Place:
    """courier.in, courier, .in or empty: everybody."""
    category, _, way = key.partition(".")
    if category not in ("", *policy_words.CATEGORIES) or way not in policy_words.WAYS:
        return _EVERYBODY
    return Place(category, Direction(way) if way else None)


def key_of(place: Place) -> str:
    return f"{place.category}.{place.direction.value}" if place.direction else place.category


def differences(before: Policy, after: Policy, texts: tuple[str, str]) -> list[tuple[str, str, str]]:
    """(path, then, now) of what holds for everybody, and of the exceptions."""
    then = {one.field.path: one.text for some in policies.shown(before, _EVERYBODY).values() for one in some}
    now = {one.field.path: one.text for some in policies.shown(after, _EVERYBODY).values() for one in some}
    then |= dict(policies.exceptions(texts[0]))
    now |= dict(policies.exceptions(texts[1]))
    paths = dict.fromkeys([*now, *then])
    return [
        (path, then.get(path, ""), now.get(path, ""))
        for path in paths
        if then.get(path, "") != now.get(path, "")
    ]


def _rewrite(visit: Visit, version: Version, text: str, read: Callable[[str], Policy] = parse_policy) -> None:
    policy = read(text)
    if len(text) > policies.MOST_CHARACTERS:
        raise ComplaintError("太长了：最多 {} 个字", policies.MOST_CHARACTERS)
    note = visit.make_note("改了规则草稿", branch=version.branch, about=digest(text))
    try:
        visit.store.policies.rewrite(version.id, text, policy.label, digest(text), visit.now_ms, note)
    except NotNowError as error:
        raise ComplaintError("这一版已经签了，不能再改；可以在它上面另起一份") from error


def _wrong(visit: Visit, error: Exception) -> tuple[str, str]:
    """What is wrong in words, and the field where it is."""
    if isinstance(error, policies.TypedError):
        return visit.text("「{}」填得不对", policy_words.named(visit, error.path)), error.path
    if isinstance(error, PolicyError):
        return policy_words.problem(visit, error), error.field
    if isinstance(error, ComplaintError):
        return visit.text(error.words, *error.values), ""
    return visit.text("这份规则的写法这里改不了，请在文件里改"), ""


def _page(
    visit: Visit,
    version: Version,
    place: Place,
    typed: dict[str, str] | None = None,
    wrong: tuple[str, str] = ("", ""),
) -> Response:
    policy, now_text = kept_policy(version.toml), current_text(visit, version.branch)
    return visit.render(
        "policy.html",
        status=400 if wrong[0] else 200,
        version=version,
        sections=policies.shown(policy, place),
        typed=typed or {},
        wrong=wrong,
        whom=key_of(place),
        whoms=_whoms(visit),
        exceptions=policies.exceptions(version.toml),
        changes=differences(kept_policy(now_text), policy, (now_text, version.toml)),
        editable=version.signed_ms is None and visit.scope.holds(version.branch),
        own=visit.scope.branches[0],
        zone_grades=policy.grades,
        **_form_words(visit),
        **words(visit),
    )


def _whoms(visit: Visit) -> list[tuple[str, str]]:
    """Whom a form may be for: key and words."""
    found = []
    for category in ("", *policy_words.CATEGORIES):
        whom = visit.text(policy_words.CATEGORIES[category]) if category else visit.text("所有人")
        for way, said in policy_words.WAYS.items():
            found.append((f"{category}.{way}" if way else category, f"{whom} · {visit.text(said)}"))
    return found


def _form_words(visit: Visit) -> dict[str, Any]:
    return {
        "SECTIONS": policy_words.SECTIONS,
        "VERDICTS": policy_words.VERDICTS,
        "SWITCHES": policy_words.SWITCHES,
        "Kind": FieldKind,
        "label_of": lambda path: policy_words.label(visit, path),
        "unit_of": lambda one: policy_words.unit(visit, one),
        "named": lambda path: policy_words.named(visit, path),
        "said_value": lambda text: policy_words.said(visit, text),
    }


def _id(text: str) -> bytes:
    try:
        return bytes.fromhex(text)
    except ValueError as error:
        raise NotHereError from error


PAGES = (
    Page("POST", "/policy/new", Permission.POLICY, begin, ids=("branch",)),
    Page("GET", "/policy/{policy}", Permission.POLICY, show),
    Page("POST", "/policy/{policy}", Permission.POLICY, change, most_bytes=_FORM_BYTES),
    Page("POST", "/policy/{policy}/without", Permission.POLICY, drop_exception),
    Page("POST", "/policy/{policy}/drop", Permission.POLICY, drop),
)
