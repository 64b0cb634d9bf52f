-- Languages
-- How much of the archive is in which language, as the pages say.
SELECT ifnull(language, 'unknown') AS language, count(*) AS articles, sum(word_count) AS words
FROM articles
WHERE :site IN ('', site)
  AND (:since = '' OR published_on >= :since)
  AND (:until = '' OR published_on < :until)
GROUP BY articles.language
ORDER BY articles DESC, 1
LIMIT 30;
