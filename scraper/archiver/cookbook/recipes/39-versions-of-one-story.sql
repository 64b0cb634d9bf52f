-- One story, version by version
-- Everything that one article ever said, in order.
-- :id = 10 -- id of the article, as in `articles`
SELECT version, seen_at, kind, silent, changed_fields, title, word_count, substr(body, 1, 60) AS begins
FROM article_revisions
WHERE article_id = :id
ORDER BY version;
