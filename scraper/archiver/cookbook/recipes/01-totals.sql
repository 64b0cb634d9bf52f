-- The archive in one row
-- How much there is, from when to when, and how much of it has changed since it was first seen.
SELECT
  ifnull(sum(articles), 0) AS articles,
  count(DISTINCT site) AS sites,
  sum(words) AS words,
  min(published_on) AS first_day,
  max(published_on) AS last_day,
  (SELECT count(*) FROM articles
    WHERE version_count > 1
      AND :site IN ('', site)
      AND (:since = '' OR published_on >= :since)
      AND (:until = '' OR published_on < :until)) AS edited,
  (SELECT count(*) FROM articles
    WHERE id IN (SELECT article_id FROM article_versions WHERE silent = 1)
      AND :site IN ('', site)
      AND (:since = '' OR published_on >= :since)
      AND (:until = '' OR published_on < :until)) AS silently_edited,
  (SELECT count(*) FROM articles
    WHERE id IN (SELECT article_id FROM near_duplicates)
      AND :site IN ('', site)
      AND (:since = '' OR published_on >= :since)
      AND (:until = '' OR published_on < :until)) AS near_duplicates,
  ifnull(sum(paywalled), 0) AS paywalled,
  (SELECT first_seen_at FROM articles
    WHERE :site IN ('', site)
      AND (:since = '' OR published_on >= :since)
      AND (:until = '' OR published_on < :until)
    ORDER BY first_seen_at LIMIT 1) AS first_archived_at,
  (SELECT seen_at FROM article_revisions JOIN articles ON articles.id = article_id
    WHERE :site IN ('', articles.site)
      AND (:since = '' OR published_on >= :since)
      AND (:until = '' OR published_on < :until)
    ORDER BY seen_at DESC LIMIT 1) AS last_archived_at
FROM articles_per_day
WHERE :site IN ('', site)
  AND (:since = '' OR published_on >= :since)
  AND (:until = '' OR published_on < :until);
