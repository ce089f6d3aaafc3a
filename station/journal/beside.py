"""What lies in an entry's row besides the entry: the personal part, and whose movement it was.

Both are lists as `sealing` knows them, read as the views `personal` and `movement`. No trigger of a view
would see its rows come and go, so that these are the entry's. Only SQL texts; nothing is run here.
"""

from __future__ import annotations

_PERSONAL = "'personal', {0}.position, {0}.part_salt, {0}.part_sealed"
_MOVEMENT = (
    "'movement', {0}.position, {0}.mover, {0}.mover_household, {0}.direction, {0}.at_ms,"
    " {0}.mover_passed, {0}.mover_normal_c"
)


def _triggers(name: str, values: str, there: str, changing: str, sealed: bool) -> tuple[str, ...]:
    """`there`: which column says that there is one. A seal that was made before the row is taken as it is."""
    came, gone = f"row_in({values.format('NEW')})", f"row_out({values.format('OLD')})"
    seal = f"UPDATE entry SET mover_seal = {came} WHERE position = NEW.position AND NEW.{there} NOT NULL"
    taken = seal if sealed else f"SELECT {came} WHERE NEW.{there} NOT NULL"
    unsealed = (
        f"CREATE TEMP TRIGGER unsealed_{name} AFTER INSERT ON main.entry"
        f" WHEN NEW.{there} NOT NULL AND NEW.mover_seal IS NULL BEGIN {seal}; END"
    )
    whole = f"NEW.{there} NOT NULL" + " AND NEW.mover_seal NOT NULL" * sealed
    return (
        f"CREATE TEMP TRIGGER came_{name} AFTER INSERT ON main.entry WHEN {whole} BEGIN SELECT {came}; END",
        *((unsealed,) if sealed else ()),
        f"CREATE TEMP TRIGGER changed_{name} AFTER UPDATE OF {changing} ON main.entry"
        f" BEGIN SELECT {gone} WHERE OLD.{there} NOT NULL; {taken}; END",
        f"CREATE TEMP TRIGGER gone_{name} AFTER DELETE ON main.entry WHEN OLD.{there} NOT NULL"
        f" BEGIN SELECT {gone}; END",
    )


TRIGGERS = {
    "personal": _triggers("personal", _PERSONAL, "part_sealed", "part_salt, part_sealed", sealed=False),
    "movement": _triggers(
        "movement",
        _MOVEMENT,
        "mover",
        "position, direction, at_ms, mover, mover_household, mover_passed, mover_normal_c",
        sealed=True,
    ),
}
