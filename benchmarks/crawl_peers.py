"""The same crawl as others would write it: ``requests`` with threads, and Scrapy.

Run by benchmarks/crawl.py, which gives the feeds on standard input; the number of pages comes out.

Both keep what scraper keeps towards hosts: robots.txt first, one request at a time for each. Neither extracts a text,
keeps an archive, or could go on where it was killed: what they do is the least a crawl can do.
"""

import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from urllib import robotparser
from urllib.parse import urljoin

THREADS = 32


def with_requests(feeds: list[str]) -> int:
    import feedparser  # noqa: PLC0415 - each peer alone
    import requests  # noqa: PLC0415 - each peer alone

    def host(feed: str) -> int:
        session = requests.Session()
        rules = robotparser.RobotFileParser()
        rules.parse(session.get(urljoin(feed, "/robots.txt"), timeout=30).text.splitlines())
        entries = feedparser.parse(session.get(feed, timeout=30).content)["entries"]
        pages = [urljoin(feed, entry["link"]) for entry in entries]
        return sum(len(session.get(page, timeout=30).text) > 0 for page in pages if rules.can_fetch("bench", page))

    with ThreadPoolExecutor(THREADS) as pool:
        return sum(pool.map(host, feeds))


def with_scrapy(feeds: list[str]) -> int:
    import scrapy  # noqa: PLC0415 - each peer alone
    from scrapy.crawler import CrawlerProcess  # noqa: PLC0415 - each peer alone

    class Spider(scrapy.Spider):
        name = "bench"
        start_urls = feeds
        pages = 0

        def parse(self, response: Any) -> Iterator[Any]:
            for link in response.xpath("//item/link/text()").getall():
                yield response.follow(link, self.page)

        def page(self, response: Any) -> Iterator[Any]:
            Spider.pages += 1
            yield {"url": response.url, "title": response.css("h1::text").get()}

    process = CrawlerProcess(
        {
            "ROBOTSTXT_OBEY": True,
            "CONCURRENT_REQUESTS": THREADS,
            "CONCURRENT_REQUESTS_PER_DOMAIN": 1,
            "DOWNLOAD_DELAY": 0,
            "LOG_ENABLED": False,
            "TELNETCONSOLE_ENABLED": False,
        }
    )
    process.crawl(Spider)
    process.start()
    return Spider.pages


if __name__ == "__main__":
    print({"requests": with_requests, "scrapy": with_scrapy}[sys.argv[1]](sys.stdin.read().split()))
