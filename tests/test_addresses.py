"""Which addresses may be asked; on a network that is tested in test_collect.py."""

import pytest
import scrapy
from scrapy.exceptions import IgnoreRequest

from classifier.addresses import AddressGuard, is_private, may_ask


@pytest.mark.parametrize(
    ("address", "private"),
    [
        *(("127.0.0.1", True), ("127.9.9.9", True), ("0.0.0.0", True), ("::1", True)),  # noqa: S104 - refused
        *(("10.1.2.3", True), ("172.16.0.1", True), ("192.168.1.1", True), ("fd00::1", True)),
        *(("169.254.169.254", True), ("fe80::1", True), ("fe80::1%eth0", True)),
        *(("100.64.0.1", True), ("224.0.0.1", True), ("255.255.255.255", True)),
        *(("::ffff:127.0.0.1", True), ("::ffff:10.0.0.1", True), ("2002:7f00:1::", True)),
        *(("8.8.8.8", False), ("172.32.0.1", False), ("2606:4700::1111", False)),
    ],
)
def test_private_addresses(address: str, private: bool) -> None:
    assert is_private(address) == private
    assert may_ask(address, []) != private


@pytest.mark.parametrize(
    ("address", "allowed", "may"),
    [
        ("10.1.2.3", ["10.1.0.0/16"], True),
        ("10.2.2.3", ["10.1.0.0/16"], False),
        ("127.0.0.1", ["127.0.0.1"], True),
        ("[::1]", ["::1"], True),
        ("::1", ["127.0.0.0/8"], False),
        ("8.8.8.8", ["10.0.0.0/8"], True),
    ],
)
def test_allowed_networks(address: str, allowed: list[str], may: bool) -> None:
    assert may_ask(address, allowed) == may


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1/",
        "http://127.0.0.1:8080/x",
        "http://[::1]/",
        "https://169.254.169.254/latest/meta-data",
        "ftp://a.example/",
        "file:///etc/passwd",
    ],
)
def test_the_guard_refuses(url: str) -> None:
    with pytest.raises(IgnoreRequest):
        AddressGuard([]).process_request(scrapy.Request(url))


def test_the_guard_leaves_names_to_the_resolver() -> None:
    AddressGuard([]).process_request(scrapy.Request("https://a.example/"))
