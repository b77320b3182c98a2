"""What a platform can do, as data: rendering, publishing and quoting read it instead of a platform's name."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta


@dataclass(frozen=True, slots=True)
class Limit:
    """A length that must not be exceeded: `measure(text) <= maximum`, counted in `unit`."""

    unit: str
    maximum: int
    measure: Callable[[str], int]


@dataclass(frozen=True, slots=True)
class PollLimits:
    """What a native poll accepts. A duration is a multiple of `step` between `shortest` and `longest`."""

    fewest_options: int
    most_options: int
    option: Limit
    shortest: timedelta
    longest: timedelta
    step: timedelta
    question: Limit | None = None


@dataclass(frozen=True, slots=True)
class Capabilities:
    """Data that `render`, `publish` and the rules of quoting read instead of a platform's name.

    limits: every one holds for each text that is sent.
    poll: None where options can only be printed.
    threads: a text may go on in replies to itself.
    repeats_safely: publishing a part again with the same key is the same post.
    settle_after: None where `find` proves absence; otherwise how long after the intent, with three complete
        and empty look-ups, a part may be sent once more.
    consent_first: an author's words need that author's consent before they leave the platform.
    whole_posts_only: a reply is quoted whole or not at all.
    forbidding_labels: labels of an author that forbid quoting in public.
    needs_place: a target must name a place (a channel).
    votes_are_named: who voted for what can be read.
    refuses_repeats: a text that was posted before, by any account of the platform, is refused.
    bills_reads: reading costs money, so that nothing is read again which is not shown (see `Tariff`).
    retention: how long after the close an unquoted text may be kept at most, None where nobody says.
    find_faults: what else is wrong with a text that is to be sent, each with what to change.
    most_buttons: the most options that can be voted for by buttons; 0 where there are none.
    forms: a question offers a form, so that an answer can be given with its leave.
    may_infer: which option an answer argues for may be concluded from its words, where it does not say so itself.
    """

    limits: tuple[Limit, ...]
    poll: PollLimits | None = None
    threads: bool = True
    edits: bool = False
    repeats_safely: bool = False
    settle_after: timedelta | None = None
    consent_first: bool = False
    whole_posts_only: bool = False
    forbidding_labels: frozenset[str] = frozenset()
    needs_place: bool = False
    votes_are_named: bool = False
    refuses_repeats: bool = False
    bills_reads: bool = False
    retention: timedelta | None = None
    find_faults: Callable[[str], Sequence[str]] | None = None
    most_buttons: int = 0
    forms: bool = False
    may_infer: bool = True
