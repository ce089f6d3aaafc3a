"""What keeps a gate running for months: one window, restarts, small logs, a screen that stays on."""
