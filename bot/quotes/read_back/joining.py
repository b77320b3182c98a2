"""How the answer to a letter is joined to it: a token in the address that it goes to and in its subject, and its id.

Nobody knows a token but whoever got the letter; the store has a hash of it.
"""

import re
from base64 import b32encode
from hashlib import sha256
from secrets import token_bytes

_IN_SUBJECT = re.compile(r"\[[a-z0-9-]+\.([a-z2-7]{16})\]", re.IGNORECASE)

LONGEST_LOCAL_PART = 64
"""Octets before the @ of an address (RFC 5321, section 4.5.3.1.1)."""


def make_token() -> str:
    """80 random bits; in small letters and digits, as mail programs may write an address."""
    return b32encode(token_bytes(10)).decode("ascii").lower()


def hash_token(token: str) -> str:
    """What the store keeps of a token."""
    return sha256(token.lower().encode()).hexdigest()


def name_message(token: str, domain: str) -> str:
    """The id of the letter, without brackets: its token cannot be read from it, nor it be guessed without the token."""
    return f"read-back.{sha256(f'message {token}'.encode()).hexdigest()[:32]}@{domain}"


def write_plus_address(mailbox: str, slug: str, token: str = "") -> str:
    """`quotes+slug@…`, where a question is answered, or `quotes+slug.token@…` for the answer to one letter."""
    local, _, domain = mailbox.rpartition("@")
    return f"{local}+{slug}{f'.{token}' if token else ''}@{domain}"


def find_address_fault(address: str) -> str:
    """Why servers may refuse an address, and what to do; "" for one that all take."""
    length = len(address.rpartition("@")[0])
    if length <= LONGEST_LOCAL_PART:
        return ""
    return (
        f"its address {address} has {length} characters before the @, mail allows {LONGEST_LOCAL_PART}: "
        "choose a shorter slug"
    )


def write_subject(subject: str, slug: str, token: str) -> str:
    """The subject with its token, for programs that lose all the rest."""
    return f"{subject} [{slug}.{token}]"


def find_token(subject: str) -> str:
    """The token of such a subject, "" for none."""
    found = _IN_SUBJECT.search(subject)
    return found[1] if found else ""
