"""The label `bot` that an account puts on itself, as Bluesky's guide for bots wants it (docs.bsky.app, bots)."""

from adapters.bluesky.errors import BlueskyRefused
from adapters.bluesky.session import AccountClient
from adapters.contract.sending import Payload

_PROFILE = "app.bsky.actor.profile"
_LABELS = "com.atproto.label.defs#selfLabels"
_BOT = "bot"


async def advise_label(account: AccountClient, *, sets: bool) -> list[str]:
    """What is still to be done about the label, a sentence; sets: put it on the profile where it is not there."""
    own = {"repo": (await account.identify()).remote_id, "collection": _PROFILE, "rkey": "self"}
    try:
        found = await account.query("com.atproto.repo.getRecord", **own)
    except BlueskyRefused as refusal:
        if refusal.name != "RecordNotFound":
            raise
        found = {"cid": None, "value": {"$type": _PROFILE}}
    record: Payload = found["value"]
    labels = list((record.get("labels") or {}).get("values") or ())
    if any(label.get("val") == _BOT for label in labels):
        return []
    if not sets:
        return ["its profile lacks the label bot, which Bluesky wants of bots: write label_bot = true into its account"]
    labelled = {**record, "labels": {"$type": _LABELS, "values": [*labels, {"val": _BOT}]}}
    # nothing is written over what somebody changed meanwhile
    await account.send("com.atproto.repo.putRecord", {**own, "record": labelled, "swapRecord": found["cid"]})
    return ["its profile has the label bot now"]
