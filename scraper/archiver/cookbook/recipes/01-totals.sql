-- The archive in one row
-- How much there is, from when to when, and how much of it has changed since it was first seen.
SELECT
  count(*) AS articles,
  count(DISTINCT site) AS sites,
  sum(word_count) AS words,
  min(published_on) AS first_day,
  max(published_on) AS last_day,
  sum(version_count > 1) AS edited,
  sum(id IN (SELECT article_id FROM article_revisions WHERE silent = 1)) AS silently_edited,
  sum(id IN (SELECT article_id FROM duplicates)) AS near_duplicates,
  sum(paywalled = 1) AS paywalled,
  min(first_seen_at) AS first_archived_at,
  max(changed_at) AS last_archived_at
FROM articles
WHERE :site IN ('', site)
  AND (:since = '' OR published_on >= :since)
  AND (:until = '' OR published_on < :until);
