-- Few articles are edited or behind a paywall: to count or list them must not read all the others.
CREATE INDEX article_records_edited ON article_records (version_count, site, published_on) WHERE version_count > 1;
CREATE INDEX article_records_paywalled ON article_records (site, published_on) WHERE paywalled = 1;
