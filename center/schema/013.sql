-- What passages came to: hours that were counted before say what was decided at first. All are counted again, as
-- rows are never erased, in the order that counts from now on (`store/standing.py`, which notes far days
-- afterwards). Whoever pushes meanwhile (a second center) adds theirs afterwards.
-- In the order in which a push takes them: the other way round each would wait for the other.
/*postgresql*/ LOCK TABLE entry IN SHARE MODE; LOCK TABLE passed_hour IN EXCLUSIVE MODE; /*end*/
-- Corrections are few: without this each is looked for among all rows of its station from that day on.
CREATE INDEX entry_amends ON entry (station, day) WHERE amends IS NOT NULL;
DELETE FROM passed_hour;
INSERT INTO passed_hour (station, hour, passed, rechecked, stopped)
SELECT station, hour, sum(CASE WHEN stands = 0 THEN 1 ELSE 0 END),
       sum(CASE WHEN stands = 1 THEN 1 ELSE 0 END), sum(CASE WHEN stands >= 2 THEN 1 ELSE 0 END)
FROM (
    SELECT entry.station, entry.corrected_ms / 3600000 AS hour, coalesce(said.severity, entry.severity) AS stands
    FROM entry LEFT JOIN (
        SELECT station, amends, severity, row_number() OVER (
            PARTITION BY station, amends ORDER BY came_ms DESC, incarnation DESC, number DESC
        ) AS place FROM (
            SELECT station, amends, incarnation, number, severity, max(received_ms) OVER (
                PARTITION BY station, amends, incarnation ORDER BY number
            ) AS came_ms FROM entry WHERE amends IS NOT NULL
        ) AS told
    ) AS said ON said.place = 1 AND said.station = entry.station AND said.amends = entry.id
    WHERE entry.amends IS NULL
) AS passage GROUP BY station, hour;
