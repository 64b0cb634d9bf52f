-- The authors' output
-- Who writes how much, for whom and since when. An article by two counts for both.
SELECT
  author,
  sum(articles) AS articles,
  sum(words) AS words,
  sum(words) / sum(articles) AS words_per_article,
  count(DISTINCT site) AS sites,
  min(published_on) AS first_day,
  max(published_on) AS last_day
FROM authors_per_day
WHERE :site IN ('', site)
  AND (:since = '' OR published_on >= :since)
  AND (:until = '' OR published_on < :until)
GROUP BY author_id
ORDER BY 2 DESC, 3 DESC, author
LIMIT 50;
