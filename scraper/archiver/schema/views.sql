CREATE VIEW article_search_source AS
-- What article_search indexes, under its column names.
SELECT texts.article_id, records.title, records.subtitle, texts.summary, texts.body, texts.spellings
FROM article_texts AS texts
JOIN article_records AS records ON records.id = texts.article_id;

CREATE VIEW articles AS
-- One row per story, every field of its latest version under its name. What is not selected costs nothing.
SELECT
  records.id,
  records.url,                          -- canonical
  records.site,                         -- host without 'www.'
  records.site_name,                    -- what the site calls itself
  records.title,
  records.subtitle,
  records.published,                    -- UTC; with precision 'day', midnight of the day as written
  records.published_precision,          -- 'day', 'minute' or 'second': how exactly it was stated
  records.published_offset_minutes,     -- zone it was written in, minutes east of UTC; NULL: none given
  records.published_on,                 -- calendar day as written, in its own zone
  records.modified,                     -- as the page states it
  records.modified_precision,
  records.modified_offset_minutes,
  (SELECT group_concat(name, ', ') FROM (
    SELECT authors.name FROM article_authors AS ties JOIN authors ON authors.id = ties.author_id
    WHERE ties.article_id = records.id ORDER BY ties.position)) AS authors,  -- names parted by ', '
  (SELECT json_group_array(name) FROM (
    SELECT authors.name FROM article_authors AS ties JOIN authors ON authors.id = ties.author_id
    WHERE ties.article_id = records.id ORDER BY ties.position)) AS authors_json,  -- JSON array
  categories.name AS category,          -- the first of its categories
  (SELECT group_concat(name, ', ') FROM (
    SELECT categories.name FROM article_categories AS ties JOIN categories ON categories.id = ties.category_id
    WHERE ties.article_id = records.id ORDER BY ties.position)) AS categories,
  (SELECT json_group_array(name) FROM (
    SELECT categories.name FROM article_categories AS ties JOIN categories ON categories.id = ties.category_id
    WHERE ties.article_id = records.id ORDER BY ties.position)) AS categories_json,
  (SELECT group_concat(name, ', ') FROM (
    SELECT tags.name FROM article_tags AS ties JOIN tags ON tags.id = ties.tag_id
    WHERE ties.article_id = records.id ORDER BY ties.position)) AS tags,
  (SELECT json_group_array(name) FROM (
    SELECT tags.name FROM article_tags AS ties JOIN tags ON tags.id = ties.tag_id
    WHERE ties.article_id = records.id ORDER BY ties.position)) AS tags_json,
  feeds.name AS feed,                   -- the feed that brought it first
  (SELECT json_group_array(name) FROM (
    SELECT feeds.name FROM entries JOIN feeds ON feeds.id = entries.feed_id
    WHERE entries.article_id = records.id GROUP BY feeds.id ORDER BY min(entries.first_seen_at), min(entries.id))) AS feeds_json,  -- all that carried it
  records.language,                     -- BCP 47
  records.word_count,
  records.comment_count,                -- as last seen
  records.view_count,                   -- as last seen
  records.paywalled,                    -- 1, 0, or NULL: the page does not say
  texts.summary,                        -- as the site or feed gives it
  texts.body,                           -- plain text, blocks parted by a blank line
  texts.body_html,                      -- the same, sanitised
  records.version_count,
  records.first_seen_at,                -- when it was first fetched
  records.changed_at,                   -- when the latest version was
  texts.sources,                        -- JSON object: field -> where it was read
  texts.extractor,                      -- name@version
  texts.published_raw,                  -- as written
  texts.modified_raw,
  texts.blocks,                         -- JSON array of [kind, level, start, end] into body
  records.page_id                       -- raw page of the latest version
FROM article_records AS records
LEFT JOIN article_texts AS texts ON texts.article_id = records.id
LEFT JOIN categories ON categories.id = records.category_id
LEFT JOIN feeds ON feeds.id = records.feed_id;

CREATE VIEW feed_health AS
-- One row per feed: how it is doing.
SELECT
  feeds.id,
  feeds.url,
  feeds.name,
  feeds.title,
  CASE
    WHEN feeds.subscribed = 0 THEN 'unsubscribed'
    WHEN feeds.enabled = 0 THEN 'disabled'
    WHEN feeds.failures_in_a_row > 0 THEN 'failing'
    WHEN feeds.last_ok_at IS NULL THEN 'new'
    ELSE 'ok'
  END AS state,                         -- 'ok', 'new', 'failing', 'disabled' or 'unsubscribed'
  feeds.last_checked_at,
  feeds.last_ok_at,                     -- last answer that was good, be it 'nothing new'
  feeds.last_new_at,                    -- last time it brought an entry never seen before
  feeds.next_check_at,
  feeds.failures_in_a_row,
  last_failures.reason AS last_reason,  -- of its latest failure, were it long ago
  last_failures.message AS last_message,
  (SELECT count(*) FROM entries WHERE entries.feed_id = feeds.id) AS entries,
  (SELECT count(DISTINCT article_id) FROM entries WHERE entries.feed_id = feeds.id) AS articles,
  (SELECT count(*) FROM queue WHERE queue.feed_id = feeds.id AND queue.state = 'waiting') AS waiting  -- URLs in the queue
FROM feeds
LEFT JOIN failures AS last_failures ON last_failures.id = (
  SELECT failures.id FROM failures JOIN fetches ON fetches.id = failures.fetch_id
  WHERE fetches.feed_id = feeds.id ORDER BY fetches.fetched_at DESC, failures.id DESC LIMIT 1);
