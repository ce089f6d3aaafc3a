"""The checks of a decision: one small function for each fact. They look at nothing but their `Case`."""
