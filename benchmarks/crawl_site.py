"""Many hosts on one machine: every address of 127.0.0.0/8 is one, and each answers after 50 ms.

``python -m benchmarks.crawl_site PORT`` stands alone, so that it takes a processor of its own. /feed has as many
entries as /feed?n=... asks for, /article/K is a page of some 30 KB, and whoever sends the ETag of what it would get is
told 304. After /round/N one feed in twenty has changed.
"""

import asyncio
import sys
from urllib.parse import parse_qs, urlsplit

LATENCY_SECONDS = 0.05
CHANGED_SHARE = 20

_FILLER = "".join(f'<li><a href="/section/{n}">Ressort {n}</a></li>' for n in range(200))
_WORDS = "Der Rat hat am Abend über das neue Wehr beraten, und die Mehrheit war nach langer Rede dafür. "


def article(number: int) -> bytes:
    paragraphs = "".join(f"<p>{_WORDS * 4}Das war Punkt {n} von Meldung {number}.</p>" for n in range(12))
    return (
        f"<!doctype html><html lang=de><head><title>Meldung {number}</title></head><body><nav><ul>{_FILLER}</ul></nav>"
        f"<article><h1>Meldung {number}</h1><time datetime='2026-02-28T09:30:00+01:00'></time>{paragraphs}</article>"
        f"<footer>{_FILLER}</footer></body></html>"
    ).encode()


def feed(count: int, batch: str) -> bytes:
    items = "".join(
        f"<item><title>Meldung {n}</title><link>/article/{batch}{n}</link><guid>{batch}{n}</guid></item>"
        for n in range(count)
    )
    return f'<rss version="2.0"><channel><title>Bote</title>{items}</channel></rss>'.encode()


def answer(target: str, host: str, etag: str, state: dict[str, str]) -> bytes:
    """The whole answer to a request; /round/N moves all hosts to another day."""
    parts = urlsplit(target)
    if parts.path.startswith("/round/"):
        state["round"] = parts.path.rpartition("/")[2]
        return _reply(b"ok", "text/plain", '"x"')
    if parts.path == "/robots.txt":
        return _reply(b"User-agent: *\nDisallow: /private\n", "text/plain", '"robots"')
    if parts.path.startswith("/article/"):
        return _reply(article(int(parts.path.rpartition("/")[2])), "text/html; charset=utf-8", '"a"')
    number = sum(int(part) * 256**place for place, part in enumerate(reversed(host.partition(":")[0].split("."))))
    batch = state["round"] if number % CHANGED_SHARE == 0 else "0"
    tag = f'"{batch}"'
    if etag == tag:
        return f"HTTP/1.1 304 Not Modified\r\nETag: {tag}\r\n\r\n".encode()
    return _reply(feed(int(parse_qs(parts.query).get("n", ["5"])[0]), batch), "application/rss+xml", tag)


def _reply(body: bytes, media_type: str, etag: str) -> bytes:
    head = f"HTTP/1.1 200 OK\r\nContent-Type: {media_type}\r\nETag: {etag}\r\nContent-Length: {len(body)}\r\n\r\n"
    return head.encode() + body


class _Connection(asyncio.Protocol):
    def __init__(self, state: dict[str, str]) -> None:
        self._state = state
        self._data = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        self._data += data
        while b"\r\n\r\n" in self._data:
            head, _, self._data = self._data.partition(b"\r\n\r\n")
            line, *lines = head.decode("latin-1").split("\r\n")
            headers = {name.lower(): value.strip() for name, _, value in (each.partition(":") for each in lines)}
            reply = answer(line.split(" ")[1], headers["host"], headers.get("if-none-match", ""), self._state)
            asyncio.get_running_loop().call_later(LATENCY_SECONDS, self._transport.write, reply)


async def serve(port: int) -> None:
    state = {"round": "0"}
    server = await asyncio.get_running_loop().create_server(
        lambda: _Connection(state),
        "0.0.0.0",
        port,
        backlog=4_096,
    )
    print("ready", flush=True)
    await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(serve(int(sys.argv[1])))
