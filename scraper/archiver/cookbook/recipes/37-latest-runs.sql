-- The latest runs
-- When the archive was last added to, and how it ended.
SELECT id, command, started_at, finished_at, outcome
FROM runs
ORDER BY id DESC
LIMIT 20;
