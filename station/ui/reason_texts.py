"""The three texts of a reason, as they stand in the source, before they are translated."""

from __future__ import annotations

from typing import NamedTuple


class Texts(NamedTuple):
    """Each as QT_TRANSLATE_NOOP returns it. The step of what only comes with a PASS is empty."""

    sentence: object  # what is the matter, for the volunteer
    step: object  # what the volunteer does now, and whom to call
    resident: object  # said to the person in front, kindly
