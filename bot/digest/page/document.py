"""A digest laid out for the formats: headings, sentences, quotes and tables, without markup.

Texts are as people typed them: each writer cleans and escapes them for its format.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Link:
    """`url` may be empty or unsafe: a writer checks it."""

    label: str
    url: str


@dataclass(frozen=True, slots=True)
class QuoteEntry:
    """A quote with all that belongs to it. parts: the texts of a chained answer; sources: a link for each.

    role: what they do and where. provenance: how stance, role and author are known. heading:
    the option that it and those after it argue for, empty where the one before has the same. rest: how many more
    argue for it, behind the last of them.
    """

    parts: tuple[str, ...]
    name: str
    handle: str
    profile: str
    context: str
    sources: tuple[Link, ...]
    language: str
    flags: tuple[str, ...]
    heading: str = ""
    role: str = ""
    provenance: tuple[str, ...] = ()
    rest: str = ""


@dataclass(frozen=True, slots=True)
class PostedText:
    """A text as it was posted, and where."""

    texts: tuple[str, ...]
    places: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class Bars:
    """Votes for each of `labels` (the options) in `series`: (account, counts). alt: all of it as words."""

    labels: tuple[str, ...]
    series: tuple[tuple[str, tuple[int, ...]], ...]
    alt: str


@dataclass(frozen=True, slots=True)
class Table:
    """Numbers an option (a row) and an account (a column); `total` is the last row; bars: the same as a picture."""

    head: tuple[str, ...]
    rows: tuple[tuple[str, tuple[str, ...]], ...]
    total: tuple[str, tuple[str, ...]]
    notes: tuple[str, ...]
    bars: Bars | None = None


@dataclass(frozen=True, slots=True)
class Item:
    """A sentence of a list, with links, examples (texts as typed) and a command to type below it."""

    sentence: str
    examples: tuple[str, ...] = ()
    links: tuple[Link, ...] = ()
    command: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    """A headed list."""

    heading: str
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class Chapter:
    """One question. heading is empty where the document's title says it."""

    heading: str
    facts: tuple[str, ...]
    posted_heading: str
    posted: tuple[PostedText, ...]
    table_heading: str
    table: Table | None
    quotes_heading: str
    quotes: tuple[QuoteEntry, ...]
    after_quotes: tuple[str, ...]
    groups: tuple[Group, ...]


@dataclass(frozen=True, slots=True)
class DigestDocument:
    """The whole digest."""

    language: str
    kicker: str
    title: str
    facts: tuple[str, ...]
    badge: str
    badge_note: str
    private: bool
    summary_heading: str
    summary: tuple[str, ...]
    chapters: tuple[Chapter, ...]
    groups: tuple[Group, ...]
    footer: tuple[str, ...]
