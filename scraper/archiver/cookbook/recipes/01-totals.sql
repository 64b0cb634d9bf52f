-- The archive in one row
-- How much there is, from when to when, and how much of it has changed since it was first seen.
SELECT
  count(*) AS articles,
  count(DISTINCT site) AS sites,
  sum(word_count) AS words,
  min(published_on) AS first_day,
  max(published_on) AS last_day,
  sum(version_count > 1) AS edited,
  sum(paywalled = 1) AS paywalled,
  max(first_seen_at) AS last_archived_at
FROM articles
WHERE :site IN ('', site)
  AND (:since = '' OR published_on >= :since)
  AND (:until = '' OR published_on < :until);
