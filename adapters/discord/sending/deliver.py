"""Putting a text and files into a channel, once."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from adapters.contract.errors import Rejected, Uncertain
from adapters.contract.sending import Absent, NotYet, Payload, Reference
from adapters.discord.sending.compose import NO_PINGS
from adapters.discord.sending.keys import make_nonce
from adapters.discord.sending.publish import seek, send_message
from adapters.discord.text import MESSAGE, MOST_BYTES, MOST_FILES, cut, escape_but_links
from adapters.discord.wire import Wire


async def deliver(
    wire: Wire,
    place: str,
    text: str,
    files: Mapping[str, bytes],
    key: str,
    *,
    since: datetime | None,
) -> Reference:
    """As in `Delivers`. A text that is too long for a message goes along as a file as well."""
    content = escape_but_links(text)
    if MESSAGE.measure(content) > MESSAGE.maximum:
        content, files = cut(content, MESSAGE.maximum), {**files, "text.txt": text.encode()}
    _check(content, files)
    if since is not None:
        found = await _find(wire, place, content, files, since)
        if found is not None:
            return found
    body = {"content": content, "allowed_mentions": NO_PINGS}
    nonce = make_nonce(key, None, [body, sorted(files)])
    return await send_message(wire, place, body | {"nonce": nonce, "enforce_nonce": True}, files)


async def _find(
    wire: Wire,
    place: str,
    content: str,
    files: Mapping[str, bytes],
    since: datetime,
) -> Reference | None:
    me = (await wire.places.identify()).remote_id
    sent = (me, content.split(), _list_kinds(files))
    found = await seek(wire, place, since, lambda message: _describe(message) == sent)
    if isinstance(found, NotYet):
        raise Uncertain("whether it was delivered cannot be told yet")
    return None if isinstance(found, Absent) else found


def _describe(message: Payload) -> tuple[str, list[str], list[str]]:
    names = [str(each["filename"]) for each in message.get("attachments") or ()]
    return str(message["author"]["id"]), str(message.get("content") or "").split(), _list_kinds(names)


def _list_kinds(names: Iterable[str]) -> list[str]:
    """All that Discord leaves of a file's name: blanks become underscores, and more (discord-api-docs #7754, #4292)."""
    return sorted(name.rpartition(".")[2].lower() for name in names)


def _check(content: str, files: Mapping[str, bytes]) -> None:
    if not content.strip() and not files:
        raise Rejected("there is nothing to deliver")
    if len(files) > MOST_FILES:
        raise Rejected(f"{len(files)} files are to be delivered; Discord takes {MOST_FILES} in a message")
    for name, data in files.items():
        if len(data) > MOST_BYTES:
            raise Rejected(f"{name} has {len(data):,} bytes; Discord takes {MOST_BYTES:,} in each file")
