-- Which hosts have something to be fetched, one seek for each, however many URLs of a busy one wait.
CREATE INDEX queue_hosts ON queue (host, next_try_at, id) WHERE state = 'waiting';
CREATE INDEX queue_feed_hosts ON queue (feed_id, host, next_try_at, id) WHERE state = 'waiting';
