"""The sentences about a digest: summary, set aside, not quoted, how complete, what to do next. Pure."""

from collections.abc import Iterator

from bot.digest.model import Block, Collection, DigestModel, Enough, Kind, OpenLine
from bot.digest.page.document import Group, Item
from bot.digest.page.phrases import Phrases, name_network
from bot.digest.page.results import describe_votes
from bot.words.cleaning import shorten

LONGEST_NAME = 110  # characters of a question where it is only named


# ---------------------------------------------------------------- summary


def summarise(model: DigestModel, phrases: Phrases, *, with_votes: bool = True) -> tuple[str, ...]:
    """The sentences of the summary. with_votes: where no result stands beside it."""
    if model.kind is Kind.QUESTION:
        return tuple(_summarise_block(model.selection.blocks[0], phrases, with_votes=with_votes))
    blocks = [
        " ".join(
            [
                _describe_in_week("late" if each.since_close else "full", each, phrases),
                *(describe_votes(each, phrases) if with_votes else ()),
            ]
        )
        for each in model.selection.blocks
    ]
    lines = [_describe_in_week("open", line, phrases) for line in model.selection.open]
    return (*blocks, *lines) or (phrases.say("week_sum.nothing"),)


def _summarise_block(block: Block, phrases: Phrases, *, with_votes: bool) -> Iterator[str]:
    yield _describe_answers(block, phrases)
    if with_votes:
        yield from describe_votes(block, phrases)
    yield _describe_enough(block, phrases)
    for collection in block.collections:
        if _missing(collection):
            yield _describe_collection(collection, phrases)


def _describe_answers(block: Block, phrases: Phrases) -> str:
    if not block.answers:
        return phrases.say("sum.none_ever" if block.closed else "sum.none")
    barred = sum(each.count for each in block.not_quoted)
    counts = {
        "sum_usable": block.usable,
        "sum_ranked_out": block.ranked_out,
        "sum_aside": sum(each.count for each in block.set_aside),
        "sum_barred": barred,
        "sum_unjudged": block.unjudged,
    }
    parts = [phrases.say(key, count) for key, count in counts.items() if count or key == "sum_usable"]
    return phrases.say(
        "sum.some",
        answers=phrases.say("answers", block.answers),
        networks=phrases.join([name_network(platform) for platform in block.platforms]),
        parts=phrases.join(parts),
    )


def _describe_enough(block: Block, phrases: Phrases) -> str:
    usable, target = phrases.write_number(block.usable), phrases.write_number(block.target)
    return phrases.say(f"enough.{block.enough}", usable=usable, target=target)


def _describe_in_week(section: str, each: Block | OpenLine, phrases: Phrases) -> str:
    return phrases.say(
        f"week_sum.{section}",
        title=shorten(each.text, LONGEST_NAME),
        answers=phrases.say("answers", each.answers),
        usable=phrases.write_number(each.usable),
    )


# ---------------------------------------------------------------- lists


def describe_empty(block: Block, phrases: Phrases) -> Iterator[str]:
    """Where nothing can be quoted: where it was asked, and what came."""
    if block.usable or block.since_close:
        return
    places = {posting.platform for wording in block.wordings for posting in wording.postings}
    networks = phrases.join(sorted(map(name_network, places)))
    asked = "asked" if "posted" in block.origins else "adopted"
    yield phrases.say(f"empty.{asked}", networks=networks) if places else phrases.say("empty.asked_nowhere")
    yield phrases.say("empty.nothing_usable" if block.answers else "empty.nothing")


def advise(block: Block, phrases: Phrases) -> Iterator[Item]:
    """Where too little can be quoted: what to do, each with its command. For the writer."""
    if block.enough is Enough.REACHED or (block.usable and not block.closed):
        return
    if block.closed:
        yield Item(phrases.say("empty.try_extend"), command=f"pullquote extend {block.slug} 3d")
    elif block.wordings:
        yield Item(phrases.say("empty.try_wait"))
    if block.wordings:
        yield Item(phrases.say("empty.try_remind"), command=f"pullquote remind {block.slug}")
    yield Item(phrases.say("empty.try_elsewhere"))
    if block.usable:
        return
    if block.set_aside:
        yield Item(phrases.say("empty.try_aside"), command=f"pullquote replies --question {block.slug} --verdict aside")
    if any(each.barrier == "waiting" for each in block.not_quoted):
        yield Item(phrases.say("empty.try_leave"))


def list_set_aside(block: Block, phrases: Phrases, *, private: bool) -> Group:
    """Counts a rule, with examples where the edition has them; a rule without words of its own has a name for the
    writer alone.
    """
    other = "aside.other" if private else "aside.unnamed"
    items = []
    for rule in block.set_aside:
        name = rule.rule.partition(".")[0]
        key = f"aside.{name}"
        sentence = phrases.say(key if phrases.has(key) else other, rule.count, rule=name.replace("_", " "))
        items.append(Item(f"{sentence}.", tuple(passage.text for passage in rule.examples)))
    return Group(phrases.say("set_aside"), tuple(items))


def list_not_quoted(block: Block, phrases: Phrases) -> Group:
    """Counts a barrier."""
    items = (Item(f"{phrases.say(f'barred.{each.barrier}', each.count)}.") for each in block.not_quoted)
    return Group(phrases.say("not_quoted"), tuple(items))


def list_collections(block: Block, phrases: Phrases) -> Group:
    """How complete the collection of each account is."""
    items = (Item(_describe_collection(each, phrases)) for each in block.collections)
    return Group(phrases.say("completeness"), tuple(items))


def _missing(collection: Collection) -> int:
    return 0 if collection.counted is None else max(0, collection.counted - collection.stored)


def _describe_collection(each: Collection, phrases: Phrases) -> str:
    missing = _missing(each)
    key = "uncounted" if each.counted is None else "gap" if missing else "all"
    sentence = phrases.say(
        f"complete.{key}",
        each.counted,
        network=name_network(each.platform),
        account=f" ({each.account})" if each.account else "",
        stored=phrases.write_number(each.stored),
        missing=phrases.write_number(missing),
    )
    counts = {"hidden": each.hidden, "unreadable": each.unreadable, "deleted": each.deleted}
    others = [phrases.say(f"complete.{name}", count) for name, count in counts.items() if count]
    return f"{sentence} {phrases.say('complete.among', others=phrases.join(others))}" if others else sentence


def list_not_sent(block: Block, phrases: Phrases) -> Group:
    """Posts that did not go out, or not as planned."""
    items = []
    for each in block.not_sent:
        reason = f" ({each.reason})" if each.reason else ""
        place = f"{name_network(each.platform)}, {each.account}, {each.occurrence.replace('T', ' ')}"
        items.append(Item(f"{place}: {phrases.say(f'states.{each.state}')}{reason}."))
    return Group(phrases.say("not_sent"), tuple(items))


def list_events(block: Block, phrases: Phrases) -> Group:
    """Events of the question."""
    items = (Item(f"{phrases.write_day(each.at)}: {each.message}") for each in block.told)
    return Group(phrases.say("told"), tuple(items))
