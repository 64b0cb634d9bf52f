-- Articles per day and feed
-- How busy each feed was on each of the last days that have any article.
SELECT published_on, feed, sum(articles) AS articles, sum(words) AS words
FROM articles_per_day
WHERE :site IN ('', site)
  AND (:since = '' OR published_on >= :since)
  AND (:until = '' OR published_on < :until)
GROUP BY published_on, feed
ORDER BY published_on DESC, articles DESC, feed
LIMIT 200;
