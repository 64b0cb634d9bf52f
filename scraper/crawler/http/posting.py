"""One POST of JSON to an address the user chose: through the same guard as every request, followed nowhere."""

import os
from collections.abc import Mapping

from scraper.crawler.http.fetcher import user_agent
from scraper.crawler.http.transport import Environment, Transport
from scraper.errors import PermanentError, Reason, TransientError
from scraper.settings import CrawlSettings


def post_json(url: str, body: bytes, settings: CrawlSettings, *, headers: Mapping[str, str] | None = None) -> int:
    """Send `body`; the status of the answer, 200 to 299, whose own body is not read.

    Raises TransientError or PermanentError: what the settings refuse (an address that is not public and not in
    `allow_private_hosts`), what the network does, and any other status, a redirect included.
    """
    transport = Transport(settings, environment=Environment.read(os.environ))
    sent = {"Content-Type": "application/json", "User-Agent": user_agent(settings), **(headers or {})}
    try:
        with transport.send(url, sent, body=body) as answer:
            status = answer.status
    finally:
        transport.close()
    if 200 <= status < 300:
        return status
    kind = TransientError if status >= 500 or status == 429 else PermanentError
    raise kind(Reason.HTTP_ERROR, f"answered {status}", url=url, status=status)
