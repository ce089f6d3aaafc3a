"""Benchmarks of the station, one command each. They use the station's own classes and are never imported by it.

    python -m bench.gate    from a frame that holds a code to the painted verdict; the idle gate; memory
"""
