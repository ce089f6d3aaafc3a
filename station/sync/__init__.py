"""Sync with the center: the wire, the machine that sends, the loop that drives it. See docs/sync.md."""
