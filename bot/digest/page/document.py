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
    argue for it, behind the last of them. number: by which people call it, 0 where it is not told; anchor: its place.
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
    number: int = 0
    anchor: str = ""


@dataclass(frozen=True, slots=True)
class PostedText:
    """A text as it was posted, and where."""

    texts: tuple[str, ...]
    places: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class Bars:
    """Votes for each of `labels` (the options) in `series`: (account, counts). alt: all of it as words; told: the
    counts of each account as they are written, empty for the bare numbers.
    """

    labels: tuple[str, ...]
    series: tuple[tuple[str, tuple[int, ...]], ...]
    alt: str
    told: tuple[tuple[str, ...], ...] = ()


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
    """A sentence of a list, with links, examples (texts as typed) and a command to type below it. anchor: its place."""

    sentence: str
    examples: tuple[str, ...] = ()
    links: tuple[Link, ...] = ()
    command: str = ""
    anchor: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    """A headed list."""

    heading: str
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class Chapter:
    """One question. heading is empty where the document's title says it. others: what else may be quoted, for a list
    that is folded or stands last; others_rest: what is beyond it.
    """

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
    others_heading: str = ""
    others: tuple[QuoteEntry, ...] = ()
    others_rest: str = ""


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
    votes_table: str
    summary: tuple[str, ...]
    chapters: tuple[Chapter, ...]
    groups: tuple[Group, ...]
    footer: tuple[str, ...]
