"""Who may what at the center, and whom a branch concerns."""

from __future__ import annotations

import pytest

from center.console.rights import Permission, Role, roles_with
from center.scope import Scope

ONLY_ADMINS = {
    Permission.EXPORT,
    Permission.POLICY,
    Permission.GATES,
    Permission.API,
    Permission.USERS,
    Permission.AUDIT,
    Permission.RETENTION,
}


@pytest.mark.parametrize("permission", Permission)
def test_who_looks_on_may_only_look_and_only_admins_rule(permission: Permission) -> None:
    roles = roles_with(permission)
    assert Role.ADMIN in roles
    assert (Role.VIEWER in roles) is (permission is Permission.LOOK)
    assert (roles == {Role.ADMIN}) is (permission in ONLY_ADMINS)


def test_what_is_meant_for_the_town_concerns_its_villages_and_not_the_next_town() -> None:
    village = Scope(("district/town/village",))
    assert village.touches("district/town")
    assert village.touches("district/town/village/grid")
    assert not village.touches("district/next town")
    assert not village.touches("district/town/villages")
