-- Failures by reason
-- What went wrong, how often, and where most of all.
SELECT
  reason,
  kind,
  sum(failures) AS failures,
  sum(urls) AS urls,
  sum(given_up) AS given_up,
  count(DISTINCT host) AS hosts,
  max(last_failed_at) AS last_failed_at
FROM failures_by_reason
WHERE :site IN ('', host, 'www.' || host)
GROUP BY reason, kind
ORDER BY failures DESC, reason, kind
LIMIT 50;
