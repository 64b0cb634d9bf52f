-- Behind the paywall
-- The share of articles that only subscribers can read, per site, of those whose page says so or not.
SELECT
  site,
  sum(paywall_known) AS articles,
  sum(paywalled) AS paywalled,
  round(100.0 * sum(paywalled) / sum(paywall_known)) AS per_cent
FROM articles_per_day
WHERE :site IN ('', site)
  AND (:since = '' OR published_on >= :since)
  AND (:until = '' OR published_on < :until)
GROUP BY site
HAVING sum(paywall_known) > 0
ORDER BY per_cent DESC, site
LIMIT 50;
