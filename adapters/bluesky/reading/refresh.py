"""Reading stored replies again."""

from collections.abc import Mapping, Sequence

from adapters.bluesky.errors import BlueskyRefused
from adapters.bluesky.links import parse_uri
from adapters.bluesky.reading.read import Reader, get_posts, read_hidden
from adapters.bluesky.translate import find_detached, find_root, judge_standing, to_reply
from adapters.contract.errors import AdapterError
from adapters.contract.reading import Freshness, Known, Reread, Standing
from adapters.contract.sending import Payload


async def refresh(reader: Reader, public: Reader, known: Sequence[Known]) -> list[Reread]:
    """One answer for each. reader: as the account where there is one. public: the AppView without a login."""
    views = await get_posts(reader, (item.reference.remote_id for item in known))
    roots = {root for view in views.values() if (root := find_root(view["record"]))}
    hidden = {uri: await read_hidden(reader, view) for uri, view in (await get_posts(reader, sorted(roots))).items()}
    return [await _reread(public, item, views.get(item.reference.remote_id), hidden) for item in known]


async def _reread(public: Reader, known: Known, view: Payload | None, hidden: Mapping[str, frozenset[str]]) -> Reread:
    if view is None:
        return Reread(known.reference.remote_id, await _explain_absence(public, known))
    root = find_root(view["record"])
    standing = judge_standing(view, hidden.get(root or "", frozenset()))
    taken_off = root is None and find_detached(view) is not None  # in a thread, the quote is not what makes it a reply
    if standing is not Standing.VISIBLE or taken_off:
        return Reread(known.reference.remote_id, Freshness.HIDDEN)
    if view["cid"] == known.version:
        return Reread(known.reference.remote_id, Freshness.SAME)
    return Reread(known.reference.remote_id, Freshness.EDITED, to_reply(view, known.post_id, standing))


async def _explain_absence(public: Reader, known: Known) -> Freshness:
    """A post that is not shown was deleted, or it is there and cannot be seen: a block, a closed account."""
    address = parse_uri(known.reference.remote_id)
    if address is None:
        return Freshness.UNKNOWN
    try:
        await public.query("com.atproto.repo.getRecord", **address._asdict())
    except BlueskyRefused as refusal:
        return Freshness.GONE if refusal.name == "RecordNotFound" else await _explain_silence(public, address.repo)
    except AdapterError:
        return Freshness.UNKNOWN
    return Freshness.HIDDEN


async def _explain_silence(public: Reader, did: str) -> Freshness:
    """The author's repository is not served: closed for a while, or deleted with everything in it."""
    try:
        await public.query("app.bsky.actor.getProfile", actor=did)
    except BlueskyRefused as refusal:
        closed = {"AccountDeactivated": Freshness.HIDDEN, "AccountTakedown": Freshness.HIDDEN}
        return closed.get(refusal.name, Freshness.GONE)
    except AdapterError:
        pass
    return Freshness.UNKNOWN
