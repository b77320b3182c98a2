"""Fill a stored selection with its words; quotes that may no longer be shown are dropped and counted. Pure."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from itertools import count

from bot.digest.credit import Credit
from bot.digest.model import Block, LeftOut, Passage, Quote, Selection, SetAside
from bot.quotes import Span, read_span


def list_revisions(selection: Selection) -> dict[int, int]:
    """The revisions whose words a selection shows, by reply id: of quotes, of all else that may be quoted, and of
    examples of what was set aside.
    """
    return {passage.reply_id: passage.revision_id for passage in _passages(selection)}


def list_quoted(selection: Selection) -> set[int]:
    """The ids of the replies that a selection quotes."""
    return {passage.reply_id for block in selection.blocks for quote in block.quotes for passage in quote.passages}


def list_credited(selection: Selection) -> set[int]:
    """The ids of the replies that a selection shows with anything that names their author."""
    return {
        passage.reply_id
        for block in selection.blocks
        for quote in (*block.quotes, *block.others)
        if quote.credit != Credit()
        for passage in quote.passages
    }


def _passages(selection: Selection) -> Iterator[Passage]:
    for block in selection.blocks:
        for shown in (block.quotes, block.left_out, block.others):
            for each in shown:
                yield from each.passages
        for rule in block.set_aside:
            yield from rule.examples


def name_missing(selection: Selection, filled: Selection) -> Iterator[str]:
    """Names of the passages that a stored selection has and the filled one does not: `quote 2 of “only-one” (reply 7)`.

    Without a word of them: this is stored and logged, and they may have been erased.
    """
    left = {passage.reply_id for passage in _passages(filled)}
    for block in selection.blocks:
        for number, quote in enumerate(block.quotes, 1):
            for reply_id in dict.fromkeys(passage.reply_id for passage in quote.passages):
                if reply_id not in left:
                    yield f"quote {number} of “{block.slug}” (reply {reply_id})"
        others = (passage for shown in (block.left_out, block.others) for each in shown for passage in each.passages)
        for passage in others:
            if passage.reply_id not in left:
                yield f"what was left out of “{block.slug}” (reply {passage.reply_id})"
        for passage in (example for rule in block.set_aside for example in rule.examples):
            if passage.reply_id not in left:
                yield f"an example of what was set aside of “{block.slug}” (reply {passage.reply_id})"


def erase(selection: Selection, reply_ids: Collection[int], links: Collection[str]) -> Selection:
    """The selection without names and links of these replies. Their quotes stay, without words."""
    blocks = (_erase_block(block, reply_ids, links) for block in selection.blocks)
    return replace(selection, blocks=tuple(blocks))


def _erase_block(block: Block, reply_ids: Collection[int], links: Collection[str]) -> Block:
    return replace(
        block,
        quotes=tuple(_erase_quote(quote, reply_ids) for quote in block.quotes),
        others=tuple(_erase_quote(quote, reply_ids) for quote in block.others),
        left_out=tuple(_erase_left_out(each, reply_ids) for each in block.left_out),
        set_aside=tuple(
            replace(rule, examples=tuple(each for each in rule.examples if each.reply_id not in reply_ids))
            for rule in block.set_aside
        ),
        not_quoted=tuple(
            replace(
                each,
                links=tuple(link for link in each.links if link not in links),
                ids=tuple(id_ for id_ in each.ids if id_ not in reply_ids),
            )
            for each in block.not_quoted
        ),
    )


def _erase_quote(quote: Quote, reply_ids: Collection[int]) -> Quote:
    if all(passage.reply_id not in reply_ids for passage in quote.passages):
        return quote
    passages = tuple(replace(passage, link="") for passage in quote.passages)
    return replace(quote, passages=passages, credit=Credit())


def _erase_left_out(left_out: LeftOut, reply_ids: Collection[int]) -> LeftOut:
    if all(passage.reply_id not in reply_ids for passage in left_out.passages):
        return left_out
    return replace(left_out, passages=tuple(replace(passage, link="") for passage in left_out.passages))


def fill(selection: Selection, texts: Mapping[int, str | None], permitted: Collection[int]) -> Selection:
    """The selection with words and numbers. texts: by revision id; permitted: ids of replies that may be quoted now.

    An answer of which any part is gone is dropped as a whole: half of it might mean something else. The numbers go
    through the blocks, and through the quotes, what is left out and the others of each.
    """
    blocks, number = [], 1
    for block in selection.blocks:
        numbered = _number(block, number)
        number += len(block.quotes) + len(block.left_out) + len(block.others)
        blocks.append(_fill_block(numbered, texts, permitted))
    return replace(selection, blocks=tuple(blocks))


def _number(block: Block, first: int) -> Block:
    numbers = count(first)
    return replace(
        block,
        quotes=tuple(replace(quote, number=next(numbers)) for quote in block.quotes),
        left_out=tuple(replace(each, number=next(numbers)) for each in block.left_out),
        others=tuple(replace(quote, number=next(numbers)) for quote in block.others),
    )


def _fill_block(block: Block, texts: Mapping[int, str | None], permitted: Collection[int]) -> Block:
    quotes = tuple(_fill_quotes(block.quotes, texts, permitted))
    return replace(
        block,
        quotes=quotes,
        withdrawn=len(block.quotes) - len(quotes),
        set_aside=tuple(_fill_examples(rule, texts, permitted) for rule in block.set_aside),
        left_out=tuple(_fill_left_out(block.left_out, quotes, texts, permitted)),
        others=tuple(_fill_quotes(block.others, texts, permitted)),
    )


def _fill_left_out(
    left_out: Iterable[LeftOut], quotes: Iterable[Quote], texts: Mapping[int, str | None], permitted: Collection[int]
) -> Iterator[LeftOut]:
    """Those that can be shown, of quotes that still stand."""
    standing = {passage.reply_id for quote in quotes for passage in quote.passages}
    for each in left_out:
        passages = [_fill_passage(passage, texts, permitted) for passage in each.passages]
        kept = tuple(passage for passage in passages if passage is not None)
        if each.like in standing and len(kept) == len(passages):
            yield replace(each, passages=kept)


def _fill_quotes(
    quotes: Iterable[Quote], texts: Mapping[int, str | None], permitted: Collection[int]
) -> Iterator[Quote]:
    for quote in quotes:
        passages = [_fill_passage(passage, texts, permitted) for passage in quote.passages]
        kept = tuple(passage for passage in passages if passage is not None)
        if len(kept) == len(passages):
            yield replace(quote, passages=kept)


def _fill_examples(rule: SetAside, texts: Mapping[int, str | None], permitted: Collection[int]) -> SetAside:
    found = (_fill_passage(passage, texts, permitted) for passage in rule.examples)
    return replace(rule, examples=tuple(passage for passage in found if passage is not None))


def _fill_passage(passage: Passage, texts: Mapping[int, str | None], permitted: Collection[int]) -> Passage | None:
    if passage.reply_id not in permitted:
        return None
    words = read_span(Span(passage.revision_id, passage.start, passage.end), texts.get(passage.revision_id))
    return None if words is None else replace(passage, text=words)
