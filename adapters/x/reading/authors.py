"""Who wrote it: profiles are paid for only where a reply is of use, and kept for days."""

import json
from collections.abc import Iterable
from datetime import date, timedelta
from hashlib import sha256

from adapters.contract.adapter import Host
from adapters.contract.reading import Author, Known
from adapters.x.reading.read import XReader
from adapters.x.translate import to_author

_STORED = "authors"
_LASTS = timedelta(days=7)


class Authors:
    """Reads profiles. Stored is only the day on which each was read, under a hash of the author's id."""

    def __init__(self, reader: XReader, host: Host) -> None:
        self._reader = reader
        self._host = host

    async def read(self, wanted: Iterable[tuple[Known, str]]) -> dict[str, Author]:
        """By id, the profiles that are not known or were read too long ago. wanted: replies and their authors' ids."""
        read = await self._load()
        ids = [id_ for known, id_ in wanted if not known.handle or _hide(id_) not in read]
        users = await self._reader.get_users(ids)
        if users:
            today = self._host.now().date()
            await self._save(read | dict.fromkeys(map(_hide, users), today))
        return {id_: to_author(user) for id_, user in users.items()}

    async def _load(self) -> dict[str, date]:
        """When each was read, without those that have to be read again."""
        today = self._host.now().date()
        try:
            stored = json.loads(await self._host.load(_STORED) or "{}")
            read = {str(id_): date.fromisoformat(day) for id_, day in stored.items()}
        except (ValueError, AttributeError, TypeError):
            return {}
        return {id_: day for id_, day in read.items() if today - day < _LASTS}

    async def _save(self, read: dict[str, date]) -> None:
        await self._host.save(_STORED, json.dumps({id_: day.isoformat() for id_, day in read.items()}))


def _hide(user_id: str) -> str:
    """The hash of an id: who had themselves erased must not stand in a file of ours."""
    return sha256(user_id.encode()).hexdigest()[:32]
