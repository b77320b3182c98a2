"""What the network showed against what the rows say: every promise that a kill could break, as sentences."""

from collections import Counter
from collections.abc import Iterator

from tests.promises.soak.seen import Seen, SeenPost
from tests.promises.soak.stored import Row, Stored
from tests.promises.soak.world import HANDLES, PARTS

STANDS = ("published", "incomplete")


def find_broken(seen: Seen, stored: Stored) -> list[str]:
    """True at every moment, also right after a kill."""
    return [
        *_doubles(seen),
        *_wrong_references(seen, stored),
        *_marks_too_far(seen, stored),
        *_wrong_replies(seen, stored),
    ]


def find_lost(seen: Seen, stored: Stored, questions: int) -> list[str]:
    """True once all is done."""
    return [*_missing_parts(seen, stored, questions), *_torn_threads(seen, stored), *_missing_replies(seen, stored)]


def gave_up(stored: Stored, post: Row) -> bool:
    """A part was sent twice with an unclear outcome, and a person was told: right where nothing proves absence."""
    sent_twice = any(part["state"] == "sending" and part["sends"] == 2 for part in stored.parts[post["id"]])
    told = any(event["subject"] == f"post-{post['id']}" for event in stored.told)
    return post["state"] in ("failed", "incomplete") and sent_twice and told


def is_quiet(stored: Stored, questions: int) -> bool:
    """Nothing is left to be sent."""
    over = [post for post in stored.posts if post["state"] == "published" or gave_up(stored, post)]
    return len(over) == questions * len(HANDLES)


def _doubles(seen: Seen) -> Iterator[str]:
    for (author, text, parent), times in Counter((post.author, post.text, post.parent) for post in seen.own()).items():
        if times > 1:
            yield f"double: {author} posted {text!r} {times} times below {parent or 'nothing'}"


def _wrong_references(seen: Seen, stored: Stored) -> Iterator[str]:
    for post in stored.posts:
        for part in stored.parts[post["id"]]:
            if part["state"] != "sent":
                continue
            shown = seen.posts.get(part["remote_id"])
            if shown is None or (shown.author, shown.text) != (post["account"], part["text"]):
                yield f"invented: part {part['position']} of post {post['id']} points at {shown}"


def _marks_too_far(seen: Seen, stored: Stored) -> Iterator[str]:
    """What is below a mark is stored: nothing will ever ask for it again."""
    held = {reply["remote_id"]: reply for reply in stored.replies}
    for post in stored.posts:
        mark = stored.marks.get(post["account"], 0)
        if post["counted_at"] is None:
            continue  # its thread will be read in full
        for reply in _answers(seen, stored, post):
            yield from _check_mark(reply, held.get(reply.id), mark)


def _check_mark(reply: SeenPost, row: Row | None, mark: int) -> Iterator[str]:
    if reply.deleted:
        if row and reply.deletion <= mark and row["state"] != "deleted":
            yield f"mark: it is {mark}, and the deletion of {reply.id} (change {reply.deletion}) is not stored"
        return
    wordings = sum(change <= mark for change in reply.changes)
    if wordings and row is None:
        yield f"lost: the mark is {mark}, and reply {reply.id} (change {reply.changes[0]}) is not stored"
    elif wordings and row and reply.texts.index(row["texts"][-1]) < wordings - 1:
        yield f"lost: the mark is {mark}, and the last wording of {reply.id} (changes {reply.changes}) is not stored"


def _wrong_replies(seen: Seen, stored: Stored) -> Iterator[str]:
    for remote_id, times in Counter(reply["remote_id"] for reply in stored.replies).items():
        if times > 1:
            yield f"double: reply {remote_id} is stored {times} times"
    for reply in stored.replies:
        shown = seen.posts.get(reply["remote_id"])
        if shown is None or shown.author in HANDLES:
            yield f"invented: reply {reply['remote_id']} is {shown}"
        elif reply["state"] == "deleted":
            if any(text is not None for text in reply["texts"]):
                yield f"deletion: words of {reply['remote_id']} are left"
        elif not _is_history(reply["texts"], shown.texts):
            yield f"invented: wordings of {reply['remote_id']} {reply['texts']}, but it said {shown.texts}"
        if reply["numbers"] != list(range(1, len(reply["numbers"]) + 1)):
            yield f"revisions of {reply['remote_id']} are numbered {reply['numbers']}"


def _is_history(stored: list[str], shown: list[str]) -> bool:
    """Wordings in their order, each once; some may have come and gone unseen."""
    places = [shown.index(text) if text in shown else -1 for text in stored]
    return -1 not in places and places == sorted(set(places))


def _missing_parts(seen: Seen, stored: Stored, questions: int) -> Iterator[str]:
    for number in range(1, questions + 1):
        posts = [post for post in stored.posts if post["question"] == f"question-{number}"]
        if sorted(post["account"] for post in posts) != sorted(HANDLES):
            yield f"question {number} has posts {posts}"
    for post in stored.posts:
        if gave_up(stored, post):
            continue
        states = [part["state"] for part in stored.parts[post["id"]]]
        if post["state"] != "published" or states != ["sent"] * PARTS:
            yield f"lost: post {post['id']} is {post['state']} ({post['state_reason']}) with parts {states}"
    references = Counter(part["remote_id"] for parts in stored.parts.values() for part in parts)
    for post in seen.own():
        if references[post.id] != 1 and not any(gave_up(stored, each) for each in stored.posts):
            yield f"orphan: {post.id} ({post.text!r}) is the reference of {references[post.id]} parts"


def _torn_threads(seen: Seen, stored: Stored) -> Iterator[str]:
    for post in stored.posts:
        ids = [part["remote_id"] for part in stored.parts[post["id"]] if part["state"] == "sent"]
        parents = [seen.posts[id_].parent for id_ in ids if id_ in seen.posts]
        if parents != ["", *ids[:-1]][: len(ids)]:
            yield f"torn: the parts {ids} of post {post['id']} hang below {parents}"


def _missing_replies(seen: Seen, stored: Stored) -> Iterator[str]:
    held = {reply["remote_id"]: reply for reply in stored.replies}
    for post in stored.posts:
        for reply in _answers(seen, stored, post):
            row = held.get(reply.id)
            if reply.deleted:
                if row and row["state"] != "deleted":
                    yield f"deletion: {reply.id} still stands with us"
            elif row is None:
                yield f"lost: reply {reply.id} {reply.text!r}"
            elif row["texts"][-1] != reply.text or row["state"] != "standing":
                yield f"lost: reply {reply.id} says {reply.text!r}, stored is {row}"


def _answers(seen: Seen, stored: Stored, post: Row) -> list[SeenPost]:
    roots = [part["remote_id"] for part in stored.parts[post["id"]] if part["position"] == 0]
    return seen.replies(roots[0]) if roots and roots[0] and post["state"] in STANDS else []
