"""Stand-ins for devices, behind an explicit flag. Real code never asks whether a device is emulated."""
