"""How a digest was made: its last group, in the words that are true of it."""

from collections.abc import Sequence

from bot.digest.model import Block, DigestModel
from bot.digest.page.costs import list_costs
from bot.digest.page.document import Group, Item
from bot.digest.page.phrases import Phrases
from bot.quotes import Barrier
from bot.words.cleaning import shorten

LONGEST_TITLE = 220
"""Characters."""


def explain(model: DigestModel, phrases: Phrases) -> Group:
    sentences = (
        *_list_origins(model.selection.blocks, phrases),
        *(phrases.say(each) for each in ("method.judged", "footer_proof")),
        phrases.say("method.leave", looked=_tell_held(model, phrases)),
        phrases.say("self_selected"),
    )
    items = (*map(Item, sentences), *list_costs(model, phrases))
    return Group(phrases.say("method.heading"), items)


def _tell_held(model: DigestModel, phrases: Phrases) -> str:
    """That we looked for refusals, and how many answers wait for an editor's look."""
    barred = (each for block in model.selection.blocks for each in block.not_quoted)
    held = sum(each.count for each in barred if each.barrier == Barrier.HELD)
    return phrases.say("method_held", held) if held else phrases.say("method.none_held")


def _list_origins(blocks: Sequence[Block], phrases: Phrases) -> list[str]:
    """How each question was asked and its answers came: once where it is the same for all."""
    said = {block.slug: _describe_origin(block, phrases) for block in blocks}
    if len(set(said.values())) == 1:
        return list(said.values())[:1]
    return [f"{shorten(block.text, LONGEST_TITLE)}: {said[block.slug]}" for block in blocks if said[block.slug]]


def _describe_origin(block: Block, phrases: Phrases) -> str:
    asked = {"posted", "adopted"}.intersection(block.origins) or {"not_posted"}
    shown = ("posted", "adopted", "not_posted") if not block.since_close else ()  # there nothing is shown above
    told = [each for each in shown if each in asked]
    told += [each for each in ("collected", "submitted", "saved", "imported") if each in block.origins]
    return " ".join(phrases.say(f"origin.{each}") for each in told)
