"""Addresses of posts: https://x.com/NAME/status/ID."""

import re
from urllib.parse import urlsplit

from adapters.contract.errors import Rejected

_OWN = ("x.com", "www.x.com", "mobile.x.com", "twitter.com", "www.twitter.com", "mobile.twitter.com")
_MIRRORS = ("fxtwitter.com", "vxtwitter.com", "fixupx.com", "fixvx.com", "twittpr.com", "nitter.net", "xcancel.com")
"""Pages of others that show posts of X under the same path; people copy their links."""
_HOSTS = frozenset({*_OWN, *_MIRRORS})
_PATH = re.compile(r"/(?:i/web|i|[A-Za-z0-9_]{1,15})/status(?:es)?/(?P<id>[0-9]{1,19})(?:/.*)?")


def make_link(post_id: str) -> str:
    """The web link of a post. It names no handle: a handle may change, the link goes on."""
    return f"https://x.com/i/status/{post_id}"


def parse_link(link: str) -> str:
    """The id of the post behind a web link. Raises Rejected where it is no post of X."""
    match = _PATH.fullmatch(urlsplit(link.strip()).path) if recognises(link) else None
    if match is None:
        raise Rejected(f"{link!r} is no post of X; a link looks like https://x.com/NAME/status/ID")
    return match["id"]


def recognises(link: str) -> bool:
    """Whether a link belongs to X, a post or not."""
    try:
        parts = urlsplit(link.strip())
    except ValueError:
        return False
    return parts.scheme in {"http", "https"} and parts.hostname in _HOSTS
