"""Addresses of posts: at://did/collection/rkey, https://bsky.app/profile/who/post/rkey, and those of other clients.

Other web clients (deer.social, blacksky.community) have the path of bsky.app under a host of their own; embedded posts
have the record's address in their link.
"""

import re
from typing import NamedTuple
from urllib.parse import unquote, urlsplit

from adapters.contract.errors import Rejected

POST = "app.bsky.feed.post"
_HOSTS = frozenset({"bsky.app", "www.bsky.app"})
_AT_URI = re.compile(r"at://(?P<repo>[^/?#\s]+)/(?P<collection>[A-Za-z0-9.-]+)/(?P<rkey>[A-Za-z0-9._:~-]{1,512})")
_WEB_PATH = re.compile(r"/profile/(?P<repo>[^/\s]+)/post/(?P<rkey>[A-Za-z0-9._:~-]{1,512})/?")
_EMBED_PATH = re.compile(r"/embed/(?P<repo>[^/\s]+)/(?P<collection>[A-Za-z0-9.-]+)/(?P<rkey>[A-Za-z0-9._:~-]{1,512})/?")
_EMBED_HOST = "embed.bsky.app"
_REPO = re.compile(r"did:(?:plc|web):\S+|@?[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+")
"""What stands for a person in the path of any client: on another host a word without a dot is none."""


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
    address = parse_uri(link) or _parse_web(link)
    if address is None or address.collection != POST:
        raise Rejected(f"{link!r} is no post of Bluesky; a link looks like https://bsky.app/profile/NAME/post/ID")
    return address


def recognises(link: str) -> bool:
    """Whether a link belongs to Bluesky, a post or not."""
    link = link.strip()
    return link.startswith("at://") or _find_host(link) in {*_HOSTS, _EMBED_HOST} or _parse_web(link) is not None


def make_link(uri: str) -> str:
    """The web link of a post, "" for other records. It names the DID: a handle may change, the link goes on."""
    address = parse_uri(uri)
    if address is None or address.collection != POST:
        return ""
    return f"https://bsky.app/profile/{address.repo}/post/{address.rkey}"


def _parse_web(link: str) -> RecordAddress | None:
    """The post behind a link of bsky.app or of another client, None where it has another form."""
    host = _find_host(link)
    if not host:
        return None
    path = unquote(urlsplit(link).path)
    if host == _EMBED_HOST:
        embedded = _EMBED_PATH.fullmatch(path)
        return RecordAddress(embedded["repo"], embedded["collection"], embedded["rkey"]) if embedded else None
    match = _WEB_PATH.fullmatch(path)
    if match is None or (host not in _HOSTS and not _REPO.fullmatch(match["repo"])):
        return None
    return RecordAddress(match["repo"].removeprefix("@"), POST, match["rkey"])


def _find_host(link: str) -> str:
    """The host of a web link, "" where it is none."""
    try:
        parts = urlsplit(link)
    except ValueError:
        return ""
    return (parts.hostname or "") if parts.scheme in {"http", "https"} else ""
