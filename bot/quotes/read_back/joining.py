"""How the answer to a letter is joined to it: by the address it came to, what it answers, or its subject.

A token is known to nobody but whoever got the letter; the store has a hash of it.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from secrets import token_hex

_HEX = r"[0-9a-f]{20}"
_IN_ADDRESS = re.compile(rf"\+[^@\s<>]*\.({_HEX})@", re.IGNORECASE)
_IN_SUBJECT = re.compile(rf"\[({_HEX})\]", re.IGNORECASE)
_MESSAGE = re.compile(r"<[^<>\s]+>")
LONGEST_LOCAL_PART = 64
"""Octets before the @ (RFC 5321, 4.5.3.1.1)."""


@dataclass(frozen=True, slots=True)
class Joined:
    """What a mail says about the letter that it answers, the surest first: a token of its address, the letters that it
    refers to, a token of its subject.
    """

    token: str
    letters: tuple[str, ...]
    subject_token: str


def make_token() -> str:
    """80 random bits; in small letters, as mail programs may write an address."""
    return token_hex(10)


def hash_token(token: str) -> str:
    """What the store keeps of a token."""
    return sha256(token.lower().encode()).hexdigest()


def name_message(token: str, domain: str) -> str:
    """The Message-ID of the letter: its token cannot be read from it, nor it be guessed without the token."""
    return f"<read-back.{sha256(f'message {token}'.encode()).hexdigest()[:32]}@{domain}>"


def write_plus_address(mailbox: str, slug: str, token: str = "") -> str:
    """`quotes+slug@…`, or `quotes+slug.token@…` for the answer to one letter; a long slug is cut to fit."""
    local, _, domain = mailbox.rpartition("@")
    tail = f".{token}" if token else ""
    room = LONGEST_LOCAL_PART - len(local) - 1 - len(tail)
    return f"{local}+{slug[: max(room, 0)]}{tail}@{domain}"


def write_subject(subject: str, token: str) -> str:
    """The subject with its token, where a program loses all the rest."""
    return f"{subject} [{token}]"


def find_joined(*, to: Sequence[str], references: Sequence[str], subject: str) -> Joined:
    """What the fields of a mail say. to: all addresses it went to; references: In-Reply-To and References."""
    token = next((found[1] for each in to if (found := _IN_ADDRESS.search(each))), "")
    letters = dict.fromkeys(found for each in references for found in _MESSAGE.findall(each))
    in_subject = _IN_SUBJECT.search(subject)
    return Joined(token.lower(), tuple(letters), in_subject[1].lower() if in_subject else "")
