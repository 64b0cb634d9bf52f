"""Which IP addresses are public, and which hosts are addresses in disguise. Pure: resolves and opens nothing."""

import re
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address

# The IANA special-purpose registries (RFC 6890 and successors) written out, because `is_global` answers differently
# from one Python release to the next (CVE-2024-4032) and takes multicast for global.
_SPECIAL_V4 = tuple(
    IPv4Network(text)
    for text in (
        "0.0.0.0/8",  # this network, RFC 791
        "10.0.0.0/8",  # private, RFC 1918
        "100.64.0.0/10",  # shared address space behind carrier-grade NAT, RFC 6598
        "127.0.0.0/8",  # loopback
        "169.254.0.0/16",  # link-local, RFC 3927; cloud metadata services live here
        "172.16.0.0/12",  # private
        "192.0.0.0/24",  # protocol assignments, RFC 6890
        "192.0.2.0/24",  # documentation, RFC 5737
        "192.88.99.0/24",  # 6to4 relays, deprecated by RFC 7526
        "192.168.0.0/16",  # private
        "198.18.0.0/15",  # benchmarks, RFC 2544
        "198.51.100.0/24",  # documentation
        "203.0.113.0/24",  # documentation
        "224.0.0.0/4",  # multicast, RFC 5771
        "240.0.0.0/4",  # reserved, RFC 1112, and the broadcast address
    )
)
_GLOBAL_UNICAST_V6 = IPv6Network("2000::/3")
_SPECIAL_V6 = tuple(
    IPv6Network(text)
    for text in (
        "2001::/23",  # protocol assignments, RFC 2928: Teredo, benchmarks, ORCHID
        "2001:db8::/32",  # documentation, RFC 3849
        "3fff::/20",  # documentation, RFC 9637
    )
)
# Prefixes with an IPv4 address inside, and how far it stands from the right.
_MAPPED = IPv6Network("::ffff:0:0/96")
_NAT64 = IPv6Network("64:ff9b::/96")  # RFC 6052; the local-use 64:ff9b:1::/48 of RFC 8215 is not global unicast
_6TO4 = IPv6Network("2002::/16")
_EMBEDDED_V4 = ((_MAPPED, 0), (_NAT64, 0), (_6TO4, 80))

_NUMBER = re.compile(r"(?P<hex>0[xX][0-9A-Fa-f]*)|(?P<octal>0[0-7]*)|(?P<decimal>[1-9][0-9]*)")


def is_public(address: str | IPv4Address | IPv6Address) -> bool:
    """Whether anybody on the Internet may be meant by this address.

    An IPv6 address with an IPv4 address inside (mapped, NAT64, 6to4) is as public as that. Teredo is refused whole.
    Raises ValueError where a string is no address. A network's own NAT64 prefix (RFC 6052 section 2.2) looks like any
    global address and cannot be told.
    """
    if isinstance(address, str):
        address = ip_address(address.partition("%")[0])
    if isinstance(address, IPv4Address):
        return not any(address in network for network in _SPECIAL_V4)
    for prefix, shift in _EMBEDDED_V4:
        if address in prefix:
            return is_public(IPv4Address(int(address) >> shift & 0xFFFF_FFFF))
    return address in _GLOBAL_UNICAST_V6 and not any(address in network for network in _SPECIAL_V6)


def literal_address(host: str) -> IPv4Address | IPv6Address | None:
    """The address that a URL's host spells, None where it is a name.

    Reads what resolvers and browsers read (WHATWG URL, IPv4 parser): one to four parts, each decimal, octal or
    hexadecimal, the last filling what is left: ``127.1``, ``0x7f000001``, ``017700000001``, ``2130706433``.
    Raises ValueError for a host that ends in a number and yet is no address.
    """
    if ":" in host:
        return IPv6Address(host.strip("[]").partition("%")[0])
    parts = host.rstrip(".").split(".")
    if not re.fullmatch(r"[0-9]+|0[xX][0-9A-Fa-f]*", parts[-1]):
        return None
    numbers = [_number(part) for part in parts]
    *high, low = numbers
    if len(numbers) > 4 or any(number > 255 for number in high) or low >= 256 ** (5 - len(numbers)):
        raise ValueError(f"a host that ends in a number and is no address: {host[:200]!r}")
    return IPv4Address(sum(number << (24 - 8 * place) for place, number in enumerate(high)) + low)


def _number(text: str) -> int:
    match = _NUMBER.fullmatch(text[:40])
    if match is None:
        raise ValueError(f"not a number of an IPv4 address: {text[:40]!r}")
    if match["hex"]:
        return int(match["hex"][2:] or "0", 16)
    return int(text, 8) if match["octal"] else int(text)
