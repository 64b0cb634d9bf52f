-- Most often edited
-- The articles with most versions, and how their length changed from the first to the last.
SELECT
  articles.id,
  articles.title,
  articles.site,
  articles.version_count,
  (SELECT word_count FROM article_revisions WHERE article_id = articles.id AND version = 1) AS words_first,
  articles.word_count AS words_now,
  articles.changed_at,
  articles.url
FROM articles
WHERE :site IN ('', articles.site)
  AND (:since = '' OR articles.published_on >= :since)
  AND (:until = '' OR articles.published_on < :until)
  AND articles.version_count > 1
ORDER BY articles.version_count DESC, articles.changed_at DESC, articles.id
LIMIT 20;
