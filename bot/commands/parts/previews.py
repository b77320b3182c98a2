"""A question as each network will show it."""

from collections.abc import Iterable, Iterator, Sequence

from bot.commands.parts.acts import Call
from bot.commands.parts.text import escape, moment, plain, quote
from bot.desk import Preview
from bot.questions.content import split_account


def show_previews(call: Call, previews: Sequence[Preview]) -> str:
    """One block a network: where, until when, the texts as quotations, their lengths, and what is wrong."""
    return "\n\n".join("\n".join(_show(call, preview)) for preview in previews)


def _show(call: Call, preview: Preview) -> Iterator[str]:
    labels = call.labels["preview"]
    closes = moment(preview.closes_at)
    yield labels["head"].format(where=show_place(preview.account), closes=closes)
    for number, text in enumerate(preview.texts):
        yield quote(text)
        yield f"-# {_say_lengths(call, preview, number)}"
    if preview.options:
        yield labels["poll"].format(n=len(preview.options))
        yield from (f"> {number}. {escape(option)}" for number, option in enumerate(preview.options, 1))
    yield from (f"✗ {escape(problem)}" for problem in preview.problems)


def _say_lengths(call: Call, preview: Preview, number: int) -> str:
    lengths: Iterable[str] = (
        call.labels["preview"]["length"].format(used=each.used, maximum=each.maximum, unit=each.unit)
        for each in preview.lengths[number]
    )
    return "; ".join(lengths)


def show_place(entry: str) -> str:
    """An account, with its channel as a mention that nobody is pinged by."""
    name, place = split_account(entry)
    shown = f"<#{place}>" if place.isdecimal() else plain(place)
    return f"**{plain(name)}**, {shown}" if place else f"**{plain(name)}**"
