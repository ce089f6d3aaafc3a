"""Policies (规则): who goes by which, five-colour grades of zones, signatures, activation."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from starlette.responses import Response

from center import policies
from center.console import policy_words
from center.console.notices import branch_typed
from center.console.page import ComplaintError, NotHereError, Page
from center.console.rights import Permission
from center.console.visit import Visit
from center.scope import above
from center.store import GateRow
from center.store.policies import Activation, NotNowError, Version, in_force, new_id
from station.codes.policy_signature import sign_policy, verify_policy
from station.core.policy import NO_CODES, PolicyError, digest, kept_policy, parse_policy

_LABELS_S = 20.0
_SHOWN_PAST, _SHOWN_VERSIONS = 30, 100
_FAR_MS = 366 * 24 * 3600 * 1000


@dataclass(frozen=True, slots=True)
class Zone:
    """A node of the tree. `own`: what was chosen for it; `holds`: that, or what it has from above."""

    branch: str
    own: Activation | None
    holds: Activation | None
    version: Version | None  # of what holds
    earlier: Activation | None  # of its own, before that
    gates: int
    can_follow: bool  # something holds above


@dataclass(frozen=True, slots=True)
class Going:
    """A gate, what it should go by, and what it says that it goes by."""

    gate: GateRow
    wanted: Version | None
    told: str

    @property
    def state(self) -> str:
        """same, other, own (nothing is wanted here), unknown"""
        if not self.told:
            return "unknown"
        if self.wanted is None:
            return "own"
        return "same" if self.told == self.wanted.label else "other"


def show_all(visit: Visit) -> Response:
    every, versions = visit.store.policies.activations(), _versions(visit)
    gates = [gate for gate in visit.store.gates.overview(visit.scope) if not gate.revoked]
    by_id = {version.id: version for version in versions}
    coming = [one for one in every if one.at_ms > visit.now_ms and visit.scope.touches(one.branch)]
    past = [one for one in every if one.at_ms <= visit.now_ms and visit.scope.touches(one.branch)]
    going = _going(visit, gates, every, by_id)
    return visit.render(
        "policies.html",
        zones=_zones(visit, gates, every, by_id),
        going=sorted(going, key=lambda one: (one.state != "other", one.gate.branch, one.gate.name)),
        behind=sum(one.state == "other" for one in going),
        coming=coming,
        past=past[:_SHOWN_PAST],
        versions=versions[:_SHOWN_VERSIONS],
        by_id=by_id,
        own=visit.scope.branches[0],
        ours=visit.scope.holds,
        presets=policies.PRESETS,
        grades=policies.GRADES,
        **words(visit),
    )


def give_grade(visit: Visit) -> Response:
    """The zone's colour chooses its policy: ours that is signed for this colour, or the shipped one."""
    branch, grade = branch_typed(visit, visit.field("branch")), visit.field("grade", 10)
    if grade not in policies.GRADES:
        raise ComplaintError("请选一种颜色")
    version = _for_grade(visit, branch, grade)
    _activate(visit, version.id, branch, moment_typed(visit, visit.field("at", 30)), grade)
    return visit.redirect("/policy", "定好了，在线的大门两秒内收到")


def go_back(visit: Visit) -> Response:
    """What held here before holds again."""
    branch = branch_typed(visit, visit.field("branch"))
    earlier = _own(visit.store.policies.activations(), branch, visit.now_ms)[1:]
    if not earlier:
        raise ComplaintError("这里没有更早的规则可以换回")
    _activate(visit, earlier[0].policy, branch, visit.now_ms, earlier[0].grade, follows=earlier[0].follows)
    return visit.redirect("/policy", "换回上一版了，在线的大门两秒内收到")


def follow(visit: Visit) -> Response:
    """No policy of its own any more: what holds above holds here."""
    branch = branch_typed(visit, visit.field("branch"))
    every = visit.store.policies.activations()
    upper = _upper(every, branch, visit.now_ms)
    if upper is None:
        raise ComplaintError("上面没有定规则，这里不能跟着上面")
    _activate(visit, upper.policy, branch, visit.now_ms, "", follows=True)
    return visit.redirect("/policy", "从现在起跟着上面走")


def cancel(visit: Visit) -> Response:
    """Of what is still to come."""
    id = visit.id_bytes("activation")
    made = next((one for one in visit.store.policies.activations() if one.id == id), None)
    if made is None or not visit.scope.holds(made.branch):
        raise NotHereError
    note = visit.make_note("取消了还没生效的规则", branch=made.branch, about=id.hex()[:12])
    try:
        visit.store.policies.cancel(made, visit.now_ms, note)
    except NotNowError as error:
        raise ComplaintError("它已经生效了，要换请用“换回上一版”") from error
    return visit.redirect("/policy", "取消了")


def sign(visit: Visit) -> Response:
    """With the center's key, over the exact text. From then on nothing of it changes."""
    version = own_version(visit)
    if visit.field("digest", 16) != version.digest:
        raise ComplaintError("有人刚改过这份草稿，请看过以后再签")
    _check(visit, version)
    note = visit.make_note("签发了规则", branch=version.branch, about=version.digest)
    try:
        visit.store.policies.sign(version, _signature(visit, version.toml), visit.now_ms, note)
    except NotNowError as error:
        raise ComplaintError("这一版已经签了") from error
    return visit.redirect(f"/policy/{version.id.hex()}", "签好了，可以生效")


def activate(visit: Visit) -> Response:
    version = one_version(visit)
    branch = branch_typed(visit, visit.field("branch"))
    at_ms = moment_typed(visit, visit.field("at", 30))
    _activate(visit, version.id, branch, at_ms, "")
    return visit.redirect("/policy", "定好了，在线的大门两秒内收到")


def give_file(visit: Visit) -> Response:
    """The text, or with ?signature=1 its signature, to carry by hand."""
    version = one_version(visit)
    signature = visit.query("signature") == "1"
    name = f"{version.digest}.toml" + (".sig" if signature else "")
    return Response(
        version.signature if signature else version.toml,
        media_type="text/plain; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"},
    )


def own_version(visit: Visit) -> Version:
    """The version of the address, which may be changed here. Raises NotHereError."""
    version = one_version(visit)
    if not visit.scope.holds(version.branch):
        raise NotHereError
    return version


def one_version(visit: Visit) -> Version:
    version = visit.store.policies.get(visit.scope, visit.id_bytes("policy"))
    if version is None:
        raise NotHereError
    return version


def make_version(visit: Visit, text: str, branch: str, *, signed: bool) -> Version:
    """A new version in the store: with the next number of its name, or with `signed` as it is."""
    policy = kept_policy(text)  # a draft may begin from one that would be refused today
    if not signed:
        text = policies.numbered(text, _next_number(visit, policy.name, policy.version))
        policy = kept_policy(text)
    id, now_ms, who = new_id(), visit.now_ms, visit.who
    made = (now_ms, who, _signature(visit, text)) if signed else (None, "", "")
    version = Version(id, branch, policy.label, digest(text), text, now_ms, who, now_ms, *made)
    note = visit.make_note("签发了规则" if signed else "起草了规则", branch=branch, about=version.digest)
    visit.store.policies.add(version, note)
    return version


def moment_typed(visit: Visit, typed: str) -> int:
    """When, by the host's clock; empty: now. Raises ComplaintError."""
    if not typed:
        return visit.now_ms
    try:
        moment = datetime.fromisoformat(typed)
        at_ms = int(moment.replace(tzinfo=moment.tzinfo or visit.console.zone).timestamp() * 1000)
    except (ValueError, OverflowError) as error:
        raise ComplaintError("时间看不懂，请写成 2022-04-01 07:30") from error
    if not visit.now_ms - 60_000 <= at_ms <= visit.now_ms + _FAR_MS:
        raise ComplaintError("生效的时间要在现在以后，一年以内")
    return max(at_ms, visit.now_ms)


def words(visit: Visit) -> dict[str, Any]:
    """What templates need to name policies."""
    return {
        "name_of": lambda label: policy_words.name_of(visit, label),
        "NAMES": policy_words.NAMES,
        "GRADES": policy_words.GRADES,
        "GRADE_CLASS": {"red": "c4", "orange": "c3", "yellow": "c2", "blue": "c1", "green": "c0"},
    }


def current_text(visit: Visit, branch: str) -> str:
    """The text that holds for a branch; the everyday one where nothing was chosen."""
    holds = in_force(visit.store.policies.activations(), branch, visit.now_ms)
    version = visit.store.policies.get(visit.scope, holds.policy) if holds else None
    return version.toml if version else policies.preset("open")


def _activate(
    visit: Visit, policy: bytes, branch: str, at_ms: int, grade: str, *, follows: bool = False
) -> None:
    """Only what we signed ourselves goes out. Raises ComplaintError."""
    version = visit.store.policies.get(visit.scope, policy)
    if version is None:
        raise NotHereError
    if version.signed_ms is None:
        raise ComplaintError("这一版还没有签，签了才能生效")
    _check(visit, version)
    verify_policy(
        version.toml.encode(), version.signature, {"center": visit.office.keys.signing.public_key()}
    )
    made = Activation(new_id(), policy, branch, grade, follows, at_ms, visit.now_ms, visit.who)
    visit.store.policies.activate(made, visit.make_note("让规则生效", branch=branch, about=version.digest))


def _check(visit: Visit, version: Version) -> None:
    """A gate that does not go by it yet would refuse it. Raises ComplaintError."""
    try:
        parse_policy(version.toml)
    except PolicyError as error:
        raise ComplaintError("{}。请另起一份，改好再签", policy_words.problem(visit, error)) from error


def _is_for(text: str, grade: str) -> bool:
    try:
        return grade in parse_policy(text).grades
    except PolicyError:
        return False


def _signature(visit: Visit, text: str) -> str:
    return sign_policy(text.encode(), visit.office.keys.signing)


def _versions(visit: Visit) -> list[Version]:
    return visit.store.policies.all(visit.scope)


def _next_number(visit: Visit, name: str, at_least: int) -> int:
    """Greater than any of this name, so that no label means two texts."""
    labels = [version.label.partition("/") for version in _versions(visit)]
    numbers = [int(number) for one, _, number in labels if one == name and number.isdecimal()]
    return max([at_least, *numbers]) + 1


def _for_grade(visit: Visit, branch: str, grade: str) -> Version:
    upper = above(branch)
    for version in _versions(visit):
        usable = version.signed_ms is not None and version.branch in upper
        if usable and _is_for(version.toml, grade):
            return version
    return make_version(visit, policies.preset_for(grade), branch, signed=True)


def _zones(
    visit: Visit, gates: Iterable[GateRow], every: Sequence[Activation], by_id: dict[bytes, Version]
) -> list[Zone]:
    """Every node of the tree that has a gate below, in the order of the tree."""
    counts: dict[str, int] = {}
    for gate in gates:
        for branch in above(gate.branch):
            if visit.scope.holds(branch):
                counts[branch] = counts.get(branch, 0) + 1
    zones = []
    for branch, count in sorted(counts.items()):
        own = _own(every, branch, visit.now_ms)
        holds = in_force(every, branch, visit.now_ms)
        version = by_id.get(holds.policy) if holds else None
        chosen = own[0] if own and not own[0].follows else None
        earlier = own[1] if len(own) > 1 else None
        zones.append(
            Zone(
                branch,
                chosen,
                holds,
                version,
                earlier,
                count,
                _upper(every, branch, visit.now_ms) is not None,
            )
        )
    return zones


def _upper(every: Iterable[Activation], branch: str, now_ms: int) -> Activation | None:
    """What holds for the branch above."""
    return in_force(every, branch.rpartition("/")[0], now_ms) if branch else None


def _own(every: Iterable[Activation], branch: str, now_ms: int) -> list[Activation]:
    return [one for one in every if one.branch == branch and one.at_ms <= now_ms]


def _going(
    visit: Visit, gates: Sequence[GateRow], every: Sequence[Activation], by_id: dict[bytes, Version]
) -> list[Going]:
    labels = visit.console.recent.get(
        ("policy labels", visit.scope.branches),
        visit.office.mono(),
        _LABELS_S,
        lambda: visit.store.policies.last_labels([gate.station for gate in gates]),
    )
    rows = []
    for gate in gates:
        holds = in_force(every, gate.branch, visit.now_ms)
        told = _told(gate, *labels.get(gate.station, ("", 0)))
        rows.append(Going(gate, by_id.get(holds.policy) if holds else None, told))
    return rows


def _told(gate: GateRow, label: str, at_ms: int) -> str:
    """The newest word of the gate: of its last entry, or of its last hello."""
    hello = dict(gate.state).get("policy", "").partition(" ")[0]
    newest = hello if hello and (gate.seen_ms or 0) >= at_ms else label or hello
    return newest.removesuffix(NO_CODES)


PAGES = (
    Page("GET", "/policy", Permission.POLICY, show_all, menu="规则"),
    Page("POST", "/policy/grade", Permission.POLICY, give_grade, ids=("branch",)),
    Page("POST", "/policy/back", Permission.POLICY, go_back, ids=("branch",)),
    Page("POST", "/policy/follow", Permission.POLICY, follow, ids=("branch",)),
    Page("POST", "/policy/activations/{activation}/cancel", Permission.POLICY, cancel),
    Page("GET", "/policy/{policy}/file", Permission.POLICY, give_file),
    Page("POST", "/policy/{policy}/sign", Permission.POLICY, sign),
    Page("POST", "/policy/{policy}/activate", Permission.POLICY, activate, ids=("branch",)),
)
