"""The center: gathers the entries of all stations, sends people, rules and notices. See docs/sync.md."""
