"""What stands for one wording of a reply: what its author wished in it, and what was entered since. Pure."""

import re
from collections.abc import Iterable, Sequence

from bot.quotes.refusals import Refusal, find_refusal
from storage.states import AGREEMENTS, REFUSALS, ConsentState

SAID_IN_REPLY = "said so in the reply"
"""The proof of a wish that stands in the words of a reply themselves."""
_STATES = {
    Refusal.REFUSED: ConsentState.REFUSED,
    Refusal.ASK_FIRST: ConsentState.ASK_FIRST,
    Refusal.UNNAMED: ConsentState.UNNAMED,
    Refusal.MAYBE: ConsentState.HELD,
}
_ADDRESS = re.compile(r"https?://|\bwww\.|\w@\w|(?<!\w)@\w", re.IGNORECASE)
_SHORTEST_NAME = 3  # letters; an initial says nothing
_ABOUT_NAMES = (ConsentState.UNNAMED, ConsentState.GRANTED_ANONYMOUSLY, ConsentState.GRANTED)


def find_wish(text: str | None) -> ConsentState | None:
    """What a text asks for about being quoted, as the ledger has it; None for nothing."""
    found = find_refusal(text)
    return None if found is None else _STATES[found.outcome]


def find_current_consent(
    ledger: Sequence[tuple[int, ConsentState]], revision_id: int
) -> tuple[int, ConsentState] | None:
    """Which entry of a reply's ledger holds for its revision `revision_id`: (index, state), or None.

    ledger: (revision id, state), oldest entry first. A no, the wish to be asked first and what may be a no stand over
    every wording; a no also over every later entry but a yes. A yes holds for the very wording it was given to, and an
    editor's look for the wording that was looked at.
    """
    refused: int | None = None
    ask_first: int | None = None
    held: dict[int, int] = {}
    other: int | None = None
    for index, (revision, state) in enumerate(ledger):
        if state in REFUSALS:
            refused, other = index, None
        elif state is ConsentState.ASK_FIRST:
            ask_first = index
        elif state is ConsentState.HELD:
            held[revision] = index
        elif state is ConsentState.CLEARED:
            held.pop(revision, None)
        elif state in AGREEMENTS:
            refused = None
            if revision == revision_id:
                ask_first, held, other = None, {}, index
        elif state is not ConsentState.UNNAMED and revision == revision_id:
            other = index
    found = next((each for each in (refused, ask_first, *held.values(), other) if each is not None), None)
    return None if found is None else (found, ledger[found][1])


def wants_no_name(ledger: Sequence[tuple[int, ConsentState]]) -> bool:
    """Whether the last word about it is that the author is not to be named, whichever wording it was said of."""
    last = next((state for _, state in reversed(ledger) if state in _ABOUT_NAMES), None)
    return last in {ConsentState.UNNAMED, ConsentState.GRANTED_ANONYMOUSLY}


def gives_away(words: str, names: Iterable[str]) -> bool:
    """Whether words tell who wrote them: one of the author's names, in whole or in part, or any address."""
    parts = {part.casefold() for name in names for part in re.findall(r"\w+", name) if len(part) >= _SHORTEST_NAME}
    return _ADDRESS.search(words) is not None or not parts.isdisjoint(re.findall(r"\w+", words.casefold()))
