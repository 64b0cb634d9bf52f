CREATE TABLE cluster_records (
  -- Articles that tell the same in nearly the same words, gathered: agency copy, reprints, live tickers. Read the views
  -- `clusters` and `cluster_articles` instead.
  id INTEGER PRIMARY KEY,               -- stays while the cluster grows; where two become one, that of the larger
  canonical_id INTEGER REFERENCES article_records (id) ON DELETE SET NULL,  -- published first, or else archived first
  articles INTEGER NOT NULL             -- how many it holds, two at least
) STRICT;

CREATE INDEX cluster_records_canonical ON cluster_records (canonical_id);
CREATE INDEX cluster_records_articles ON cluster_records (articles);

ALTER TABLE article_records ADD COLUMN cluster_id INTEGER REFERENCES cluster_records (id) ON DELETE SET NULL;  -- NULL: alone

CREATE INDEX article_records_cluster ON article_records (cluster_id) WHERE cluster_id IS NOT NULL;

-- The pairs that were found before there were clusters: all that hangs together is one, named after its first article.
CREATE TEMP TABLE found_clusters AS
WITH RECURSIVE
  edges (one, other) AS (
    SELECT article_id, earlier_id FROM near_duplicates UNION ALL SELECT earlier_id, article_id FROM near_duplicates
  ),
  reached (root, id) AS (
    SELECT earlier_id, earlier_id FROM near_duplicates WHERE earlier_id NOT IN (SELECT article_id FROM near_duplicates)
    UNION
    SELECT reached.root, edges.other FROM reached JOIN edges ON edges.one = reached.id
  )
SELECT id AS article_id, min(root) AS cluster_id FROM reached GROUP BY id;

INSERT INTO cluster_records (id, articles) SELECT cluster_id, count(*) FROM found_clusters GROUP BY cluster_id;

UPDATE article_records SET cluster_id = found.cluster_id
FROM temp.found_clusters AS found WHERE found.article_id = article_records.id;

UPDATE cluster_records SET canonical_id = (
  SELECT id FROM article_records WHERE cluster_id = cluster_records.id
  ORDER BY published IS NULL, iif(published_precision = 'day', published_on || 'T23:59:59Z', published), id LIMIT 1);

DROP TABLE temp.found_clusters;
