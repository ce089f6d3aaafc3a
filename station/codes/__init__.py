"""What a code text proves. Pure: no file, no network, no clock; `reading.read_code` is the way in."""
