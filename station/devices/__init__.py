"""The edges that touch hardware: one owner and one thread per device; decoding itself is pure."""
