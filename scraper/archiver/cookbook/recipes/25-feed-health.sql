-- Feed health
-- How every feed is doing, those in trouble first.
SELECT name, state, last_ok_at, last_new_at, failures_in_a_row, last_reason, entries, articles, waiting
FROM feed_health
ORDER BY state = 'ok', failures_in_a_row DESC, name
LIMIT 200;
