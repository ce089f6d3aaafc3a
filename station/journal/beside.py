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


CAME = """
CREATE TEMP TRIGGER came_entry AFTER INSERT ON main.entry
BEGIN
    SELECT entry_in(NEW.position, NEW.hash, NEW.part_salt, NEW.part_sealed, NEW.mover, NEW.mover_household,
                    NEW.direction, NEW.at_ms, NEW.mover_passed, NEW.mover_normal_c);
END
"""


def _triggers(name: str, values: str, there: str, changing: str, taken: str) -> tuple[str, str]:
    """`there`: which column says that there is one; `taken`: how it is counted."""
    gone = f"row_out({values.format('OLD')})"
    return (
        f"CREATE TEMP TRIGGER changed_{name} AFTER UPDATE OF {changing} ON main.entry"
        f" BEGIN SELECT {gone} WHERE OLD.{there} NOT NULL; {taken} NEW.{there} NOT NULL; END",
        f"CREATE TEMP TRIGGER gone_{name} AFTER DELETE ON main.entry WHEN OLD.{there} NOT NULL"
        f" BEGIN SELECT {gone}; END",
    )


_SEALED = "UPDATE entry SET mover_seal = {0}({1}) WHERE position = NEW.position AND"
_NEW_MOVEMENT = _MOVEMENT.format("NEW")
TRIGGERS = {
    "personal": _triggers(
        "personal",
        _PERSONAL,
        "part_sealed",
        "part_salt, part_sealed",
        f"SELECT row_in({_PERSONAL.format('NEW')}) WHERE",
    ),
    "movement": (
        # A seal that was made before the row is taken as it is: else the row is written twice.
        "CREATE TEMP TRIGGER unsealed_movement AFTER INSERT ON main.entry"
        " WHEN NEW.mover NOT NULL AND NEW.mover_seal IS NULL"
        f" BEGIN {_SEALED.format('row_seal', _NEW_MOVEMENT)} 1; END",
        *_triggers(
            "movement",
            _MOVEMENT,
            "mover",
            "position, direction, at_ms, mover, mover_household, mover_passed, mover_normal_c",
            _SEALED.format("row_in", _NEW_MOVEMENT),
        ),
    ),
}
