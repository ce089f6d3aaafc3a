"""The set-up wizard: eight steps to a gate that works. Each tries the hardware, and each can be skipped."""
