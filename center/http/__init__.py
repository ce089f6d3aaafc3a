"""HTTP of the center: one module a concern, the table of them in `routes`. See docs/sync.md."""
