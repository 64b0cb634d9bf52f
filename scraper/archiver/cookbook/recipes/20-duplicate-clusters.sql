-- Clusters of near-duplicates
-- Texts that several articles tell in nearly the same words: the best of them, how many there are, and of how many sites.
SELECT
  canonical_id AS id,
  title,
  site,
  first_published AS published,
  articles,
  sites,
  round(least_similarity, 2) AS least_similarity,
  url
FROM clusters
WHERE :site IN ('', site)
  AND (:since = '' OR first_published >= :since)
  AND (:until = '' OR first_published < :until)
ORDER BY articles DESC, first_published DESC
LIMIT 20;
