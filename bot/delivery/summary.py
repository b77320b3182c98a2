"""What a digest says where it is handed over, by mail or into a channel: title, summary, best quotes, files."""

import asyncio
from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from adapters.contract.capabilities import Capabilities
from bot.context import Context
from bot.digest import file_name, load_model, render
from bot.digest.model import DigestModel, Kind, Quote
from bot.digest.page.phrases import load_phrases, name_network
from bot.digest.page.report import summarise
from bot.words import words
from bot.words.cleaning import clean, clean_line, cut_words, safe_link

LONGEST_TITLE = 70
MOST_TOP = 3
ROOM = 0.8
"""Share of a network's length that is used: where nothing in a text may do anything, signs are escaped and it grows."""


async def load_models(context: Context, digest_ids: Sequence[int]) -> list[DigestModel]:
    """The digests as they are to be read now: what was taken back since is not in them."""
    return [await load_model(context.store, id_, capabilities=context.capabilities) for id_ in digest_ids]


async def attach(context: Context, digest_ids: Sequence[int]) -> dict[str, bytes]:
    """Their files by name, in the formats of the config."""
    return await asyncio.to_thread(render_files, context, await load_models(context, digest_ids))


def render_files(context: Context, models: Sequence[DigestModel]) -> dict[str, bytes]:
    """The same of digests that are loaded."""
    return {
        file_name(model, name): render(model, name)
        for model in models
        for name in context.config.digest_formats.get(model.edition, ())
    }


async def sum_up(context: Context, digest_ids: Sequence[int], most: int = MOST_TOP) -> str:
    """What a digest says in 30 seconds, and its best quotes; plain text."""
    return write_short((await load_models(context, digest_ids))[0], None, most)


async def compose_delivery(
    context: Context, digest_ids: Sequence[int], capabilities: Capabilities
) -> tuple[str, Mapping[str, bytes]]:
    """The text and the files for a channel. The first line is the same at every try: by it a delivery is known."""
    models = await load_models(context, digest_ids)
    files = await asyncio.to_thread(render_files, context, models)
    return write_short(models[0], capabilities, MOST_TOP), files


def write_title(model: DigestModel, longest: int = LONGEST_TITLE) -> str:
    """What it is about, on one line, with its revision."""
    phrases, labels = load_phrases(model.selection.language, model.zone), words(model.selection.language)["mail"]
    if model.kind is Kind.WEEK:
        title = phrases.write_week(date.fromisoformat(model.period))
    else:
        title = cut_words(clean_line(model.selection.blocks[0].text), longest)
    is_first = model.revision == 1 or (model.changes is not None and model.changes.became_final)  # after previews
    name: str = labels["subject" if is_first else "revised"]
    return clean_line(name.format(title=title, revision=model.revision))


def write_short(model: DigestModel, capabilities: Capabilities | None, most: int) -> str:
    """As many of the best quotes as fit, each whole."""
    language = model.selection.language
    lines = [write_title(model), *map(clean_line, summarise(model, load_phrases(language, model.zone)))]
    quotes = [_write_quote(quote, language) for quote in _find_top(model)]
    shown: list[str] = []
    for quote in quotes:
        if len(shown) < most and _fits(_assemble(lines, [*shown, quote], language), capabilities):
            shown.append(quote)
    return _assemble(lines, shown, language)


def _assemble(lines: Sequence[str], quotes: Sequence[str], language: str) -> str:
    if not quotes:
        return "\n".join(lines)
    heading = words(language)["delivery"]["top"].choose(len(quotes)).format(n=len(quotes))
    return "\n\n".join(["\n".join(lines), heading, *quotes])


def _fits(text: str, capabilities: Capabilities | None) -> bool:
    limits = () if capabilities is None else capabilities.limits
    return all(limit.measure(text) <= ROOM * limit.maximum for limit in limits)


def _find_top(model: DigestModel) -> Iterator[Quote]:
    """A question after the other: the best answer for each option, then the others in their order."""
    for block in model.selection.blocks:
        firsts = {quote.option: quote for quote in reversed(block.quotes)}
        yield from (quote for quote in block.quotes if firsts[quote.option] is quote)
        yield from (quote for quote in block.quotes if firsts[quote.option] is not quote)


def _write_quote(quote: Quote, language: str) -> str:
    lines = "\n".join(clean(passage.text).strip() for passage in quote.passages).split("\n")
    text = "\n".join([lines[0], *(line and f"“{line}" for line in lines[1:])])  # a line of a link alone is one of ours
    name, handle = clean_line(quote.credit.name), clean_line(quote.credit.handle)
    who = f"{name} ({handle})" if name and handle not in {"", name} else name
    who = who or words(language)["delivery"]["nameless"]
    link = next((safe_link(passage.link) for passage in quote.passages if safe_link(passage.link)), "")
    return "\n".join(line for line in (f"“{text}”", f"{who}, {name_network(quote.platform)}", link) if line)
