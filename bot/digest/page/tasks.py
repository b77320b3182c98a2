"""What is left to do, and who is quoted. Pure."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import datetime, timedelta

from bot.digest.credit import Credit
from bot.digest.model import Block, Quote
from bot.digest.page.credits import find_gaps, write_command, write_request
from bot.digest.page.document import Group, Item, Link
from bot.digest.page.phrases import Phrases, name_network
from bot.digest.page.report import advise
from bot.quotes import Barrier
from bot.words.cleaning import clean_line

SOON = timedelta(days=2)
"""A question that closes within it is worth a last look."""


def list_quoted_authors(block: Block, phrases: Phrases) -> Group:
    """Who is quoted, a network each; without a name nobody is listed but counted."""
    by_network: dict[str, list[Quote]] = defaultdict(list)
    for quote in block.quotes:
        by_network[name_network(quote.platform)].append(quote)
    items = (Item(_describe_voices(network, quotes, phrases)) for network, quotes in sorted(by_network.items()))
    return Group(phrases.say("voices"), tuple(items))


def _describe_voices(network: str, quotes: list[Quote], phrases: Phrases) -> str:
    names = list(dict.fromkeys(_name(quote.credit) for quote in quotes if quote.credit.name))
    nameless = sum(not quote.credit.name for quote in quotes)
    return f"{network}: {phrases.join([*names, *([phrases.say('voices_nameless', nameless)] if nameless else [])])}."


def _name(credit: Credit) -> str:
    name, handle = clean_line(credit.name), clean_line(credit.handle)
    return name if handle in {"", name} else f"{name} ({handle})"


def list_tasks(block: Block, phrases: Phrases, as_of: datetime) -> Group:
    """For the writer: what may be a refusal, credits to complete, consents to wait for, answers to read, questions that
    close.
    """
    return Group(
        phrases.say("to_do"),
        (*_list_to_look_at(block, phrases), *advise(block, phrases), *_find_tasks(block, phrases, as_of)),
    )


def _list_to_look_at(block: Block, phrases: Phrases) -> Iterator[Item]:
    """What may be a refusal first; each with the command that shows it."""
    for each in sorted(block.not_quoted, key=lambda one: one.barrier != Barrier.HELD):
        for id_ in each.ids:
            sentence = phrases.say(f"do_each.{each.barrier}", number=id_)
            yield Item(sentence, command=f"pullquote replies --why {id_}")


def _find_tasks(block: Block, phrases: Phrases, as_of: datetime) -> Iterator[Item]:
    lacking = len(_find_lacking(block))
    if lacking:
        yield Item(phrases.say("do_credit", lacking, heading=phrases.say("credit.heading")))
    nameless = sum(each.credit.unknown for each in block.quotes)
    if nameless:
        yield Item(phrases.say("do_name", nameless))
    for each in block.not_quoted:
        if each.links:
            links = (Link(phrases.say("reply_number", number), link) for number, link in enumerate(each.links, 1))
            key = "do_ask_first" if each.barrier == Barrier.ASK_FIRST else "do_consent"
            yield Item(phrases.say(key, each.count), links=tuple(links))
    review = sum(each.verdict == "maybe" for each in block.quotes) + block.unjudged
    if review:
        yield Item(phrases.say("do_review", review))
    if block.closes_at is not None and not block.closed and block.closes_at - as_of <= SOON:
        yield Item(phrases.say("do_close", date=phrases.write_moment(block.closes_at)))


def list_credits(block: Block, phrases: Phrases) -> Group:
    """Who is quoted without full name, role or link: what to send, by hand, and the command that enters the answer."""
    asked = (_ask_credit(block, quote, phrases) for quote in _find_lacking(block))
    return Group(phrases.say("credit.heading"), tuple(asked))


def _find_lacking(block: Block) -> list[Quote]:
    """The first quote of each author whose credit has gaps."""
    firsts: dict[str, Quote] = {}
    for quote in block.quotes:
        firsts.setdefault(clean_line(quote.credit.handle) or quote.credit.name, quote)
    return [quote for quote in firsts.values() if find_gaps(quote.credit, _link(quote))]


def _link(quote: Quote) -> str:
    return quote.passages[0].link


def _ask_credit(block: Block, quote: Quote, phrases: Phrases) -> Item:
    gaps = find_gaps(quote.credit, _link(quote))
    lacking = phrases.join([phrases.say(f"credit.{gap}") for gap in gaps])
    text = write_request(
        quote.credit.name,
        quote.passages[0].text,
        gaps,
        question=block.text,
        outlet="" if block.hide_outlet else block.outlet,
        language=block.language or phrases.language,
    )
    links = (Link(phrases.say("open_reply"), _link(quote)),) if _link(quote) else ()
    sentence = phrases.say("credit.lacks", name=_name(quote.credit), lacking=lacking)
    return Item(sentence, (text,), links, write_command(quote.passages[0].reply_id, gaps))
