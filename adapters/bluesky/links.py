"""Addresses of posts: at://did/collection/rkey and https://bsky.app/profile/who/post/rkey."""

import re
from typing import NamedTuple
from urllib.parse import unquote, urlsplit

from adapters.contract.errors import Rejected

POST = "app.bsky.feed.post"
_HOSTS = frozenset({"bsky.app", "www.bsky.app"})
_AT_URI = re.compile(r"at://(?P<repo>[^/?#\s]+)/(?P<collection>[A-Za-z0-9.-]+)/(?P<rkey>[A-Za-z0-9._:~-]{1,512})")
_WEB_PATH = re.compile(r"/profile/(?P<repo>[^/\s]+)/post/(?P<rkey>[A-Za-z0-9._:~-]{1,512})/?")


class RecordAddress(NamedTuple):
    """Where a record lies. repo: a DID, or a handle that is still to be resolved."""

    repo: str
    collection: str
    rkey: str

    @property
    def uri(self) -> str:
        """The record as at:// URI."""
        return f"at://{self.repo}/{self.collection}/{self.rkey}"


def parse_uri(uri: str) -> RecordAddress | None:
    """The parts of an at:// URI of a record, None where it is none."""
    match = _AT_URI.fullmatch(uri)
    return RecordAddress(match["repo"], match["collection"], match["rkey"]) if match else None


def parse_link(link: str) -> RecordAddress:
    """The post behind a web link or an at:// URI. Raises Rejected where it is no post of Bluesky."""
    link = link.strip()
    address = parse_uri(link)
    if address is None and _is_web(link):
        match = _WEB_PATH.fullmatch(unquote(urlsplit(link).path))
        address = RecordAddress(match["repo"].removeprefix("@"), POST, match["rkey"]) if match else None
    if address is None or address.collection != POST:
        raise Rejected(f"{link!r} is no post of Bluesky; a link looks like https://bsky.app/profile/NAME/post/ID")
    return address


def recognises(link: str) -> bool:
    """Whether a link belongs to Bluesky, a post or not."""
    link = link.strip()
    return link.startswith("at://") or _is_web(link)


def make_link(uri: str) -> str:
    """The web link of a post, "" for other records. It names the DID: a handle may change, the link goes on."""
    address = parse_uri(uri)
    if address is None or address.collection != POST:
        return ""
    return f"https://bsky.app/profile/{address.repo}/post/{address.rkey}"


def _is_web(link: str) -> bool:
    try:
        parts = urlsplit(link)
    except ValueError:
        return False
    return parts.scheme in {"http", "https"} and parts.hostname in _HOSTS
