CREATE TABLE near_duplicates (
  -- Two articles with the same or nearly the same text. Linked, never dropped; the view `duplicates` shows both.
  article_id INTEGER NOT NULL REFERENCES article_records (id) ON DELETE CASCADE,
  earlier_id INTEGER NOT NULL REFERENCES article_records (id) ON DELETE CASCADE,  -- archived before it
  similarity REAL NOT NULL,             -- share of common three-word sequences (Jaccard), estimated; 1: equal words
  PRIMARY KEY (article_id, earlier_id)
) STRICT, WITHOUT ROWID;

CREATE INDEX near_duplicates_earlier ON near_duplicates (earlier_id);

CREATE TABLE text_signatures (
  -- MinHash of an article's text: 64 little-endian unsigned 32-bit numbers.
  article_id INTEGER PRIMARY KEY REFERENCES article_records (id) ON DELETE CASCADE,
  minhash BLOB NOT NULL
) STRICT;

CREATE TABLE signature_bands (
  -- Four numbers of a signature as one key: similar texts share at least one of their 16 keys.
  -- No foreign key, which would need an index as big as the table: a row whose article is gone does no harm,
  -- for a candidate without a signature is none.
  band_key INTEGER NOT NULL,
  article_id INTEGER NOT NULL,
  PRIMARY KEY (band_key, article_id)
) STRICT, WITHOUT ROWID;
