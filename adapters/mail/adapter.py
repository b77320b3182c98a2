"""One mailbox: it receives, and sends nothing."""

import asyncio
from collections.abc import AsyncIterator, Mapping, Sequence
from datetime import datetime
from typing import Self

from adapters.checks import check_text
from adapters.contract.adapter import Host
from adapters.contract.capabilities import Capabilities
from adapters.contract.errors import Rejected
from adapters.contract.reading import (
    FoundPost,
    Freshness,
    Identity,
    Known,
    Page,
    Reread,
    Tally,
    Watched,
    WatchedPost,
)
from adapters.contract.sending import Draft, Found, Part, Reference, Unknowable
from adapters.mail.capabilities import CAPABILITIES
from adapters.mail.collect import collect
from adapters.mail.mailbox import OpenMailbox
from adapters.mail.settings import MailSettings


class MailAdapter:
    """Reads what comes to the addresses of open questions. Each pass logs in anew: a mailbox has few places."""

    def __init__(self, settings: MailSettings, host: Host) -> None:
        self._settings = settings
        self._host = host

    @property
    def capabilities(self) -> Capabilities:
        return CAPABILITIES

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        """Nothing stays open between two passes."""

    async def identify(self) -> Identity:
        await asyncio.to_thread(self._log_in)
        return Identity(self._settings.address, self._settings.address)

    def _log_in(self) -> None:
        with OpenMailbox(self._settings):
            return

    async def prepare(self, draft: Draft, key: str, at: datetime) -> tuple[Part, ...]:  # noqa: ARG002
        check_text(draft.root, "the question", CAPABILITIES.limits, "a call-out by mail")
        if draft.thread:
            raise Rejected("a mailbox posts nothing, and no second text either")
        if draft.poll is not None:
            raise Rejected("a mailbox has no polls: the options are printed in the question")
        return ()

    async def publish(self, part: Part, parents: Sequence[Reference]) -> Reference:  # noqa: ARG002
        raise Rejected("a mailbox only receives")

    async def find(self, part: Part, parents: Sequence[Reference], since: datetime) -> Found:  # noqa: ARG002
        return Unknowable()

    def collect(self, watched: Watched) -> AsyncIterator[Page]:
        return collect(self._settings, self._host, watched)

    async def tally(self, posts: Sequence[WatchedPost]) -> Mapping[int, Tally]:
        return {post.id: Tally() for post in posts}  # a mailbox counts nothing; what is there was read

    async def refresh(self, known: Sequence[Known]) -> Sequence[Reread]:
        # a mail that was sent is not edited or taken back by its author; that it was tidied away here says nothing
        return [Reread(each.reference.remote_id, Freshness.SAME) for each in known]

    async def look_up(self, link: str) -> FoundPost:
        raise Rejected(f"{link!r} is no post: mails have no links")
