"""What a revision changed since the one before. Pure."""

from collections.abc import Iterator
from datetime import datetime

from bot.digest.fill import list_quoted
from bot.digest.model import Changes, DigestModel, Selection
from bot.digest.page.document import Group, Item
from bot.digest.page.phrases import Phrases


def compare(before: Selection, after: Selection, *, revision: int, at: datetime, became_final: bool) -> Changes:
    """What `after` has that `before` (number `revision`, compiled `at`) had not, and the other way round."""
    old, new = list_quoted(before), list_quoted(after)
    return Changes(
        revision=revision,
        at=at,
        became_final=became_final,
        came=_count_quotes(after, new - old),
        left=_count_quotes(before, old - new),
        usable=(_count_usable(before), _count_usable(after)),
        votes=(_count_votes(before), _count_votes(after)),
    )


def _count_quotes(selection: Selection, reply_ids: set[int]) -> int:
    """Quotes of which any part is one of these."""
    quotes = (quote for block in selection.blocks for quote in block.quotes)
    return sum(any(passage.reply_id in reply_ids for passage in quote.passages) for quote in quotes)


def _count_usable(selection: Selection) -> int:
    return sum(block.usable for block in selection.blocks) + sum(line.usable for line in selection.open)


def _count_votes(selection: Selection) -> int:
    return sum(sum(result.votes) for block in selection.blocks for result in block.results)


def list_changes(model: DigestModel, phrases: Phrases) -> Iterator[Group]:
    """The changes as sentences; nothing for a first revision."""
    if changes := model.changes:
        heading = phrases.say("changes.heading", revision=changes.revision, date=phrases.write_day(changes.at))
        yield Group(heading, tuple(map(Item, _describe(changes, phrases))) or (Item(phrases.say("changes.other")),))


def _describe(changes: Changes, phrases: Phrases) -> Iterator[str]:
    if changes.came:
        yield phrases.say("changes_came", changes.came)
    if changes.left:
        yield phrases.say("changes_left", changes.left)
    for key, (before, after) in {"usable": changes.usable, "votes": changes.votes}.items():
        if before != after:
            yield phrases.say(f"changes.{key}", before=phrases.write_number(before), after=phrases.write_number(after))
    if changes.became_final:
        yield phrases.say("changes.final")
