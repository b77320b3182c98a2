"""OAuth 1.0a as RFC 5849 describes it: whether a request was signed with keys that we gave.

Written for the tests on its own, so that what the SDK signs is checked by other code than signed it.
"""

import base64
import hashlib
import hmac
import re
from collections.abc import Iterable, Mapping
from urllib.parse import quote, unquote

from tests.servers.x.posts import Account
from tests.servers.x.problems import refuse

ORIGINS = ("https://api.twitter.com", "https://api.x.com")
"""Where a client believes X to be, whatever address it reached."""

MOST_SKEW = 300
"""Seconds."""

_FIELD = re.compile(r'([a-z_]+)="([^"]*)"')


class Signatures:
    """Checks one request after the other; a nonce counts once."""

    def __init__(self) -> None:
        self._used: set[tuple[str, str, str]] = set()

    def check(
        self,
        method: str,
        path: str,
        query: Iterable[tuple[str, str]],
        header: str,
        accounts: Iterable[Account],
        now: float,
    ) -> Account:
        """Who signed. now: seconds by X's own clock. Raises Problem (401), which names no reason, as at X."""
        said = _read_header(header)
        account = next((each for each in accounts if each.keys.access_token == said.get("oauth_token")), None)
        if account is None or account.suspended or said.get("oauth_consumer_key") != account.keys.consumer_key:
            raise refuse(401)
        if said.get("oauth_signature_method") != "HMAC-SHA1" or said.get("oauth_version", "1.0") != "1.0":
            raise refuse(401)
        if not _is_near(said.get("oauth_timestamp", ""), now):
            raise refuse(401)
        signed = (said["oauth_token"], said["oauth_timestamp"], said.get("oauth_nonce", ""))
        if not signed[2] or signed in self._used:
            raise refuse(401)
        parameters = [*query, *((name, value) for name, value in said.items() if name != "oauth_signature")]
        keys = account.keys
        right = [
            sign(method, origin + path, parameters, keys.consumer_secret, keys.access_token_secret)
            for origin in ORIGINS
        ]
        if said.get("oauth_signature") not in right:
            raise refuse(401)
        self._used.add(signed)
        return account


def sign(method: str, url: str, parameters: Iterable[tuple[str, str]], consumer_secret: str, token_secret: str) -> str:
    """RFC 5849, 3.4: the signature over method, address and parameters (decoded)."""
    pairs = sorted((_encode(name), _encode(value)) for name, value in parameters)
    normalized = "&".join(f"{name}={value}" for name, value in pairs)
    base = "&".join(map(_encode, (method.upper(), url, normalized)))
    key = f"{_encode(consumer_secret)}&{_encode(token_secret)}"
    return base64.b64encode(hmac.new(key.encode(), base.encode(), hashlib.sha1).digest()).decode()


def _read_header(header: str) -> Mapping[str, str]:
    scheme, _, fields = header.partition(" ")
    if scheme.lower() != "oauth":
        raise refuse(401)
    return {name: unquote(value) for name, value in _FIELD.findall(fields)}


def _is_near(timestamp: str, now: float) -> bool:
    return timestamp.isdigit() and abs(int(timestamp) - now) <= MOST_SKEW


def _encode(text: str) -> str:
    return quote(text, safe="-._~")
