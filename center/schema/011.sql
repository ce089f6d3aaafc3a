-- What pages of a large center look for. The reasons of a day's report are those of the few that were not waved
-- through: without this the report reads every passage of the day.
CREATE INDEX entry_not_passed ON entry (station, day, at_ms, reasons) WHERE severity > 0 AND amends IS NULL;
