"""The pure heart: no Qt, no I/O, no threads, no clock. Time is always passed in."""
