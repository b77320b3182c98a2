"""Reading stored replies again, with the profiles of their authors, as they are about to be quoted."""

from collections.abc import Mapping, Sequence

from adapters.contract.reading import Author, Freshness, Known, Reread, Standing
from adapters.contract.sending import Payload
from adapters.x.reading.authors import Authors
from adapters.x.reading.read import XReader
from adapters.x.translate import read_history, to_reply


async def refresh(reader: XReader, authors: Authors, known: Sequence[Known]) -> list[Reread]:
    """One answer for each."""
    shown, absent = await reader.get_posts(_name_version(each) for each in known)
    newer = {read_history(post)[-1] for post in shown.values()} - shown.keys()  # an old id answers with the old words
    newest = shown | (await reader.get_posts(sorted(newer)))[0]
    found = {
        each.reference.remote_id: newest.get(read_history(post)[-1], post)
        for each in known
        if (post := shown.get(_name_version(each))) is not None
    }
    pairs = [
        (each, found[each.reference.remote_id]["author_id"]) for each in known if each.reference.remote_id in found
    ]
    profiles = await authors.read(pairs)
    return [_reread(each, found.get(each.reference.remote_id), absent, profiles) for each in known]


def _name_version(known: Known) -> str:
    return known.version or known.reference.remote_id


def _reread(
    known: Known, post: Payload | None, absent: Mapping[str, Freshness], profiles: Mapping[str, Author]
) -> Reread:
    remote_id = known.reference.remote_id
    if post is None:
        return Reread(remote_id, absent.get(_name_version(known), Freshness.UNKNOWN))
    author = profiles.get(post["author_id"])
    reply = to_reply(post, known.post_id, author)
    if reply.standing is not Standing.VISIBLE:
        return Reread(remote_id, Freshness.HIDDEN)
    if reply.version != (known.version or remote_id):
        return Reread(remote_id, Freshness.EDITED, reply)
    return Reread(remote_id, Freshness.SAME, reply if author is not None else None)
