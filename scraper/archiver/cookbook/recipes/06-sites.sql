-- The sites
-- What each site brought, and how it writes.
SELECT
  site,
  count(*) AS articles,
  sum(word_count) AS words,
  cast(avg(word_count) AS INTEGER) AS words_per_article,
  min(published_on) AS first_day,
  max(published_on) AS last_day,
  sum(version_count > 1) AS edited
FROM articles
WHERE :site IN ('', site)
  AND (:since = '' OR published_on >= :since)
  AND (:until = '' OR published_on < :until)
GROUP BY site
ORDER BY articles DESC, site
LIMIT 100;
