-- Who copies whom how often
-- Of each pair of sites, how many texts the one had first and the other after it.
SELECT
  iif(published_first_id = article_id, site, earlier_site) AS first_site,
  iif(published_first_id = article_id, earlier_site, site) AS second_site,
  count(*) AS texts,
  round(avg(similarity), 2) AS similarity,
  round(avg(abs(julianday(published) - julianday(earlier_published))) * 24, 1) AS hours_later
FROM duplicates
WHERE :site IN ('', site, earlier_site)
  AND (:since = '' OR published >= :since)
  AND (:until = '' OR published < :until)
GROUP BY 1, 2
ORDER BY texts DESC, 1, 2
LIMIT 50;
