"""The proxy that the environment names, read alike for every network: their SDKs differ in what they know of it.

HTTPS_PROXY, HTTP_PROXY and ALL_PROXY hold the address of a proxy, NO_PROXY what is reached without one: hosts, domains,
addresses and networks, IPv6 too (`::1`, `[::1]`, `fd07:b51a:cc66:f0::/64`, as Docker and desktops set them).
"""

import os
from collections.abc import Iterator
from ipaddress import ip_address, ip_network
from urllib.parse import urlsplit

from adapters.contract.errors import Unavailable

_SCHEMES = {"https": "https", "wss": "https", "http": "http", "ws": "http"}


def find_proxy(url: str) -> str | None:
    """The proxy through which `url` is reached, None where there is none.

    Raises Unavailable, with the variable, where it names a proxy that we cannot go through.
    """
    parts = urlsplit(url)
    variable, proxy = next(_list_proxies(_SCHEMES.get(parts.scheme, parts.scheme)), ("", ""))
    if not proxy or _is_direct(parts.hostname or "", parts.port):
        return None
    if "://" not in proxy:
        proxy = f"http://{proxy}"
    try:
        found = urlsplit(proxy)
        usable = found.scheme in ("http", "https") and bool(found.hostname) and (found.port is None or found.port > 0)
    except ValueError:  # a port that is none
        usable = False
    if not usable:
        raise Unavailable(
            f"the variable {variable} names a proxy that pullquote cannot go through: it takes http:// or https://, "
            f"no SOCKS. Set HTTPS_PROXY to such a one, or start pullquote without {variable}"
        )
    return proxy


def _list_proxies(scheme: str) -> Iterator[tuple[str, str]]:
    """Variables that are set, with their values, the first that counts first; small letters win, as everywhere."""
    for name in (f"{scheme}_proxy", "all_proxy"):
        for variable in (name, name.upper()):
            if value := os.environ.get(variable, "").strip():
                yield variable, value


def _is_direct(host: str, port: int | None) -> bool:
    """Whether NO_PROXY names a host. What cannot be read in it names nothing."""
    named = os.environ.get("no_proxy") or os.environ.get("NO_PROXY") or ""
    return any(_names(entry.strip().lower(), host.lower(), port) for entry in named.split(",") if entry.strip())


def _names(entry: str, host: str, port: int | None) -> bool:
    if entry == "*":
        return True
    bare = entry.replace("[", "").replace("]", "")
    try:
        return ip_address(host) in ip_network(bare, strict=False)
    except ValueError:  # one of the two is a name
        pass
    name, colon, number = entry.rpartition(":")
    if colon and number.isdecimal() and ":" not in name.strip("[]"):
        entry = name
        if port is not None and int(number) != port:
            return False
    domain = entry.removeprefix("*").removeprefix(".")
    return host == domain or host.endswith(f".{domain}")
