"""Who is barred: erased, not to be quoted, not to be asked; known by a keyed hash from which nobody can be read.

The key lies outside of the database, so that the database alone does not say who these people are: ids can be tried.
"""

import hmac
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from secrets import token_bytes

from sqlalchemy import delete, select, text, update
from sqlalchemy.ext.asyncio import AsyncSession

from storage.engine import BARRED_KEY
from storage.erasing.notes import note_barred, note_refused_replies, note_unbarred
from storage.models import Author, Barred
from storage.private import write_private
from storage.sql.chunks import chunked
from storage.sql.upsert import insert
from storage.states import Bar, ConsentState

_KEYED, _UNKEYED = "keyed:", "erased:"
_ERASING = 0x70756C65
"""The number of PostgreSQL's lock: an erasure waits for those who write down what they have read, and they for it."""
_NOBODY = "nobody: the key is this one"


@dataclass(frozen=True, slots=True)
class BarredPeople:
    """All that are barred in one way: few, and mostly none. names: as stored, some still without a key."""

    names: frozenset[str]
    key: bytes = b""

    def __bool__(self) -> bool:
        return bool(self.names)

    def have(self, platform: str, remote_id: str) -> bool:
        """Whether somebody is among them."""
        if not self.names:
            return False
        unkeyed = _hide(platform, remote_id)
        return _key_name(self.key, unkeyed) in self.names or unkeyed in self.names

    def have_reply(self, platform: str, remote_id: str) -> bool:
        """Whether a reply is among them."""
        return name_reply(self.key, platform, remote_id) in self.names


def _hide(platform: str, remote_id: str) -> str:
    """The hash without a key, as older versions stored it."""
    return _UNKEYED + sha256(f"{platform}\0{remote_id}".encode()).hexdigest()


def _key_name(key: bytes, unkeyed: str) -> str:
    return _KEYED + hmac.new(key, unkeyed.encode(), sha256).hexdigest()


async def lock_erasing(session: AsyncSession, *, alone: bool = False) -> None:
    """Until the end of the transaction nobody is erased; alone: and nobody else holds this. SQLite has one writer."""
    if session.get_bind().dialect.name == "postgresql":
        shared = "" if alone else "_shared"
        await session.execute(text(f"SELECT pg_advisory_xact_lock{shared}({_ERASING})"))


async def load_barred(session: AsyncSession, bar: Bar) -> BarredPeople:
    """Who is barred in this way; holds erasures off until the transaction ends."""
    await lock_erasing(session)
    names = frozenset(await session.scalars(select(Barred.name).where(Barred.bar == bar)))
    return BarredPeople(names, _read_key(session) or b"") if names else BarredPeople(names)


async def bar_person(session: AsyncSession, platform: str, remote_id: str, bar: Bar) -> None:
    """Bar somebody from now on; barred before, they stay so. The key is made where there is none."""
    key = await _take_key(session)
    name = _key_name(key, _hide(platform, remote_id))
    await note_barred(session, bar, name)
    await session.execute(insert(session, Barred).values(name=name, bar=bar).on_conflict_do_nothing())


async def note_refusal(session: AsyncSession, state: ConsentState, replies: Sequence[tuple[str, str]]) -> None:
    """Note that these replies (platform, remote id) were refused or withdrawn, so that no older copy forgets it."""
    key = _read_key(session) or await _take_key(session)
    await note_refused_replies(session, state, [name_reply(key, *reply) for reply in replies])


def name_reply(key: bytes, platform: str, remote_id: str) -> str:
    """A reply, as the notes beside the database have it."""
    return _key_name(key, _hide(platform, f"reply\0{remote_id}"))


def name_person(key: bytes, platform: str, remote_id: str) -> str:
    """A profile, as it is barred."""
    return _key_name(key, _hide(platform, remote_id))


def name_passage(key: bytes, workspace: str, words: str) -> str:
    """Words of a draft, as they are remembered: nobody can read them back."""
    return _KEYED + hmac.new(key, f"passage\0{workspace}\0{words}".encode(), sha256).hexdigest()


async def take_key(session: AsyncSession) -> bytes:
    """The key of all names, made where there is none yet."""
    return _read_key(session) or await _take_key(session)


def read_key(session: AsyncSession) -> bytes:
    """The key of all names; empty where there is none yet."""
    return _read_key(session) or b""


async def unbar_person(session: AsyncSession, platform: str, remote_id: str, bar: Bar) -> None:
    """They are no longer barred in this way."""
    unkeyed = _hide(platform, remote_id)
    names = [unkeyed, _key_name(_read_key(session) or b"", unkeyed)]
    await session.execute(delete(Barred).where(Barred.bar == bar, Barred.name.in_(names)))
    note_unbarred(session, bar, names)


async def mark_unquoted(session: AsyncSession, authors: Sequence[tuple[str, str]]) -> None:
    """Put those of these authors (platform, remote id) on the do-not-quote list who are barred from it by name.

    A profile that was erased or never stored comes back as a new row; the editor's word about it stands.
    """
    barred = await load_barred(session, Bar.DO_NOT_QUOTE)
    names = [remote_id for platform, remote_id in authors if barred.have(platform, remote_id)]
    for chunk in chunked(names):
        rows = await session.scalars(select(Author).where(Author.remote_id.in_(chunk), Author.do_not_quote.is_(False)))
        for author in rows:
            author.do_not_quote = barred.have(author.platform, author.remote_id)


# ---------------------------------------------------------------- the key


async def knows_key(session: AsyncSession) -> bool:
    """Whether the key is there that the names were made with.

    Without it those who had themselves erased are not known any more, and a collection brings their words back.
    """
    made = list(await session.scalars(select(Barred.name).where(Barred.bar == Bar.KEY)))
    return all(name == _key_name(_read_key(session) or b"", _NOBODY) for name in made)


async def has_unkeyed(session: AsyncSession) -> bool:
    """Whether an older pullquote left names without a key."""
    return await session.scalar(select(Barred.name).where(Barred.name.startswith(_UNKEYED)).limit(1)) is not None


async def secure_names(session: AsyncSession) -> None:
    """Give names that have none a key."""
    for unkeyed in list(await session.scalars(select(Barred.name).where(Barred.name.startswith(_UNKEYED)))):
        name = _key_name(await _take_key(session), unkeyed)
        await session.execute(update(Barred).where(Barred.name == unkeyed).values(name=name))


def _find_key_file(session: AsyncSession) -> Path | None:
    path: Path | None = session.info.get(BARRED_KEY)
    return path


def _read_key(session: AsyncSession) -> bytes | None:
    """None where there is no file, or not yet."""
    path = _find_key_file(session)
    try:
        return None if path is None else bytes.fromhex(path.read_text(encoding="ascii").strip())
    except FileNotFoundError:
        return None


async def _take_key(session: AsyncSession) -> bytes:
    """The key, made on first use, and noted so that another one in its place is noticed."""
    await lock_erasing(session, alone=True)  # or two would make two keys
    path, key = _find_key_file(session), _read_key(session)
    if path is not None and key is None:
        key = token_bytes(32)
        write_private(path, key.hex() + "\n")
    key = key or b""
    name = _key_name(key, _NOBODY)
    await session.execute(insert(session, Barred).values(name=name, bar=Bar.KEY).on_conflict_do_nothing())
    return key
