"""Webhooks go to the open internet only, to the very address that was checked."""

import socket
from typing import Any

import pytest

from kalevi.webhooks.addresses import RefusedError, is_open, resolved, target
from kalevi.webhooks.posting import post

CLOSED = [
    "127.0.0.1",
    "127.8.8.8",
    "0.0.0.0",
    "10.1.2.3",
    "172.16.0.1",
    "192.168.1.1",
    "169.254.169.254",
    "100.64.0.1",
    "192.0.2.1",
    "198.18.0.1",
    "224.0.0.1",
    "240.0.0.1",
    "255.255.255.255",
    "::",
    "::1",
    "fe80::1",
    "fe80::1%eth0",
    "fc00::1",
    "ff02::1",
    "::ffff:127.0.0.1",
    "::ffff:10.0.0.1",
    "::127.0.0.1",
    "64:ff9b::7f00:1",
    "2002:7f00:1::",
    "2001:db8::1",
    "nonsense",
]


@pytest.mark.parametrize("address", CLOSED)
def test_closed_addresses(address: str) -> None:
    assert not is_open(address)


@pytest.mark.parametrize("address", ["93.184.216.34", "8.8.8.8", "2606:2800:220:1:248:1893:25c8:1946"])
def test_open_addresses(address: str) -> None:
    assert is_open(address)


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("ftp://example.fi/", "bad_address"),
        ("https://", "bad_address"),
        ("https://user:secret@example.fi/", "bad_address"),
        ("https://example.fi/#part", "bad_address"),
        ("https://example.fi:99999/", "bad_address"),
        ("https://example.fi:0/", "bad_address"),
        ("https://exa mple.fi/", "bad_address"),
        ("https://example.fi/\r\nX: y", "bad_address"),
        ("//example.fi", "bad_address"),
        ("http://example.fi/", "no_https"),
        ("https://" + "a" * 300 + ".fi/", "bad_address"),
    ],
)
def test_what_is_no_address_is_refused(url: str, reason: str) -> None:
    with pytest.raises(RefusedError) as refused:
        target(url)
    assert refused.value.reason == reason


def names(monkeypatch: pytest.MonkeyPatch, *addresses: str) -> list[str]:
    asked: list[str] = []

    def look_up(host: str, port: int, *_more: Any, **_named: Any) -> list[Any]:
        asked.append(host)
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port)) for address in addresses]

    monkeypatch.setattr("kalevi.webhooks.addresses.socket.getaddrinfo", look_up)
    return asked


def test_one_private_address_among_them_refuses_all(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = names(monkeypatch, "93.184.216.34", "10.0.0.1")
    with pytest.raises(RefusedError) as refused:
        resolved(target("https://Example.FI./x"))
    assert (refused.value.reason, asked) == ("private_address", ["example.fi"])


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "[::1]", "2130706433", "0x7f.1", "127.1"])
def test_ways_to_write_this_machine_are_all_refused(host: str) -> None:
    answer = post(f"https://{host}:1/", b"{}", {})
    assert answer.problem in ("private_address", "unknown_host")


def test_the_connection_goes_to_the_address_that_was_checked(monkeypatch: pytest.MonkeyPatch) -> None:
    """A name that leads elsewhere when it is asked again changes nothing: it is asked once."""
    asked = names(monkeypatch, "93.184.216.34")
    connected: list[Any] = []

    def connect(self: socket.socket, address: Any) -> None:
        connected.append(address)
        raise ConnectionRefusedError

    monkeypatch.setattr(socket.socket, "connect", connect)
    answer = post("https://example.fi/hook", b"{}", {})
    assert answer.problem == "no_connection"
    assert set(connected) == {("93.184.216.34", 443)}
    assert asked[0] == "example.fi"
    assert "example.fi" not in asked[1:]
