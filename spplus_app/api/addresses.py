"""Where a request really comes from, and a hash of it that forgets by itself."""

from __future__ import annotations

import ipaddress
from collections.abc import Iterable, Sequence
from typing import Any

from ..adapters import daily_salt
from ..services import clock, tokens
from ..settings import settings

Network = ipaddress.IPv4Network | ipaddress.IPv6Network
Address = ipaddress.IPv4Address | ipaddress.IPv6Address


def networks(trusted: Iterable[str]) -> tuple[Network, ...]:
    """Read the list of trusted proxies."""
    return tuple(ipaddress.ip_network(one, strict=False) for one in trusted)


def client_address(scope: Any, trusted: Sequence[Network]) -> str:
    """Return the address of the client, or an empty text when there is none (a local socket).

    ``X-Forwarded-For`` is read from its right end, and only as far as the proxies are ours:
    what a client writes there itself is never believed.
    """
    client = scope.get("client")
    current = _parsed(client[0]) if client else None
    if current is None:
        return ""
    forwarded = [
        part
        for key, value in scope["headers"]
        if key == b"x-forwarded-for"
        for part in value.decode("latin-1").split(",")
    ]
    while forwarded and any(current in network for network in trusted):
        further = _parsed(forwarded.pop())
        if further is None:
            break
        current = further
    return str(current)


def block(address: str) -> str:
    """Return what one subscriber holds: an IPv4 address, or the /64 of an IPv6 one."""
    parsed = _parsed(address)
    if isinstance(parsed, ipaddress.IPv6Address):
        return str(ipaddress.IPv6Network((parsed, 64), strict=False))
    return str(parsed or "")


def wide_block(address: str) -> str:
    """Return what one site or one small network holds: the /24 of IPv4, the /56 of IPv6."""
    parsed = _parsed(address)
    if parsed is None:
        return ""
    length = 56 if isinstance(parsed, ipaddress.IPv6Address) else 24
    return str(ipaddress.ip_network((parsed, length), strict=False))


def daily_hashes(address: str) -> tuple[str, str]:
    """Return the keyed hashes for today of what a subscriber holds, and of the wide block."""
    return daily_hash(address), daily_block_hash(address)


def daily_hash(address: str) -> str:
    """Return the keyed hash of the address block for today: tomorrow it is another one."""
    return _hashed(block(address))


def daily_block_hash(address: str) -> str:
    """Return the keyed hash of the wide block for today, which limits count by."""
    return _hashed(wide_block(address))


def _hashed(network: str) -> str:
    if not network:
        return ""
    day = clock.now().date().isoformat()
    # Once the day is over its salt is deleted: even with the secret key nobody makes it again.
    salt = daily_salt.of_day(settings().var_dir, day)
    return tokens.keyed_hash(f"address-{day}-{salt}", network)


def _parsed(text: object) -> Address | None:
    try:
        parsed = ipaddress.ip_address(str(text).strip().strip("[]").split("%")[0])
    except ValueError:
        return None
    mapped = parsed.ipv4_mapped if isinstance(parsed, ipaddress.IPv6Address) else None
    return mapped or parsed
