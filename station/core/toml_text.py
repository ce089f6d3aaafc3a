"""Values as TOML spells them, for files that people edit too."""

from __future__ import annotations

import json


def written(value: object) -> str:
    """A string, a number, true or false, or a list of them: as in JSON, but for one sign.

    TOML wants U+007F escaped, which JSON does not (TOML 1.0, "String").
    """
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
