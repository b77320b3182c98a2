"""A record of the own repository is found by its words, where its key was lost with the database that gave it."""

from datetime import UTC, datetime, timedelta

from adapters.bluesky.compose import compose_parts
from adapters.bluesky.reading.own import find_words
from adapters.contract.sending import Absent, Draft, Reference

START = datetime(2026, 11, 30, 9, 0, tzinfo=UTC)
ROOT = Reference("at://did:plc:asker/app.bsky.feed.post/root", extra={"cid": "bafyroot"})


class Repository:
    """What `com.atproto.repo.listRecords` answers: the newest key first, two a page."""

    def __init__(self, *records):
        self.records, self.pages = list(reversed(records)), 0

    async def query(self, nsid, *, repo, collection, limit, cursor=None):
        assert (nsid, repo, collection, limit) == (
            "com.atproto.repo.listRecords",
            "asker.test",
            "app.bsky.feed.post",
            100,
        )
        self.pages += 1
        start = int(cursor or 0)
        more = {"cursor": str(start + 2)} if start + 2 < len(self.records) else {}
        return {"records": self.records[start : start + 2], **more}


def write(text, minutes, parent=None):
    """A record as the repository shows it, written so long after START."""
    at = (START + timedelta(minutes=minutes)).isoformat(timespec="milliseconds").replace("+00:00", "Z")
    reply = {"reply": {"root": {"uri": parent}, "parent": {"uri": parent}}} if parent else {}
    uri = f"at://did:plc:asker/app.bsky.feed.post/{minutes}"
    return {"uri": uri, "cid": f"bafy{minutes}", "value": {"text": text, "createdAt": at, **reply}}


async def look(text, *records, parents=(), since=START):
    draft = Draft("Root?", (text,)) if parents else Draft(text)
    part = compose_parts(draft, "post-9", START, "asker.test", {})[-1]
    return await find_words(Repository(*records), part, parents, since)


async def test_the_newest_of_the_same_words_is_it_whatever_its_numbers():
    found = await look(
        "Who still prints? Until 10:00.",
        write("Who still prints? Until 09:00.", 1),
        write("Something else", 2),
        write("Who still prints? Until 09:30.", 30),
        write("More of something else", 40),
    )
    assert isinstance(found, Reference)
    assert found.remote_id.endswith("/30")


async def test_other_words_are_absent_and_what_was_said_long_before_is_another():
    assert isinstance(await look("Who?", write("Whom?", 1)), Absent)
    assert isinstance(await look("Who?", write("Who?", -20), write("Whom?", 1)), Absent)
    assert isinstance(await look("Who?"), Absent)


async def test_the_same_words_below_another_post_are_another_part():
    below = write("Replies may be quoted.", 1, parent=ROOT.remote_id)
    elsewhere = write("Replies may be quoted.", 2, parent="at://did:plc:asker/app.bsky.feed.post/other")
    found = await look("Replies may be quoted.", below, elsewhere, parents=(ROOT,))
    assert isinstance(found, Reference)
    assert found.remote_id.endswith("/1")
