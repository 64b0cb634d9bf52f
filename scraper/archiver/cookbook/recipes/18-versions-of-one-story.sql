-- One story, version by version
-- Everything that one article ever said, in order; `id` is the one in `articles`.
-- :id = 1 -- id of the article
SELECT version, seen_at, kind, silent, changed_fields, title, word_count, substr(body, 1, 60) AS begins
FROM article_revisions
WHERE article_id = :id
ORDER BY version;
