"""The types of the API's fields that several messages share."""

from __future__ import annotations

from typing import Annotated

import msgspec

_NO_CONTROL = "^[^\x00-\x1f\x7f\u2028\u2029]*$"
Line = Annotated[str, msgspec.Meta(max_length=200, pattern=_NO_CONTROL)]
ShortLine = Annotated[str, msgspec.Meta(max_length=40, pattern=_NO_CONTROL)]
Text = Annotated[str, msgspec.Meta(max_length=4000, pattern="^[^\x00]*$")]
Branch = Annotated[str, msgspec.Meta(max_length=200, description="district/town/village/grid")]
Key = Annotated[str, msgspec.Meta(pattern="^[0-9a-f]{32}$", description="an id of ours")]
Milliseconds = Annotated[
    int, msgspec.Meta(ge=0, le=253402300799999, description="UTC, since 1970-01-01")
]  # until the year 9999


class Done(msgspec.Struct, frozen=True):
    """It is stored."""

    id: str = ""
