"""What was not chosen for the quotes though it may be quoted, and what the decoys showed: for the writer. Pure."""

from collections.abc import Iterator

from bot.digest.model import Block, LeftOut, Quote
from bot.digest.page.document import Group, Item, Link
from bot.digest.page.phrases import Phrases
from bot.digest.selection.quoting import MOST_OTHERS
from bot.words.cleaning import safe_link


def name_anchor(number: int) -> str:
    """Where a link to a quote leads, from within the digest and from elsewhere."""
    return f"quote-{number}"


def describe_beyond(block: Block, phrases: Phrases, *, private: bool) -> str:
    """How many answers beyond the list of the others may be quoted, and for the writer where they are."""
    beyond = block.more - len(block.left_out) - len(block.others)
    if len(block.others) < MOST_OTHERS or beyond <= 0:
        return ""
    return phrases.say("beyond_for_you" if private else "beyond", beyond, slug=block.slug)


def list_left_out(block: Block, phrases: Phrases) -> Group:
    """What says the same as a quote, each with its words and the command that puts it in the quote's place."""
    quotes = {passage.reply_id: quote for quote in block.quotes for passage in quote.passages}
    items = (_describe_left_out(each, quotes[each.like], phrases) for each in block.left_out if each.like in quotes)
    return Group(phrases.say("left_out"), tuple(items))


def _describe_left_out(left_out: LeftOut, quote: Quote, phrases: Phrases) -> Item:
    reply_id = left_out.passages[0].reply_id
    key = "says_the_same_kept" if quote.editor else "says_the_same"
    return Item(
        phrases.say(key, number=left_out.number, like=quote.number),
        tuple(passage.text for passage in left_out.passages),
        tuple(Link(phrases.say("open_reply"), link) for link in _list_links(left_out)),
        "" if quote.editor else f"pullquote keep {reply_id}",
        name_anchor(left_out.number),
    )


def _list_links(left_out: LeftOut) -> Iterator[str]:
    yield from dict.fromkeys(safe for passage in left_out.passages if (safe := safe_link(passage.link)))


def list_ranked_out(block: Block, phrases: Phrases) -> Group:
    """What is not worth reading by the estimate, counted, and how to see it."""
    count = block.ranked_out
    command = f"pullquote replies --question {block.slug} --ranked-out"
    items = (Item(phrases.say("ranked_out_told", count), command=command),) if count else ()
    return Group(phrases.say("ranked_out"), items)


def list_common(block: Block, phrases: Phrases) -> Group:
    """What the decoys showed, where there are any."""
    items = () if block.common is None else (Item(phrases.say("common_told", block.common)),)
    return Group(phrases.say("decoys"), items)
