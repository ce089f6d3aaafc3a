"""What the center of the simulation orders: policies of branches, and lists of passes that are taken back."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from center.policies import PRESETS, preset
from center.store.policies import Activation, NotNowError, Version, in_force
from station.codes.trustlists import gate_revocations_text
from station.core.policy import digest
from station.sync.items import TrustItem, encode_item

if TYPE_CHECKING:
    from tests.sync.lists_gate import Machine
    from tests.sync.lists_world import World

BRANCHES = ("", "一社区", "一社区/甲院", "一社区/乙院")
ISSUERS, FILES = 2, 2  # stations that take passes back; under so many names each
LISTED = range(100, 106)  # passes that such lists name
_HOUR_MS, _DAY_MS = 3_600_000, 86_400_000
_DAYS = timedelta(days=1)


def policy(world: World, _: Machine) -> None:
    """Now or at a time to come; or a branch has none of its own any more."""
    store, random, now_ms = world.center.store, world.random, world.center_ms
    branch, text = random.choice(BRANCHES), preset(random.choice(PRESETS)) + f"# {world.today()}\n"
    at_ms = now_ms + random.choice((0, 0, 0, _HOUR_MS, _DAY_MS, 3 * _DAY_MS))
    upper = in_force(store.policies.activations(), branch.rpartition("/")[0], now_ms) if branch else None
    if upper and random.random() < 0.3:
        made = Activation(random.randbytes(16), upper.policy, branch, "", True, now_ms, now_ms, "admin")
    else:
        version = Version(
            *(random.randbytes(16), branch, "", digest(text), text, now_ms, "admin", now_ms),
            *(now_ms, "admin", "signature"),
        )
        store.policies.add(version, world.note())
        made = Activation(random.randbytes(16), version.id, branch, "", False, at_ms, now_ms, "admin")
    store.policies.activate(made, world.note())
    world.seen["policy to come" if at_ms > now_ms else "policy"] += 1


def no_policy(world: World, _: Machine) -> None:
    """What is to come is taken back."""
    policies = world.center.store.policies
    every = sorted(policies.activations(), key=lambda one: (one.at_ms, one.made_ms, one.branch))
    if every:
        try:
            policies.cancel(world.random.choice(every), world.center_ms, world.note())
            world.seen["policy taken back"] += 1
        except NotNowError:
            return  # it has come


def trust(world: World, _: Machine) -> None:
    """A newer list or an older one, under any of its names; perhaps for another branch."""
    random, lists = world.random, world.center.store.lists
    issuer, key = _name(world)
    scope = lists.scope_of("quick", "trust", key)
    if scope is None or random.random() < 0.2:
        scope = random.choice(BRANCHES)
    day = datetime.fromtimestamp(world.true_s, UTC) - _DAYS * random.choice((0, 0, 1, 3))
    revoked = [bytes([number]) * 8 for number in LISTED if random.random() < 0.5]
    text = gate_revocations_text(f"station-{issuer}", revoked, day)
    lists.put("quick", [("trust", key, encode_item(TrustItem(text)))], scope)
    world.seen["trust"] += 1


def no_trust(world: World, _: Machine) -> None:
    lists, key = world.center.store.lists, _name(world)[1]
    scope = lists.scope_of("quick", "trust", key)
    if scope is not None:
        lists.put("quick", [("trust", key, None)], scope)
        world.seen["trust taken back"] += 1


def _name(world: World) -> tuple[int, str]:
    issuer = world.random.randrange(ISSUERS)
    return issuer, f"revoked-{issuer}-{world.random.randrange(FILES)}.json"
