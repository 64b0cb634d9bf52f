-- Clusters of near-duplicates
-- Texts that many carried: the article that was archived first, and how many others say nearly the same.
WITH firsts AS (
  SELECT article_id, min(earlier_article_id) AS first_id, max(similarity) AS similarity
  FROM duplicates
  WHERE :site IN ('', site, earlier_site)
    AND (:since = '' OR published >= :since)
    AND (:until = '' OR published < :until)
  GROUP BY article_id
)
SELECT
  articles.id,
  articles.title,
  articles.site,
  articles.published,
  count(*) + 1 AS copies,
  count(DISTINCT others.site) AS other_sites,
  round(min(firsts.similarity), 2) AS least_similarity,
  articles.url
FROM firsts
JOIN articles ON articles.id = firsts.first_id
JOIN articles AS others ON others.id = firsts.article_id
GROUP BY firsts.first_id
ORDER BY copies DESC, articles.published DESC
LIMIT 20;
