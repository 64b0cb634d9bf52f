-- The latest fifty
-- What was published last.
SELECT id, published, site, title, authors, category, word_count, url
FROM articles
WHERE :site IN ('', site)
  AND (:since = '' OR published_on >= :since)
  AND (:until = '' OR published_on < :until)
ORDER BY published DESC
LIMIT 50;
