-- Edits over time
-- When articles were seen to change, and how: in substance, in looks or in their metadata; and silently, which is to
-- say that the words changed and the stated date did not.
-- :bucket = day -- 'day', 'week' or 'month'
SELECT
  CASE :bucket
    WHEN 'month' THEN substr(seen_at, 1, 7) || '-01'
    WHEN 'week' THEN date(seen_at, 'weekday 0', '-6 days')
    ELSE substr(seen_at, 1, 10)
  END AS starts_on,
  iif(silent, 'silent', kind) AS kind,
  count(*) AS edits
FROM article_revisions
WHERE version > 1
  AND :site IN ('', site)
  AND (:since = '' OR seen_at >= :since)
  AND (:until = '' OR seen_at < :until)
GROUP BY 1, 2
ORDER BY 1 DESC, 3 DESC, 2
LIMIT 5000;
