"""Variants of a text with the date, for platforms that refuse a text that was posted before."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

from adapters.contract.capabilities import Capabilities
from adapters.contract.sending import Draft
from bot.questions.content import Content
from bot.questions.render import DoesNotFit, fits
from bot.words import words
from bot.words.grammar import write_date

MOST = 9
"""So many posts of one minute can be told apart."""


def vary(draft: Draft, capabilities: Capabilities, posted: Collection[str], content: Content, at: datetime) -> Draft:
    """The draft with no text that was `posted` before. Pure. Raises DoesNotFit."""
    taken, texts = set(posted), []
    for text in (draft.root, *draft.thread):
        variants = list_variants(text, at, content.zone, content.language)
        texts.append(_choose(text, variants, taken, capabilities))
        taken.add(texts[-1])
    return replace(draft, root=texts[0], thread=tuple(texts[1:]))


def _choose(text: str, variants: Sequence[str], taken: Collection[str], capabilities: Capabilities) -> str:
    unused = [variant for variant in variants if variant not in taken]
    found = next((variant for variant in unused if variant == text or fits(variant, capabilities)), None)
    if found is None:
        start = " ".join(text.split())[:40]
        problem = f"“{start}…” was posted there before, which is refused, and there is no room for a date that would"
        raise DoesNotFit([f"{problem} tell the two apart: change the text or shorten it"])
    return found


def list_all_variants(draft: Draft, content: Content, at: datetime) -> set[str]:
    """Whatever the texts of a draft may become."""
    texts = (draft.root, *draft.thread)
    return {variant for text in texts for variant in list_variants(text, at, content.zone, content.language)}


def list_variants(text: str, at: datetime, zone: str, language: str) -> list[str]:
    """The text itself, with the date, with date and time, and those numbered."""
    return [text, *(f"{text}\n\n{ending}" for ending in _list_endings(at, zone, language))]


def _list_endings(at: datetime, zone: str, language: str) -> Iterator[str]:
    labels, local = words(language), at.astimezone(ZoneInfo(zone))
    date = write_date(labels["repeat"]["date"], local, language, labels["post"], "abbreviated")
    moment = labels["repeat"]["moment"].format(date=date, time=f"{local:%H:%M}")
    yield from (date, moment)
    yield from (f"{moment} ({number})" for number in range(2, MOST + 1))
