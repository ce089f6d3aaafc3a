"""A sheet that cannot be written."""

from __future__ import annotations


class PrintError(Exception):
    """The file cannot be written; the message says why."""
