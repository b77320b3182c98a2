"""The votes as a table: an account a column, never added up."""

from collections.abc import Iterator, Sequence

from bot.digest.model import Block, Result
from bot.digest.page.document import Bars, Table
from bot.digest.page.phrases import Phrases, name_network

FEWEST_FOR_PERCENT = 30
"""Votes of one account: of fewer a percentage says more than is known."""


def lay_out_votes(block: Block, phrases: Phrases) -> Table | None:
    """Options as rows, counts as columns; None where nothing was voted on."""
    results = block.results
    if not results or not block.options:
        return None
    names = tuple(f"{name_network(result.platform)}, {result.account}" for result in results)
    return Table(
        head=(phrases.say("option"), *names),
        rows=tuple(
            (option, tuple(_describe_count(result, row, phrases) for result in results))
            for row, option in enumerate(block.options)
        ),
        total=(phrases.say("votes_total"), tuple(phrases.write_number(sum(result.votes)) for result in results)),
        notes=tuple(_list_notes(results, phrases)),
        bars=_chart(block, names, phrases),
    )


def _describe_count(result: Result, row: int, phrases: Phrases) -> str:
    """`31 (40%)`, the percentage only where there are enough votes."""
    votes, count = result.votes[row], phrases.write_number(result.votes[row])
    total = sum(result.votes)
    if total < FEWEST_FOR_PERCENT:
        return count
    return phrases.say("votes_percent", votes=count, percent=(200 * votes + total) // (2 * total))


def _list_notes(results: Sequence[Result], phrases: Phrases) -> Iterator[str]:
    yield from (_describe_source(result, phrases) for result in results)
    if len(results) > 1:
        yield phrases.say("not_summed")
    yield phrases.say("self_selected")


def _chart(block: Block, names: Sequence[str], phrases: Phrases) -> Bars | None:
    """Bars, where anybody voted."""
    if not any(sum(result.votes) for result in block.results):
        return None
    series = tuple((name, result.votes) for name, result in zip(names, block.results, strict=True))
    told = tuple(
        tuple(_describe_count(result, row, phrases) for row in range(len(block.options))) for result in block.results
    )
    return Bars(block.options, series, phrases.say("chart_alt", votes=" ".join(describe_votes(block, phrases))), told)


def _describe_source(result: Result, phrases: Phrases) -> str:
    network = name_network(result.platform)
    source = phrases.say(f"source_{result.source}", network=network)
    if result.final:
        state = phrases.say("final_count")
    elif result.at is not None:
        state = phrases.say("as_counted", date=phrases.write_day(result.at))
    else:
        return f"{network}, {result.account}: {source}."
    return f"{network}, {result.account}: {source}, {state}."


def describe_votes(block: Block, phrases: Phrases) -> list[str]:
    """A sentence for each count."""
    return [
        phrases.say(
            "votes",
            sum(result.votes),
            network=name_network(result.platform),
            account=result.account,
            votes="; ".join(
                f"{option} {phrases.write_number(votes)}"
                for option, votes in sorted(zip(block.options, result.votes, strict=True), key=lambda pair: -pair[1])
            ),
        )
        for result in block.results
        if block.options
    ]
