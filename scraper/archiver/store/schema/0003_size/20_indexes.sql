-- Indexes that hold all that a question asks for, in the order in which it is counted, so that nothing else is read.
-- `feed_id` is in each because the view `articles` looks the feed up, whatever is asked of it.
CREATE INDEX article_records_category_day ON article_records (category, published_on, site, feed_id)
WHERE category IS NOT NULL;
CREATE INDEX article_records_language ON article_records (language, published_on, site, word_count, feed_id);

DROP INDEX article_records_edited;
CREATE INDEX article_records_edited ON article_records (version_count, changed_at, site, published_on, feed_id)
WHERE version_count > 1;
DROP INDEX article_records_site_seen;
CREATE INDEX article_records_site_seen ON article_records (site, first_seen_at, published_on, word_count, feed_id);

-- What changed last: without it every article is read with its text, for each sorts before those that were before it.
CREATE INDEX article_records_changed ON article_records (changed_at);

-- Few versions are edits: to list them must not read all the others.
CREATE INDEX article_versions_edits ON article_versions (seen_at, number, kind, silent, article_id) WHERE number > 1;

-- How each feed is doing: what it carried and brought, and the last request that failed.
CREATE INDEX entries_feed ON entries (feed_id, article_id);
CREATE INDEX fetches_failed ON fetches (feed_id) WHERE outcome = 'failed';

-- What raw pages take, without a look at them.
CREATE INDEX page_bodies_size ON page_bodies (id, body_bytes, stored_bytes);
DROP INDEX pages_fetched;
CREATE INDEX pages_fetched ON pages (fetched_at, body_id);

DROP INDEX day_tallies_day;
CREATE INDEX day_tallies_day ON day_tallies (published_on, site, feed_id, articles, words, paywall_known, paywalled);
