"""The journal: everything that a station stores, and the only package that knows SQLite.

One folder holds one station's data: `journal.db` (entries, people, colours), `data.key` and `station.key`
(see vault.py) and `writer.lock`. One process writes (`entries.Journal`), any number reads (`reader.Reader`).
No screen, no device and no network belongs here.
"""
