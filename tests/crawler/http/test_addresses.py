from ipaddress import IPv4Address, IPv6Address, IPv6Network

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scraper.crawler.http.addresses import is_public, literal_address

_NAT64 = IPv6Network("64:ff9b::/96")


@pytest.mark.parametrize(
    "address",
    [
        "0.0.0.0",
        "10.1.2.3",
        "100.64.0.1",
        "100.127.255.255",
        "127.0.0.1",
        "127.255.255.254",
        "169.254.169.254",
        "172.16.0.1",
        "172.31.255.255",
        "192.0.0.8",
        "192.0.2.1",
        "192.88.99.1",
        "192.168.0.1",
        "198.18.0.1",
        "198.51.100.1",
        "203.0.113.1",
        "224.0.0.1",
        "239.255.255.255",
        "240.0.0.1",
        "255.255.255.255",
        "::",
        "::1",
        "::127.0.0.1",
        "::ffff:127.0.0.1",
        "::ffff:10.0.0.1",
        "::ffff:169.254.169.254",
        "64:ff9b::7f00:1",
        "64:ff9b::a9fe:a9fe",
        "64:ff9b:1::808:808",
        "100::1",
        "2001::1",
        "2001:2::1",
        "2001:20::1",
        "2001:db8::1",
        "2002:7f00:1::",
        "2002:c0a8:1::1",
        "3fff::1",
        "5f00::1",
        "fc00::1",
        "fd00:ec2::254",
        "fe80::1",
        "fe80::1%eth0",
        "fec0::1",
        "ff02::1",
    ],
)
def test_what_is_special_is_not_public(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize(
    "address",
    [
        "1.1.1.1",
        "9.255.255.255",
        "11.0.0.0",
        "100.63.255.255",
        "100.128.0.0",
        "172.15.255.255",
        "172.32.0.0",
        "192.0.1.0",
        "223.255.255.255",
        "2606:4700::1111",
        "2a00:1450::1",
        "::ffff:8.8.8.8",
        "64:ff9b::808:808",
        "2002:808:808::1",
    ],
)
def test_the_neighbours_of_special_ranges_are_public(address: str) -> None:
    assert is_public(address)


@given(st.ip_addresses(v=4))
def test_an_address_is_as_public_in_ipv6_clothes_as_without(address: IPv4Address) -> None:
    mapped = IPv6Address(f"::ffff:{address}")
    translated = IPv6Address(int(IPv6Address("64:ff9b::")) + int(address))
    six_to_four = IPv6Address(int(IPv6Address("2002::")) + (int(address) << 80))

    assert is_public(mapped) == is_public(translated) == is_public(six_to_four) == is_public(address)


@given(st.ip_addresses())
def test_what_the_standard_library_calls_private_is_not_public(address: IPv4Address | IPv6Address) -> None:
    """We are stricter than it, never laxer, but for IPv6 prefixes that carry a public IPv4 address."""
    carries_ipv4 = isinstance(address, IPv6Address) and (address.ipv4_mapped or address in _NAT64)

    assert not (address.is_private and not carries_ipv4 and is_public(address))


@pytest.mark.parametrize(
    "host",
    [
        "127.0.0.1",
        "127.1",
        "127.0.1",
        "2130706433",
        "0x7f000001",
        "0x7f.1",
        "0177.0.0.1",
        "017700000001",
        "0X7F.0.0.0x1",
        "127.0.0.1.",
    ],
)
def test_every_spelling_of_loopback_is_read(host: str) -> None:
    assert literal_address(host) == IPv4Address("127.0.0.1")


def test_an_ipv6_literal_is_read_with_and_without_brackets() -> None:
    assert literal_address("[::1]") == literal_address("::1") == IPv6Address("::1")


@pytest.mark.parametrize("host", ["example.org", "0x7g.test", "1.2.3.4.test", "localhost", "127.0.0.one"])
def test_a_name_is_no_address(host: str) -> None:
    assert literal_address(host) is None


@pytest.mark.parametrize("host", ["256.1.1.1", "1.2.3.4.5", "4294967296", "1.2.3.256", "08.1.1.1", "a.1", "1..1"])
def test_a_host_that_ends_in_a_number_must_be_an_address(host: str) -> None:
    with pytest.raises(ValueError, match=r"number|address"):
        literal_address(host)


@given(st.ip_addresses(v=4))
def test_decimal_octal_and_hexadecimal_mean_the_same(address: IPv4Address) -> None:
    number = int(address)

    assert (
        literal_address(str(number)) == literal_address(f"0{number:o}") == literal_address(f"0x{number:x}") == address
    )
