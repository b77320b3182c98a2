"""From the model to the document: which sentence stands where. Pure."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from functools import lru_cache

from bot.digest.model import Block, DigestModel, Kind, OpenLine, Passage, Quote
from bot.digest.page.changes import list_changes
from bot.digest.page.choice import describe_beyond, list_common, list_left_out, list_ranked_out, name_anchor
from bot.digest.page.document import Chapter, DigestDocument, Group, Item, Link, PostedText, QuoteEntry
from bot.digest.page.method import LONGEST_TITLE, explain
from bot.digest.page.phrases import Phrases, load_phrases, name_network
from bot.digest.page.report import (
    describe_empty,
    list_collections,
    list_events,
    list_not_quoted,
    list_not_sent,
    list_set_aside,
    summarise,
)
from bot.digest.page.results import lay_out_votes
from bot.digest.page.tasks import list_credits, list_quoted_authors, list_tasks
from bot.quotes import Edition
from bot.words.cleaning import clean_line, safe_link, shorten


@lru_cache(maxsize=1)  # the formats of a digest are written one after the other
def lay_out(model: DigestModel) -> DigestDocument:
    """The whole digest as it is read."""
    selection = model.selection
    phrases = load_phrases(selection.language, model.zone)
    private = model.edition is Edition.PRIVATE
    edition = phrases.say("for_you" if private else "to_share")
    return DigestDocument(
        language=selection.language,
        kicker=_kicker(model, phrases),
        title=_title(model, phrases),
        facts=(phrases.say("as_of", moment=phrases.write_moment(model.as_of)), _list_networks(model, phrases)),
        badge=edition,
        badge_note=phrases.say("for_you_note") if private else "",
        private=private,
        summary_heading=phrases.say("summary"),
        votes_table=phrases.say("votes_table"),
        summary=summarise(model, phrases, with_votes=False),
        chapters=tuple(_lay_out_block(block, model, phrases) for block in selection.blocks),
        groups=(
            *_lay_out_open(selection.open, phrases),
            *list_changes(model, phrases),
            explain(model, phrases),
        ),
        footer=(phrases.say("footer_made", version=model.version, edition=edition, revision=model.revision),),
    )


def _kicker(model: DigestModel, phrases: Phrases) -> str:
    if model.kind is Kind.WEEK:
        return phrases.say("kind_week")
    return f"{phrases.say('kind_question')} · {phrases.say('final' if model.final else 'preview')}"


def _title(model: DigestModel, phrases: Phrases) -> str:
    if model.kind is Kind.WEEK:
        return phrases.write_week(date.fromisoformat(model.period))
    return shorten(model.selection.blocks[0].text, LONGEST_TITLE)


def _list_networks(model: DigestModel, phrases: Phrases) -> str:
    asked = [each.platforms for each in model.selection.blocks] + [each.platforms for each in model.selection.open]
    platforms = {platform for each in asked for platform in each}
    return phrases.join(sorted(map(name_network, platforms))) or phrases.say("no_network")


# ---------------------------------------------------------------- a question


def _lay_out_block(block: Block, model: DigestModel, phrases: Phrases) -> Chapter:
    alone = model.kind is Kind.QUESTION
    return Chapter(
        heading="" if alone else shorten(block.text, LONGEST_TITLE),
        facts=tuple(_list_facts(block, phrases)),
        posted_heading=phrases.say("asked" if block.wordings else "not_asked"),
        posted=tuple(_lay_out_wordings(block, phrases)),
        table_heading=phrases.say("result"),
        table=lay_out_votes(block, phrases),
        quotes_heading=phrases.say("since_close" if block.since_close else "quotes"),
        quotes=tuple(_lay_out_quotes(block, model, phrases)),
        after_quotes=tuple(_list_after_quotes(block, phrases)),
        groups=tuple(_list_groups(block, model, phrases)),
        others_heading=phrases.say("others", len(block.others)),
        others=tuple(_lay_out_quote(quote, model, phrases) for quote in block.others),
        others_rest=describe_beyond(block, phrases, private=model.edition is Edition.PRIVATE),
    )


def _list_facts(block: Block, phrases: Phrases) -> Iterator[str]:
    if block.asker:
        outlet = f" {phrases.say('for_outlet', outlet=block.outlet)}" if block.outlet else ""
        yield _end(f"{phrases.say('asked_for', asker=block.asker)}{outlet}")
    posted = "\n".join(text for wording in block.wordings for text in wording.texts)
    if block.wanted and block.wanted not in posted:
        yield _end(phrases.say("wanted", wanted=block.wanted))
    if block.closes_at is not None:
        key = "closing.closed" if block.closed else "closing.closes"
        yield phrases.say(key, date=phrases.write_day(block.closes_at))
    elif block.wordings:
        yield phrases.say("closing.endless")


def _end(sentence: str) -> str:
    """With a full stop, where nothing ends it yet."""
    return sentence if sentence.rstrip().endswith((".", "!", "?", "…")) else f"{sentence}."


def _lay_out_wordings(block: Block, phrases: Phrases) -> Iterator[PostedText]:
    """The posts with their links; the question alone where nothing went out."""
    for wording in block.wordings:
        places = []
        for posting in wording.postings:
            place = phrases.say(
                "posted_on",
                network=name_network(posting.platform),
                account=posting.account,
                date=phrases.write_day(posting.at),
            )
            late = f" ({phrases.say('late')})" if posting.late else ""
            places.append(Link(place + late, posting.link))
        yield PostedText(wording.texts, tuple(places))
    if not block.wordings and not block.since_close:
        yield PostedText(("\n".join([block.text, *block.options]),), ())


def _list_after_quotes(block: Block, phrases: Phrases) -> Iterator[str]:
    yield from describe_empty(block, phrases)
    if block.more and not block.others and not _is_grouped(block):
        yield phrases.say("more", block.more)
    if block.withdrawn:
        yield phrases.say("withdrawn", block.withdrawn)


def _list_groups(block: Block, model: DigestModel, phrases: Phrases) -> Iterator[Group]:
    private = model.edition is Edition.PRIVATE
    groups = (
        (list_left_out(block, phrases),)
        if block.since_close
        else (
            list_quoted_authors(block, phrases),
            list_tasks(block, phrases, model.as_of) if private else Group("", ()),
            list_credits(block, phrases) if private else Group("", ()),
            list_left_out(block, phrases),
            list_set_aside(block, phrases, private=private),
            list_ranked_out(block, phrases) if private else Group("", ()),
            list_common(block, phrases),
            list_not_quoted(block, phrases),
            list_collections(block, phrases),
            list_not_sent(block, phrases),
            list_events(block, phrases),
        )
    )
    yield from (group for group in groups if group.items)


# ---------------------------------------------------------------- a quote


def _lay_out_quotes(block: Block, model: DigestModel, phrases: Phrases) -> Iterator[QuoteEntry]:
    """Those for one option under its heading, where anybody argues for one."""
    if not _is_grouped(block):
        yield from (_lay_out_quote(quote, model, phrases) for quote in block.quotes)
        return
    rest = {each.option: each.count for each in block.more_for}
    options = [quote.option for quote in block.quotes]
    for number, quote in enumerate(block.quotes):
        begins = number == 0 or options[number - 1] != quote.option
        ends = number + 1 == len(options) or options[number + 1] != quote.option
        yield replace(
            _lay_out_quote(quote, model, phrases),
            heading=_name_option(block, quote.option, phrases) if begins else "",
            rest=_describe_rest(block, quote.option, rest.pop(quote.option, 0), phrases) if ends else "",
        )


def _is_grouped(block: Block) -> bool:
    return any(quote.option is not None for quote in block.quotes)


def _describe_rest(block: Block, option: int | None, count: int, phrases: Phrases) -> str:
    """`and 12 more for “No, never”`."""
    if not count:
        return ""
    if option is None or option >= len(block.options):
        return phrases.say("more_unknown", count)
    return phrases.say("more_for", count, option=shorten(block.options[option], LONGEST_TITLE))


def _name_option(block: Block, option: int | None, phrases: Phrases) -> str:
    if option is None or option >= len(block.options):
        return phrases.say("stance_unknown")
    return phrases.say("stance", option=shorten(block.options[option], LONGEST_TITLE))


def _lay_out_quote(quote: Quote, model: DigestModel, phrases: Phrases) -> QuoteEntry:
    credit = quote.credit
    return QuoteEntry(
        role=", ".join(filter(None, (clean_line(credit.role), clean_line(credit.organisation)))),
        provenance=tuple(_list_provenance(quote, phrases)),
        parts=tuple(passage.text for passage in quote.passages),
        name=credit.name or phrases.say("name_unknown" if credit.unknown else "anonymous"),
        handle="" if clean_line(credit.handle) == clean_line(credit.name) else credit.handle,
        profile=credit.link,
        context=_describe_context(quote, phrases),
        sources=tuple(_list_sources(quote.passages, phrases)),
        language=quote.language,
        flags=tuple(_list_flags(quote, phrases)),
        number=quote.number if model.edition is Edition.PRIVATE else 0,
        anchor=name_anchor(quote.number),
    )


def _describe_context(quote: Quote, phrases: Phrases) -> str:
    """`replying on Bluesky, 16 November 2026`."""
    network, first = name_network(quote.platform), quote.passages[0]
    day = phrases.write_day(first.posted_at)
    if first.undated:
        return phrases.say("imported", network=network, date=day)
    return f"{phrases.say('replying_on', network=network)}, {day}"


def _list_provenance(quote: Quote, phrases: Phrases) -> Iterator[str]:
    """How the stance is known, who gave role and organisation, and what shows who it is, each with its date."""
    credit = quote.credit
    if quote.basis:
        yield phrases.say(f"basis_told.{quote.basis}")
    if credit.said_by and credit.said_at is not None:
        yield phrases.say("said_by", who=clean_line(credit.said_by), date=phrases.write_day(credit.said_at))
    for each in credit.evidence:
        key = f"evidence.{each.kind}_by" if each.kind == "verified" and each.detail else f"evidence.{each.kind}"
        if phrases.has(key):
            yield phrases.say(key, detail=clean_line(each.detail), date=phrases.write_day(each.at))


def _list_sources(passages: Sequence[Passage], phrases: Phrases) -> Iterator[Link]:
    links = list(dict.fromkeys(safe for passage in passages if (safe := safe_link(passage.link))))
    if len(links) == 1:
        yield Link(phrases.say("open_reply"), links[0])
        return
    for number, link in enumerate(links, 1):
        yield Link(phrases.say("part", number), link)


def _list_flags(quote: Quote, phrases: Phrases) -> Iterator[str]:
    if quote.verdict:  # for the writer: by this number every command knows it
        yield phrases.say("numbered", ids=", ".join(dict.fromkeys(str(each.reply_id) for each in quote.passages)))
    if quote.not_public:
        key = f"why_not_public.{quote.not_public}"
        reason = phrases.say(key) if phrases.has(key) else quote.not_public
        yield phrases.say("not_public", reason=reason)
    if quote.abridged and quote.verdict:
        yield phrases.say("abridged")
    if quote.not_reread:
        yield phrases.say("not_reread")
    if quote.common:
        yield phrases.say("common")
    if quote.noticed:
        yield phrases.say("noticed", number=quote.passages[0].reply_id)
    if quote.verdict == "maybe":
        yield phrases.say("marked_maybe")
    elif quote.editor:
        yield phrases.say("kept_by", editor=quote.editor)


# ---------------------------------------------------------------- open questions, method


def _lay_out_open(lines: Sequence[OpenLine], phrases: Phrases) -> Iterator[Group]:
    items = (Item(f"{shorten(line.text, LONGEST_TITLE)} · {_describe_line(line, phrases)}") for line in lines)
    if lines:
        yield Group(phrases.say("open_questions"), tuple(items))


def _describe_line(line: OpenLine, phrases: Phrases) -> str:
    so_far = phrases.say(
        "open_line.so_far",
        answers=phrases.say("answers", line.answers),
        usable=phrases.write_number(line.usable),
        target=phrases.write_number(line.target),
    )
    if line.closes_at is None:
        return f"{so_far}; {phrases.say('open_line.endless')}"
    return f"{so_far}; {phrases.say('open_line.closes', date=phrases.write_day(line.closes_at))}"
