"""Pages from templates: everything that is put in is escaped, and a name that is missing is an error."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import tzinfo
from hashlib import sha256
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from center.console import moments
from center.console.rights import ROLE_WORDS, Permission, Role

HERE = Path(__file__).parent
STATIC = HERE / "static"
# What turns the direction of a text, steers a terminal, or is no character: of a gate that was taken over.
_TURNING = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


class Templates:
    """The folder `templates`. `zone` of the times; None: the host's."""

    def __init__(self, zone: tzinfo | None = None) -> None:
        self.environment = Environment(
            loader=FileSystemLoader(HERE / "templates"),
            autoescape=True,
            undefined=StrictUndefined,
            finalize=_as_it_stands,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        versions = {
            file.name: sha256(file.read_bytes()).hexdigest()[:12]
            for file in STATIC.iterdir()
            if file.is_file()
        }
        self.environment.globals["static"] = lambda name: f"/static/{name}?v={versions[name]}"
        self.environment.globals["Permission"] = Permission
        self.environment.filters |= {
            "clock": lambda ms: moments.clock(ms, zone),
            "minute": lambda ms: moments.minute(ms, zone),
            "second": lambda ms: moments.second(ms, zone),
            "hex": lambda value: bytes(value).hex(),
        }

    def render(self, visit: Any, template: str, values: Mapping[str, Any]) -> str:
        """`_` translates, `ago(ms)` says a length of time, `role(name)` a role."""

        def ago(ms: int) -> str:
            words, number = moments.ago(ms)
            return str(visit.text(words, number))

        def role(name: str) -> str:
            known = name in {one.value for one in Role}
            return str(visit.text(ROLE_WORDS[Role(name)])) if known else name

        return self.environment.get_template(template).render(
            visit=visit, _=visit.text, lang=visit.lang, ago=ago, role=role, **values
        )


def _as_it_stands(value: object) -> object:
    """Whatever a page shows, in the order in which it was written: no name turns what stands beside it."""
    if not isinstance(value, str) or hasattr(value, "__html__") or (value.isascii() and value.isprintable()):
        return value
    return _TURNING.sub("\ufffd", value)
