"""Roles, and what each may do. Pure; where somebody has a role is `center.scope`."""

from __future__ import annotations

from enum import StrEnum


class Role(StrEnum):
    """Of a user in a branch."""

    ADMIN = "admin"
    DUTY = "duty"
    CHECKER = "checker"
    VIEWER = "viewer"


class Permission(StrEnum):
    """What a page needs."""

    LOOK = "look"  # gates, entries without names
    PEOPLE = "people"  # see people and houses, masked
    UNMASK = "unmask"  # see who somebody is; always audited
    CHANGE_PEOPLE = "change_people"  # import, correct, passes, codes
    WATCH = "watch"  # isolation, contacts, blocks: propose and confirm
    ACT = "act"  # cases, tasks, notices
    SHIFTS = "shifts"
    TRACE = "trace"
    EXPORT = "export"
    POLICY = "policy"
    GATES = "gates"  # enrol, rename, revoke
    API = "api"  # tokens and webhooks
    USERS = "users"
    AUDIT = "audit"
    RETENTION = "retention"  # for how long data is kept; erasing somebody who asks for it


RIGHTS: dict[Role, frozenset[Permission]] = {
    Role.VIEWER: frozenset({Permission.LOOK}),
    Role.CHECKER: frozenset(
        {
            Permission.LOOK,
            Permission.PEOPLE,
            Permission.UNMASK,
            Permission.CHANGE_PEOPLE,
            Permission.WATCH,
            Permission.TRACE,
        }
    ),
    Role.DUTY: frozenset(
        {Permission.LOOK, Permission.PEOPLE, Permission.UNMASK, Permission.ACT, Permission.SHIFTS}
    ),
    Role.ADMIN: frozenset(Permission),
}

ROLE_WORDS = {
    Role.ADMIN: "管理员",
    Role.DUTY: "值班员",
    Role.CHECKER: "核对员",
    Role.VIEWER: "只看",
}


def roles_with(permission: Permission) -> frozenset[Role]:
    """The roles that may do this."""
    return frozenset(role for role, rights in RIGHTS.items() if permission in rights)
