"""Templates, and the words in them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from zoneinfo import ZoneInfo

from jinja2 import Environment, PackageLoader, StrictUndefined

from adapters.contract.errors import (
    AdapterError,
    OverBudget,
    RateLimited,
    Rejected,
    Unauthorized,
    Unavailable,
    Uncertain,
)
from bot.desk import DeskError
from bot.digest.page.phrases import load_phrases
from bot.words import FALLBACK, Forms, find_language, words
from bot.words.cleaning import clean, clean_line, safe_link, split_paragraphs
from storage.engine import StoreError

FOR_PEOPLE = (DeskError, AdapterError, StoreError)
"""Errors whose text is written for people."""
NETWORKS = {
    RateLimited: "limited",
    Unavailable: "unavailable",
    Unauthorized: "unauthorized",
    Rejected: "rejected",
    OverBudget: "over_budget",
    Uncertain: "uncertain",
}
"""What a network's errors mean: names in `[page.networks]`."""


@cache
def load_templates() -> Environment:
    """Those of `bot/web/templates`; whatever is put into one is text."""
    environment = Environment(
        loader=PackageLoader("bot.web"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    environment.filters |= {"clean": clean, "line": clean_line, "link": safe_link, "paragraphs": split_paragraphs}
    return environment


def choose_language(accepted: str, fallback: str) -> str:
    """The first language of a browser (`Accept-Language`, RFC 9110, 12.5.4) that has words; else `fallback`."""
    for tag in sorted((each.strip() for each in accepted.split(",")), key=_read_weight, reverse=True):
        wanted = tag.partition(";")[0].strip().lower()
        if _read_weight(tag) and find_language(wanted) == wanted.split("-", maxsplit=1)[0]:
            return find_language(wanted)
    return find_language(fallback or FALLBACK)


def _read_weight(tag: str) -> float:
    try:
        return float(tag.partition("q=")[2] or 1)
    except ValueError:
        return 0.0


@dataclass(frozen=True, slots=True)
class Speech:
    """How the page speaks to one visitor: `say` and `tell_time` of the templates."""

    language: str
    zone: str
    now: datetime

    def say(self, key: str, n: int | None = None, **given: object) -> str:
        """The sentence `[page.KEY]` of the words; n: how many things, for the plural form."""
        found = words(self.language)["page"]
        for name in key.split("."):
            found = found[name]
        if isinstance(found, Forms):
            found = found.choose(n or 0)
        assert isinstance(found, str), f"page.{key} is no sentence"
        return found.format_map({"n": load_phrases(self.language, self.zone).write_number(n or 0), **given})

    def has(self, key: str) -> bool:
        """Whether there is such a sentence: names of states and rules may be newer than the words."""
        found: object = words(self.language)["page"]
        for name in key.split("."):
            if not isinstance(found, Mapping) or name not in found:
                return False
            found = found[name]
        return True

    def tell_time(self, at: datetime) -> str:
        """The time of today, else day and time, in the visitor's zone."""
        local, zone = at.astimezone(ZoneInfo(self.zone)), ZoneInfo(self.zone)
        if local.date() == self.now.astimezone(zone).date():
            return f"{local:%H:%M}"
        return load_phrases(self.language, self.zone).write_moment(at)

    def tell_day(self, at: datetime) -> str:
        """The day in the visitor's zone."""
        return load_phrases(self.language, self.zone).write_day(at)


def explain_error(error: Exception, speech: Speech) -> str:
    """The sentence of an error that is written for people. Others are said to be a mistake of ours."""
    if isinstance(error, DeskError):
        return error.tell(speech.language)
    if isinstance(error, AdapterError):  # the network's own words, after what they mean
        kind = next((name for each, name in NETWORKS.items() if isinstance(error, each)), "other")
        return speech.say(f"networks.{kind}", words=error)
    return str(error) if isinstance(error, StoreError) else speech.say("mistake")
