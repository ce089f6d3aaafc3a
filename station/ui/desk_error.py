"""What a desk answers when something could not be done."""

from __future__ import annotations


class DeskError(Exception):
    """What could not be done, in words for whoever asked for it."""
