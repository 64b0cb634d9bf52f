"""The name and password in an address, as a header. They are no part of the address that is asked for or stored."""

from base64 import b64encode
from urllib.parse import unquote, urlsplit


def authorization(url: str) -> dict[str, str]:
    """HTTP's Basic authentication (RFC 7617, in UTF-8) with what stands before the host; empty where nothing does.

    Raises ValueError for what is no URL.
    """
    parts = urlsplit(url)
    if parts.username is None:
        return {}
    pair = f"{unquote(parts.username)}:{unquote(parts.password or '')}"
    return {"Authorization": f"Basic {b64encode(pair.encode()).decode('ascii')}"}
