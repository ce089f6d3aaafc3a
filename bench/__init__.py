"""Benchmarks of the station, one command each, with the station's own classes; it never imports them.

python -m bench.gate           from a frame that holds a code to the painted verdict; the idle gate; memory
python -m bench.reading        what is read of pictures and videos, against the readers alone
python -m bench.temperature    a simulated crowd; writes docs/temperature.md
"""
