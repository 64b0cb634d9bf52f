CREATE VIEW articles AS
-- One row per story, every field of its latest version under its name.
-- What is not selected costs nothing, least of all the text: it is looked up per row, not joined.
SELECT
  records.id,                           -- stays the same for ever
  records.url,                          -- canonical
  records.site,                         -- host without 'www.'
  records.kind,                         -- 'article', or 'protected': its text stays behind a password
  records.site_name,                    -- what the site calls itself
  records.title,                        -- headline
  records.subtitle,                     -- line under the headline
  records.published,                    -- UTC; with precision 'day', midnight of the day as written
  records.published_precision,          -- 'day', 'minute' or 'second': how exactly it was stated
  records.published_offset_minutes,     -- zone it was written in, minutes east of UTC; NULL: none given
  records.published_on,                 -- calendar day as written, in its own zone
  records.modified,                     -- UTC, as the page states it
  records.modified_precision,           -- 'day', 'minute' or 'second'
  records.modified_offset_minutes,      -- zone it was written in, minutes east of UTC; NULL: none given
  (SELECT group_concat(name, ', ') FROM (
    SELECT authors.name FROM article_authors AS ties JOIN authors ON authors.id = ties.author_id
    WHERE ties.article_id = records.id ORDER BY ties.position)) AS authors,  -- names as in the byline, parted by ', '
  (SELECT json_group_array(name) FROM (
    SELECT authors.name FROM article_authors AS ties JOIN authors ON authors.id = ties.author_id
    WHERE ties.article_id = records.id ORDER BY ties.position)) AS authors_json,  -- JSON array of names
  records.category,                     -- the first of its categories
  (SELECT group_concat(name, ', ') FROM (
    SELECT categories.name FROM article_categories AS ties JOIN categories ON categories.id = ties.category_id
    WHERE ties.article_id = records.id ORDER BY ties.position)) AS categories,  -- sections, parted by ', '
  (SELECT json_group_array(name) FROM (
    SELECT categories.name FROM article_categories AS ties JOIN categories ON categories.id = ties.category_id
    WHERE ties.article_id = records.id ORDER BY ties.position)) AS categories_json,  -- JSON array of sections
  (SELECT group_concat(name, ', ') FROM (
    SELECT tags.name FROM article_tags AS ties JOIN tags ON tags.id = ties.tag_id
    WHERE ties.article_id = records.id ORDER BY ties.position)) AS tags,  -- keywords, parted by ', '
  (SELECT json_group_array(name) FROM (
    SELECT tags.name FROM article_tags AS ties JOIN tags ON tags.id = ties.tag_id
    WHERE ties.article_id = records.id ORDER BY ties.position)) AS tags_json,  -- JSON array of keywords
  feeds.name AS feed,                   -- the feed that brought it first; NULL: none did
  (SELECT json_group_array(name) FROM (
    SELECT feeds.name FROM entries JOIN feeds ON feeds.id = entries.feed_id
    WHERE entries.article_id = records.id
    GROUP BY feeds.id ORDER BY min(entries.first_seen_at), min(entries.id))) AS feeds_json,  -- JSON array: all that carried it
  records.language,                     -- BCP 47
  records.word_count,                   -- of the body
  records.comment_count,                -- as last seen; count_sightings has the series
  records.view_count,                   -- as last seen; view_counts has the series
  records.paywalled,                    -- 1, 0, or NULL: the page does not say
  (SELECT summary FROM article_texts WHERE article_id = records.id) AS summary,  -- as the site or feed gives it
  (SELECT body FROM article_texts WHERE article_id = records.id) AS body,  -- plain text, blocks parted by a blank line
  (SELECT body_html FROM article_texts WHERE article_id = records.id) AS body_html,  -- the same, sanitised
  (SELECT captions FROM article_texts WHERE article_id = records.id) AS captions_json,  -- JSON array: captions of pictures, tables, films
  records.version_count,                -- 1: never seen to change
  records.first_seen_at,                -- when it was first fetched
  records.changed_at,                   -- when the latest version was first fetched
  (SELECT sources FROM article_texts WHERE article_id = records.id) AS sources,  -- JSON object: field -> where it was read
  (SELECT extractor FROM article_texts WHERE article_id = records.id) AS extractor,  -- name@version
  (SELECT published_raw FROM article_texts WHERE article_id = records.id) AS published_raw,  -- as written
  (SELECT modified_raw FROM article_texts WHERE article_id = records.id) AS modified_raw,  -- as written
  (SELECT blocks FROM article_texts WHERE article_id = records.id) AS blocks,  -- JSON array of [kind, level, start, end] into body
  records.page_id,                      -- raw page of the latest version
  records.cluster_id                    -- in `clusters`: others say nearly the same; NULL: none does
FROM article_records AS records
LEFT JOIN feeds ON feeds.id = records.feed_id;

CREATE VIEW article_revisions AS
-- Every version of every article with what it said, the current one included.
SELECT
  versions.article_id,                  -- in `articles`
  versions.number AS version,           -- from 1
  records.url,                          -- canonical
  records.site,                         -- host without 'www.'
  versions.seen_at,                     -- when this version was first fetched
  versions.kind,                        -- 'first', 'substantive', 'cosmetic' or 'metadata': how it differs from the one before
  versions.silent,                      -- 1: the words changed, the stated modified date did not; 0 where none is stated
  versions.changed_fields,              -- JSON array of field names; NULL for the first
  versions.title,                       -- headline
  iif(kept.version_id IS NULL, records.subtitle, kept.subtitle) AS subtitle,  -- line under the headline
  iif(kept.version_id IS NULL, records.published, kept.published) AS published,  -- UTC
  versions.modified,                    -- UTC, as the page stated it
  iif(kept.version_id IS NULL,
    (SELECT summary FROM article_texts WHERE article_id = records.id), kept.summary) AS summary,  -- as the site or feed gave it
  iif(kept.version_id IS NULL,
    (SELECT body FROM article_texts WHERE article_id = records.id), kept.body) AS body,  -- plain text, blocks parted by a blank line
  versions.word_count,                  -- of the body
  versions.extractor,                   -- name@version
  versions.page_id                      -- raw page of this version
FROM article_versions AS versions
JOIN article_records AS records ON records.id = versions.article_id
LEFT JOIN version_texts AS kept ON kept.version_id = versions.id;

CREATE VIEW article_links AS
-- Every link of every article: those in its text, and those in blocks beside it ('related', 'recent', 'popular' ...).
SELECT
  links.article_id,                     -- where the link stands
  records.url AS article_url,           -- where the link stands, canonical
  links.kind,                           -- 'related', 'recent', 'popular', 'previous', 'next' or 'body'
  links.heading,                        -- of its block, as written
  links.position,                       -- within its block, from 1, when first seen
  urls.url,                             -- where it leads, canonical
  links.title,                          -- of the target, as the block says, or the words of the link
  links.published,                      -- of the target, as the block says
  links.published_precision,            -- 'day', 'minute' or 'second'
  links.excerpt,                        -- of the target, as the block says
  links.category,                       -- of the target, as the block says
  (SELECT view_count FROM link_sightings
    WHERE link_id = links.id ORDER BY seen_at DESC LIMIT 1) AS view_count,  -- of the target, as last seen in the block
  (SELECT comment_count FROM link_sightings
    WHERE link_id = links.id ORDER BY seen_at DESC LIMIT 1) AS comment_count,  -- of the target, as last seen in the block
  urls.article_id AS target_article_id, -- NULL: not archived
  links.first_seen_at,                  -- when the link was first seen there
  (SELECT max(seen_at) FROM link_sightings WHERE link_id = links.id) AS last_seen_at  -- NULL for links in the text
FROM links
JOIN urls ON urls.id = links.url_id
JOIN article_records AS records ON records.id = links.article_id;

CREATE VIEW link_graph AS
-- The links between archived articles, as edges.
SELECT
  links.article_id AS from_article_id,  -- where the link stands
  sources.site AS from_site,            -- host without 'www.'
  sources.title AS from_title,          -- headline
  links.kind,                           -- 'related', 'recent', 'popular', 'previous', 'next' or 'body'
  urls.article_id AS to_article_id,     -- where it leads
  targets.site AS to_site,              -- host without 'www.'
  targets.title AS to_title,            -- headline
  links.first_seen_at                   -- when the link was first seen there
FROM links
JOIN urls ON urls.id = links.url_id
JOIN article_records AS sources ON sources.id = links.article_id
JOIN article_records AS targets ON targets.id = urls.article_id;

CREATE VIEW site_links AS
-- How many links lead from the articles of each site to archived articles of each site; those to itself included.
SELECT
  tallies.from_site,                    -- host without 'www.'
  tallies.to_site,                      -- host without 'www.'
  tallies.links                         -- how many, of any kind
FROM site_link_tallies AS tallies
WHERE tallies.links > 0;

CREATE VIEW linked_hosts AS
-- How many links in the texts of each site lead to each other host, archived or not.
SELECT
  tallies.from_site,                    -- host without 'www.'
  tallies.to_host,                      -- host without 'www.'
  tallies.links                         -- how many
FROM host_link_tallies AS tallies
WHERE tallies.links > 0 AND tallies.from_site <> tallies.to_host;

CREATE VIEW linked_articles AS
-- How many links of other articles lead to each article; those that nothing links to are not there.
SELECT
  tallies.article_id,                   -- in `articles`
  tallies.links                         -- how many, of any kind
FROM link_tallies AS tallies
WHERE tallies.links > 0;

CREATE VIEW most_linked AS
-- The archived articles that other archived articles link to: ORDER BY links DESC gives the most linked.
SELECT
  tallies.links,                        -- of other articles, of any kind
  records.id AS article_id,             -- in `articles`
  records.site,                         -- host without 'www.'
  records.title,                        -- headline
  records.url,                          -- canonical
  records.published_on                  -- day
FROM link_tallies AS tallies
JOIN article_records AS records ON records.id = tallies.article_id
WHERE tallies.links > 0;

CREATE VIEW popularity AS
-- What is known of how often each article is read, talked about and linked to; order it by what you ask for.
SELECT
  records.id AS article_id,             -- in `articles`
  records.site,                         -- host without 'www.'
  records.title,                        -- headline
  records.published_on,                 -- day
  records.view_count,                   -- as last shown on its page; `view_counts` has the series
  records.comment_count,                -- as last shown on its page or in a feed
  ifnull(tallies.links, 0) AS links,    -- of other archived articles, of any kind
  (
    SELECT count(DISTINCT links.article_id)
    FROM urls
    JOIN links ON links.url_id = urls.id
    WHERE urls.article_id = records.id AND links.kind = 'popular' AND links.article_id <> records.id
  ) AS popular_on,                      -- how many articles' pages have named it among the most read
  (
    SELECT max(sightings.view_count)
    FROM urls
    JOIN links ON links.url_id = urls.id
    JOIN link_sightings AS sightings ON sightings.link_id = links.id
    WHERE urls.article_id = records.id
  ) AS views_elsewhere                  -- the most views that other pages have shown for it
FROM article_records AS records
LEFT JOIN link_tallies AS tallies ON tallies.article_id = records.id;

CREATE VIEW totals AS
-- How much there is, in one row: quicker than counting.
SELECT
  ifnull(sum(tallies.articles), 0) AS articles,  -- in `articles`
  count(DISTINCT tallies.site) AS sites  -- how many different
FROM coverage_tallies AS tallies;

CREATE VIEW view_counts AS
-- How often articles had been viewed, over time: from their own pages, and from blocks of links that show it.
SELECT
  sightings.article_id,                 -- in `articles`
  sightings.seen_at,                    -- when that count was shown
  sightings.view_count,                 -- since publication, as the site counts
  sightings.source                      -- 'page', 'feed' or 'link'
FROM count_sightings AS sightings
WHERE sightings.view_count IS NOT NULL
UNION ALL
SELECT urls.article_id, sightings.seen_at, sightings.view_count, 'link'
FROM urls
JOIN links ON links.url_id = urls.id
JOIN link_sightings AS sightings ON sightings.link_id = links.id
WHERE urls.article_id IS NOT NULL AND sightings.view_count IS NOT NULL;

CREATE VIEW articles_per_day AS
-- How many articles each site published on each day, by the feed that brought them.
SELECT
  tallies.published_on,                 -- calendar day as written; NULL: no date stated
  tallies.site,                         -- host without 'www.'
  (SELECT name FROM feeds WHERE feeds.id = tallies.feed_id) AS feed,  -- NULL: none brought it
  tallies.articles,                     -- how many
  tallies.words,                        -- in all their bodies
  tallies.paywall_known,                -- how many of their pages say whether only subscribers can read them
  tallies.paywalled                     -- how many only subscribers can read
FROM day_tallies AS tallies;

CREATE VIEW authors_per_day AS
-- How many articles each author wrote for each site on each day; one by two counts for both.
SELECT
  tallies.author_id,                    -- in `authors`
  (SELECT name FROM authors WHERE authors.id = tallies.author_id) AS author,  -- as in the byline
  nullif(tallies.published_on, '') AS published_on,  -- calendar day as written; NULL: no date stated
  tallies.site,                         -- host without 'www.'
  tallies.articles,                     -- how many
  tallies.words                         -- in all their bodies
FROM author_tallies AS tallies;

CREATE VIEW duplicates AS
-- Pairs of articles with the same or nearly the same text.
SELECT
  pairs.article_id,                     -- the one archived later
  later.site,                           -- host without 'www.'
  later.url,                            -- canonical
  later.title,                          -- headline
  later.published,                      -- UTC
  pairs.earlier_id AS earlier_article_id,  -- the one archived first
  earlier.site AS earlier_site,         -- host without 'www.'
  earlier.url AS earlier_url,           -- canonical
  earlier.title AS earlier_title,       -- headline
  earlier.published AS earlier_published,  -- UTC
  pairs.similarity,                     -- share of common three-word sequences, 0 to 1, estimated
  ifnull(later.text_hash = earlier.text_hash, 0) AS equal_text,  -- 1: the same words
  CASE
    WHEN later.published < earlier.published THEN pairs.article_id
    WHEN earlier.published < later.published THEN pairs.earlier_id
  END AS published_first_id             -- the one published first; NULL: at the same time, or not stated
FROM near_duplicates AS pairs
JOIN article_records AS later ON later.id = pairs.article_id
JOIN article_records AS earlier ON earlier.id = pairs.earlier_id;

CREATE VIEW clusters AS
-- One row per story that several articles tell in nearly the same words: agency copy, reprints, live tickers.
SELECT
  clusters.id,                          -- stays while the cluster grows; where two become one, that of the larger
  clusters.articles,                    -- how many it holds
  (SELECT count(DISTINCT site) FROM article_records WHERE cluster_id = clusters.id) AS sites,  -- how many different
  clusters.canonical_id,                -- the article published first; where no date is stated, archived first
  firsts.url,                           -- of that article, canonical
  firsts.site,                          -- of that article, host without 'www.'
  firsts.title,                         -- of that article
  firsts.published AS first_published,  -- when it was published, UTC
  (SELECT max(published) FROM article_records WHERE cluster_id = clusters.id) AS last_published,  -- the latest date in it
  (SELECT min(id) FROM article_records WHERE cluster_id = clusters.id) AS first_archived_id,  -- the article archived first
  (SELECT min(first_seen_at) FROM article_records WHERE cluster_id = clusters.id) AS first_seen_at,  -- when that was
  (SELECT min(pairs.similarity) FROM article_records AS members
    JOIN near_duplicates AS pairs ON pairs.article_id = members.id
    WHERE members.cluster_id = clusters.id) AS least_similarity,  -- of the pairs that tie it together, 0 to 1, estimated
  (SELECT count(*) FROM article_records
    WHERE cluster_id = clusters.id AND text_hash = firsts.text_hash) AS equal_texts  -- articles with the very words of that one
FROM cluster_records AS clusters
LEFT JOIN article_records AS firsts ON firsts.id = clusters.canonical_id;

CREATE VIEW cluster_articles AS
-- One row per article in a cluster.
SELECT
  members.cluster_id,                   -- in `clusters`
  members.id AS article_id,             -- in `articles`
  members.site,                         -- host without 'www.'
  members.url,                          -- canonical
  members.title,                        -- headline
  members.published,                    -- UTC
  members.first_seen_at,                -- when it was first fetched
  members.id = clusters.canonical_id AS is_canonical,  -- 1: the one published first
  max(
    ifnull((SELECT max(similarity) FROM near_duplicates WHERE article_id = members.id), 0),
    ifnull((SELECT max(similarity) FROM near_duplicates WHERE earlier_id = members.id), 0)
  ) AS similarity                       -- with the member most like it, 0 to 1, estimated
FROM article_records AS members
JOIN cluster_records AS clusters ON clusters.id = members.cluster_id;

CREATE VIEW feed_health AS
-- One row per feed: how it is doing.
SELECT
  feeds.id,                             -- in `feeds`
  feeds.url,                            -- as configured
  feeds.name,                           -- as configured
  feeds.title,                          -- what the feed calls itself
  CASE
    WHEN feeds.subscribed = 0 THEN 'unsubscribed'
    WHEN feeds.enabled = 0 THEN 'disabled'
    WHEN feeds.retired_at IS NOT NULL THEN 'retired'
    WHEN feeds.failures_in_a_row > 0 THEN 'failing'
    WHEN feeds.last_ok_at IS NULL THEN 'new'
    ELSE 'ok'
  END AS state,                         -- 'ok', 'new', 'failing', 'retired' (410), 'disabled' or 'unsubscribed'
  feeds.last_checked_at,                -- last time it was asked
  feeds.last_ok_at,                     -- last answer that was good, be it 'nothing new'
  feeds.last_new_at,                    -- last time it brought an entry never seen before
  feeds.next_check_at,                  -- not before
  feeds.failures_in_a_row,              -- 0: the last answer was good
  last_failures.reason AS last_reason,  -- of its latest failure, were it long ago
  last_failures.message AS last_message,  -- of its latest failure, for a person
  (SELECT count(*) FROM entries WHERE entries.feed_id = feeds.id) AS entries,  -- ever carried
  (SELECT count(DISTINCT article_id) FROM entries WHERE entries.feed_id = feeds.id) AS articles,  -- archived of these
  (SELECT count(*) FROM queue WHERE queue.feed_id = feeds.id AND queue.state = 'waiting') AS waiting,  -- URLs to be fetched
  feeds.current_url,                    -- where it moved for good (see feed_moves); NULL: as configured
  feeds.next_check_reason,              -- what decided next_check_at: 'rhythm', 'ttl', 'max-age', 'failure' ...
  feeds.guid_policy,                    -- what tells its entries apart: 'guid', 'link', 'link_date', 'title' or 'content'
  feeds.distrusted_until                -- a 304 of it lied: asked without conditions until then
FROM feeds
LEFT JOIN failures AS last_failures ON last_failures.id = (
  SELECT failures.id FROM failures JOIN fetches ON fetches.id = failures.fetch_id
  WHERE fetches.feed_id = feeds.id AND fetches.outcome = 'failed' ORDER BY failures.id DESC LIMIT 1);

CREATE VIEW host_wishes AS
-- One row per host that was ever met: what it asked of us.
SELECT
  hosts.host,                           -- with its port where that is not the scheme's own
  robots.crawl_delay_seconds,           -- pause between requests that robots.txt asks for, as it says; NULL: none
  robots.status AS robots_status,       -- of its robots.txt; NULL: never asked for, or out of reach
  robots.fetched_at AS robots_fetched_at,  -- when that was read
  robots.expires_at AS robots_expires_at,  -- when it is asked for again
  hosts.next_request_at,                -- the end of the pause after the last request
  hosts.not_before,                     -- asked to be left alone until then (Retry-After, 429)
  hosts.limited_at,                     -- when it last said 429
  hosts.time_zone                       -- that its site says it lives in
FROM hosts
LEFT JOIN robots ON robots.host_id = hosts.id;

CREATE VIEW failures_by_reason AS
-- What went wrong how often, by kind of request, host and reason.
SELECT
  fetches.kind,                         -- 'feed', 'article', 'robots', 'sitemap' or 'other'
  failures.reason,                      -- public code: 'timeout', 'not_found' ...
  failures.host,                        -- with its port where that is not the scheme's own
  count(*) AS failures,                 -- how many
  count(DISTINCT failures.url) AS urls, -- how many different URLs
  sum(failures.next_try_at IS NULL) AS given_up,  -- failures after which nothing more was tried
  min(failures.failed_at) AS first_failed_at,  -- the first of them
  max(failures.failed_at) AS last_failed_at  -- the last of them
FROM failures
JOIN fetches ON fetches.id = failures.fetch_id
GROUP BY failures.reason, failures.host, fetches.kind;

CREATE VIEW coverage AS
-- How often each field could be filled, per site and month of publication: shares from 0 to 1.
SELECT
  tallies.site,                         -- host without 'www.'
  tallies.month,                        -- such as '2026-11'; NULL: no date stated
  tallies.articles,                     -- how many
  1.0 * tallies.title / tallies.articles AS title,  -- share with a headline
  1.0 * tallies.subtitle / tallies.articles AS subtitle,  -- share with a line under it
  1.0 * tallies.published_time / tallies.articles AS published_time,  -- share with more than the day of publication
  1.0 * tallies.modified / tallies.articles AS modified,  -- share with a modified date
  1.0 * tallies.authors / tallies.articles AS authors,  -- share with an author
  1.0 * tallies.category / tallies.articles AS category,  -- share with a section
  1.0 * tallies.tags / tallies.articles AS tags,  -- share with a keyword
  1.0 * tallies.body / tallies.articles AS body,  -- share with text
  1.0 * tallies.images / tallies.articles AS images,  -- share with a picture
  1.0 * tallies.language / tallies.articles AS language,  -- share whose language is known
  1.0 * tallies.comment_count / tallies.articles AS comment_count,  -- share with a count of comments
  1.0 * tallies.view_count / tallies.articles AS view_count,  -- share with a count of views
  1.0 * tallies.paywalled / tallies.articles AS paywalled  -- share of which it is known
FROM coverage_tallies AS tallies;

CREATE VIEW article_search_source AS
-- What article_search indexes, under its column names.
SELECT
  texts.article_id,                     -- in `articles`
  records.title,                        -- headline
  records.subtitle,                     -- line under the headline
  texts.summary,                        -- as the site or feed gives it
  texts.body,                           -- plain text
  texts.spellings                       -- other spellings of its words with umlauts, ß ...
FROM article_texts AS texts
JOIN article_records AS records ON records.id = texts.article_id;
