"""One POST of JSON to an address the user chose: through the same guard as every request, followed nowhere."""

import os

from scraper.crawler.http.credentials import authorization
from scraper.crawler.http.fetcher import resolved, user_agent
from scraper.crawler.http.transport import Environment, Transport
from scraper.errors import PermanentError, Reason, TransientError
from scraper.settings import CrawlSettings


def post_json(url: str, body: bytes, settings: CrawlSettings) -> int:
    """Send `body`; the status of the answer, 200 to 299, whose own body is not read.

    A name and password in the address are sent as HTTP's Basic authentication (RFC 7617, in UTF-8).
    Raises TransientError or PermanentError: what the settings refuse (an address that is not public and not in
    `allow_private_hosts`), what the network does, and any other status, a redirect included.
    """
    target = resolved(url)
    sent = {"Content-Type": "application/json", "User-Agent": user_agent(settings), **authorization(url)}
    transport = Transport(settings, environment=Environment.read(os.environ))
    try:
        with transport.send(target, sent, body=body) as answer:
            status = answer.status
    finally:
        transport.close()
    if 200 <= status < 300:
        return status
    kind = TransientError if status >= 500 or status == 429 else PermanentError
    raise kind(Reason.HTTP_ERROR, f"answered {status}", url=url, status=status)
