"""Asking one author whether a passage may be quoted: the wording, and the decision. Pure."""

from collections.abc import Sequence

from bot.questions.content import Content
from bot.quotes import find_current_consent
from bot.words import words
from bot.words.cleaning import clean, cut_words
from storage.states import ConsentState

PREFIX = "leave-"
LONGEST_PASSAGE = 800
"""Characters of a passage that a request repeats: what it asks about must be read, and it must fit one message."""

_DECISIONS = {
    ConsentState.GRANTED: "yes",
    ConsentState.GRANTED_ANONYMOUSLY: "anonymous",
    ConsentState.REFUSED: "no",
    ConsentState.WITHDRAWN: "no",
}


def write_key(request_id: int) -> str:
    """The key of a request, as its buttons carry it."""
    return f"{PREFIX}{request_id}"


def read_key(key: str) -> int | None:
    """The id in a key, None where it is no key of a request."""
    number = key.removeprefix(PREFIX)
    return int(number) if key.startswith(PREFIX) and number.isdecimal() and len(number) < 19 else None


def write_wording(content: Content, name: str, passage: str) -> str:
    """What is asked, with the passage, in the question's language. name: the outlet."""
    labels, outlet = words(content.language)["leave"], content.outlet or name
    ask = labels["ask_hidden"] if content.hide_outlet or not outlet else labels["ask"].format(outlet=outlet)
    shown = cut_words(clean(passage), LONGEST_PASSAGE)
    cut = "…" if shown != clean(passage) else ""
    return f"{ask}\n\n“{shown}{cut}”\n\n{labels['ask_after']}"


def find_decision(ledger: Sequence[tuple[int, ConsentState]], revision_id: int) -> str:
    """`yes`, `anonymous`, `no`, or "" for not yet."""
    current = find_current_consent(list(ledger), revision_id)
    return "" if current is None else _DECISIONS.get(current[1], "")
