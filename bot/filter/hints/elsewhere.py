"""What an answer has in common with earlier ones to other questions that says nothing about its worth."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from bot.filter.compare import prints
from bot.filter.compare.prints import Prints
from bot.filter.hints.claims import find_contradiction, hash_statements
from bot.filter.hints.marks import find_shared, hash_senders
from bot.filter.rules.text import Prepared, prepare
from bot.filter.values import Elsewhere, Likeness, OtherPassage, PrintedText


def make_all_prints(replies: Sequence[Prepared]) -> list[Prints]:
    """The prints of each text, with those of what hints."""
    return [
        replace(made, senders=tuple(hash_senders(reply)), claims=tuple(hash_statements(reply)))
        for made, reply in zip(prints.make_all_prints(replies), replies, strict=True)
    ]


def find_hint(found: Elsewhere, reply: Prepared, source: PrintedText) -> Iterator[Elsewhere]:
    """The same with the words that are meant, in this text and in the other; nothing where they do not hold."""
    if found.kind is Likeness.PERSON:
        yield found
        return
    other = prepare((source.text,))
    pair = find_shared(reply, other) if found.kind is Likeness.SENDER else find_contradiction(reply, other)
    if pair:
        here, there = pair
        passage = OtherPassage(other.span(there.start, there.end), revision=source.revision)
        yield replace(found, here=reply.span(here.start, here.end), there=passage)
