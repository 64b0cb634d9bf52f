-- Behind the paywall
-- The share of articles that only subscribers can read, per site, of those whose page says so or not.
SELECT site, count(*) AS articles, sum(paywalled) AS paywalled, round(100.0 * sum(paywalled) / count(*)) AS per_cent
FROM articles
WHERE :site IN ('', site)
  AND (:since = '' OR published_on >= :since)
  AND (:until = '' OR published_on < :until)
  AND paywalled IS NOT NULL
GROUP BY site
ORDER BY per_cent DESC, site
LIMIT 50;
