"""Policies are data: the shipped ones are sound, a wrong one is named."""

from __future__ import annotations

from pathlib import Path

import pytest

from station.core.policy import PolicyError, parse_policy

POLICIES = Path(__file__).parents[2] / "assets" / "policies"
OPEN = (POLICIES / "open.toml").read_text(encoding="utf-8")


@pytest.mark.parametrize("path", sorted(POLICIES.glob("*.toml")), ids=lambda path: path.stem)
def test_shipped_policy_is_sound_and_named_like_its_file(path: Path) -> None:
    policy = parse_policy(path.read_text(encoding="utf-8"))
    assert policy.label == f"{path.stem}/{policy.version}"
    assert policy.temperature.limit_c["body"] == 37.3


@pytest.mark.parametrize(
    ("wrong", "named"),
    [
        (OPEN.replace("version = 2", 'version = "one"'), "version"),
        (OPEN.replace('revoked = "stop"', 'revoked = "halt"'), "halt"),
        (OPEN.replace('revoked = "stop"\n', ""), "code.revoked"),
        (OPEN.replace("body = 37.3", "bodi = 37.3"), "limit_c.body"),
        (OPEN.replace("body = 37.3", "body = 373"), "60"),
        ("surprise = 1\n" + OPEN, "surprise"),
        ("[", "Invalid"),
    ],
)
def test_wrong_policy_is_refused_and_the_field_is_named(wrong: str, named: str) -> None:
    with pytest.raises(PolicyError, match=named):
        parse_policy(wrong)
