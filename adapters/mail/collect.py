"""Reading a mailbox for all watched posts at once: headers first, and the bodies of those mails alone that are for one.

A mark is `UIDVALIDITY:UID` for each post: all mails up to there were looked at for it. Where the server numbered its
mails anew, the marks say nothing any more, and a mail that comes again is known by its id.
"""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from email import message_from_bytes
from email.message import Message

from adapters.checks import HearsNews
from adapters.contract.adapter import Host
from adapters.contract.reading import Page, Reply, Watched, WatchedPost
from adapters.mail.headers import Addressed, find_addressed, is_recipient, list_answered, list_marked
from adapters.mail.mailbox import ListedMail, OpenMailbox
from adapters.mail.settings import MailSettings
from adapters.mail.translate import LARGEST, ReceivedMail, read_mail, to_reply

AT_ONCE = 50
"""Mails whose headers are asked for in one call."""
_MOST_LOOKED_UP = 5
"""Mails of a thread that are looked up to find which question it is about."""


@dataclass(slots=True)
class _MailboxPass:
    """One pass. marks: up to which UID nothing is read, by post. seen: up to which one was read before.

    told: how many mails of each kind were no answers, by post; new ones.
    """

    settings: MailSettings
    box: OpenMailbox
    posts: Mapping[str, list[WatchedPost]]
    marks: dict[int, int]
    seen: Mapping[int, int]
    told: Counter[tuple[int, str]] = field(default_factory=Counter)

    def find_post(self, slug: str, received_at: datetime) -> WatchedPost | None:
        """The post of a question that was the newest when a mail came in; its first one for what came before."""
        candidates = self.posts.get(slug, [])
        opened = [post for post in candidates if post.opened_at <= received_at]
        return opened[-1] if opened else next(iter(candidates), None)


async def collect(settings: MailSettings, host: Host, watched: Watched) -> AsyncIterator[Page]:
    """Pages in the order in which mails came in."""
    posts: dict[str, list[WatchedPost]] = {}
    for post in sorted(watched.posts, key=lambda post: post.opened_at):
        posts.setdefault(post.slug.casefold(), []).append(post)
    if not posts:
        return
    box = OpenMailbox(settings)
    await asyncio.to_thread(box.__enter__)
    try:
        seen = _read_marks(watched, box.validity)
        marks = {post.id: seen[post.id] for post in watched.posts if post.id in seen and not post.thorough}
        reading = _MailboxPass(settings, box, posts, marks, seen)
        for batch in _batch(await asyncio.to_thread(_list_wanted, reading, watched.posts)):
            page = await asyncio.to_thread(_read_batch, reading, batch)
            await _tell(host, reading, f"{box.validity}:{batch[-1]}")
            yield page
    finally:
        await asyncio.to_thread(box.__exit__, None, None, None)


def _read_marks(watched: Watched, validity: str) -> dict[int, int]:
    """By post up to which UID it was looked at; none of another numbering."""
    found = {}
    for post in watched.posts:
        said, _, uid = watched.marks.get(_scope(post), "").partition(":")
        if said == validity and uid.isdecimal():
            found[post.id] = int(uid)
    return found


def _scope(post: WatchedPost) -> str:
    return f"post {post.id}"


def _list_wanted(reading: _MailboxPass, posts: Sequence[WatchedPost]) -> list[int]:
    """UIDs that somebody has not looked at, in order."""
    unmarked = [post.opened_at for post in posts if post.id not in reading.marks]
    uids: set[int] = set()
    if reading.marks:
        uids |= set(reading.box.list_uids(min(reading.marks.values()), None))
    if unmarked:
        uids |= set(reading.box.list_uids(None, min(unmarked)))
    return sorted(uids)


def _batch(uids: Sequence[int]) -> Iterable[Sequence[int]]:
    return (uids[start : start + AT_ONCE] for start in range(0, len(uids), AT_ONCE))


def _read_batch(reading: _MailboxPass, uids: Sequence[int]) -> Page:
    replies: list[Reply] = []
    for listed in reading.box.list_mails(uids):
        headers = message_from_bytes(listed.headers)
        addressed = _find_question(reading, headers)
        post = None if addressed is None else reading.find_post(addressed.slug, listed.received_at)
        if addressed is None or post is None or listed.uid <= reading.marks.get(post.id, 0):
            continue
        mail = _read_whole(reading, listed)
        if mail is None:
            continue
        is_new = listed.uid > reading.seen.get(post.id, 0)
        if mail.automatic is not None:
            reading.told[post.id, mail.automatic.kind] += is_new
        else:
            reply = to_reply(mail, post.id, addressed.token)
            replies = [each for each in replies if each.remote_id != reply.remote_id]  # the same mail, delivered twice
            replies.append(reply)
            if reply.text is None:
                reading.told[post.id, "unreadable"] += is_new
    last = uids[-1]
    marks = {
        _scope(post): f"{reading.box.validity}:{max(last, reading.marks.get(post.id, 0))}"
        for each in reading.posts.values()
        for post in each
    }
    return Page(tuple(replies), marks=marks)


def _read_whole(reading: _MailboxPass, listed: ListedMail) -> ReceivedMail | None:
    data = reading.box.read_mail(listed.uid, LARGEST)
    return read_mail(data, listed.received_at, reading.settings.authserv) if data else None


def _find_question(reading: _MailboxPass, headers: Message) -> Addressed | None:
    """By the address, then by the thread, then by a mark in the subject; None: it is not for us."""
    address = reading.settings.address
    for each in find_addressed(headers, address):
        if each.slug in reading.posts:
            return each
    if not is_recipient(headers, address):
        return None
    for message_id in list_answered(headers)[:_MOST_LOOKED_UP]:
        for mail in reading.box.find_mails(message_id):
            earlier = message_from_bytes(mail.headers)
            for each in (*find_addressed(earlier, address), *list_marked(earlier)):
                if each.slug in reading.posts:
                    return Addressed(each.slug)
    return next((each for each in list_marked(headers) if each.slug in reading.posts), None)


_NEWS = {
    "automatic": "{} automatic replies came to {} and are no answers: nobody wrote them",
    "bounce": "{} notices came to {} that a mail was not delivered: look into the mailbox whom it did not reach",
    "list": "{} mails of services came to {}, with what others wrote: read them there, and bring in what you need",
    "unreadable": "{} mails to {} have no words of their senders that can be read here (encrypted, empty, forwarded)",
}


async def _tell(host: Host, reading: _MailboxPass, name: str) -> None:
    """What came and is no answer, with counts and without addresses, before the page with its mark is committed."""
    told, reading.told = +reading.told, Counter()
    if not isinstance(host, HearsNews):
        return
    slugs = {post.id: slug for slug, posts in reading.posts.items() for post in posts}
    for (post_id, kind), count in sorted(told.items()):
        await host.tell(kind, name, post_id, _NEWS[kind].format(count, slugs[post_id]))
