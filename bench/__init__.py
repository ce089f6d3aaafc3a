"""Benchmarks of the station, one command each, with the station's own classes; it never imports them.

python -m bench.gate    from a frame that holds a code to the painted verdict; the idle gate; memory
"""
