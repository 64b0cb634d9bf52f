-- Indexes that hold all that a question asks for, in the order in which it is counted, so that nothing else is read.
-- `feed_id` is in each because the view `articles` looks the feed up, whatever is asked of it.
CREATE INDEX article_records_category_day ON article_records (category, published_on, site, feed_id)
WHERE category IS NOT NULL;
CREATE INDEX article_records_language ON article_records (language, published_on, site, word_count, feed_id);

DROP INDEX article_records_edited;
CREATE INDEX article_records_edited ON article_records (version_count, site, published_on, feed_id)
WHERE version_count > 1;
DROP INDEX article_records_site_seen;
CREATE INDEX article_records_site_seen ON article_records (site, first_seen_at, feed_id);

-- Few versions are edits: to list them must not read all the others.
CREATE INDEX article_versions_edits ON article_versions (seen_at, number, kind, silent, article_id) WHERE number > 1;

DROP INDEX day_tallies_day;
CREATE INDEX day_tallies_day ON day_tallies (published_on, site, feed_id, articles, words, paywall_known, paywalled);
