-- The sites
-- What each site brought, and how it writes.
WITH edited AS MATERIALIZED (
  SELECT site, count(*) AS articles FROM articles
  WHERE version_count > 1
    AND :site IN ('', site)
    AND (:since = '' OR published_on >= :since)
    AND (:until = '' OR published_on < :until)
  GROUP BY +site
)
SELECT
  site,
  sum(articles) AS articles,
  sum(words) AS words,
  sum(words) / sum(articles) AS words_per_article,
  min(published_on) AS first_day,
  max(published_on) AS last_day,
  ifnull((SELECT articles FROM edited WHERE edited.site = articles_per_day.site), 0) AS edited
FROM articles_per_day
WHERE :site IN ('', site)
  AND (:since = '' OR published_on >= :since)
  AND (:until = '' OR published_on < :until)
GROUP BY site
ORDER BY 2 DESC, site
LIMIT 100;
