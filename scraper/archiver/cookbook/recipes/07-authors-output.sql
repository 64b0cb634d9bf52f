-- The authors' output
-- Who writes how much, for whom and since when. An article by two counts for both.
SELECT
  authors.name AS author,
  count(*) AS articles,
  sum(articles.word_count) AS words,
  cast(avg(articles.word_count) AS INTEGER) AS words_per_article,
  count(DISTINCT articles.site) AS sites,
  min(articles.published_on) AS first_day,
  max(articles.published_on) AS last_day
FROM article_authors
JOIN authors ON authors.id = article_authors.author_id
JOIN articles ON articles.id = article_authors.article_id
WHERE :site IN ('', articles.site)
  AND (:since = '' OR articles.published_on >= :since)
  AND (:until = '' OR articles.published_on < :until)
GROUP BY authors.id
ORDER BY articles DESC, words DESC, author
LIMIT 50;
