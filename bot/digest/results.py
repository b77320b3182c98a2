"""The votes as a table: an account a column, never added up."""

from bot.digest.model import Block, Result
from bot.digest.phrases import Phrases, name_network
from bot.digest.sheet import Table


def lay_out_votes(block: Block, phrases: Phrases) -> Table | None:
    """Options as rows, counts as columns; None where nothing was voted on."""
    results = block.results
    if not results or not block.options:
        return None
    rows = tuple((option, tuple(result.votes[row] for result in results)) for row, option in enumerate(block.options))
    notes = [_tell_source(result, phrases) for result in results]
    if len(results) > 1:
        notes.append(phrases.say("not_summed"))
    notes.append(phrases.say("self_selected"))
    return Table(
        head=(phrases.say("option"), *(f"{name_network(result.platform)}, {result.account}" for result in results)),
        rows=rows,
        total=(phrases.say("votes_total"), tuple(sum(result.votes) for result in results)),
        notes=tuple(notes),
    )


def _tell_source(result: Result, phrases: Phrases) -> str:
    network = name_network(result.platform)
    source = phrases.say(f"source_{result.source}", network=network)
    if result.final:
        state = phrases.say("final_count")
    elif result.at is not None:
        state = phrases.say("as_counted", date=phrases.tell_day(result.at))
    else:
        return f"{network}, {result.account}: {source}."
    return f"{network}, {result.account}: {source}, {state}."


def tell_votes(block: Block, phrases: Phrases) -> list[str]:
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
