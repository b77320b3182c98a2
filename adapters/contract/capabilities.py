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
    """What one account can do. What is not said, it cannot."""

    limits: tuple[Limit, ...]  # every one holds for each text that is sent
    poll: PollLimits | None = None  # None where options can only be printed
    threads: bool = True  # a text may go on in replies to itself
    repeats_safely: bool = False  # publishing a part again with the same key is the same post
    # where `find` proves nothing: how long after the intent, with three complete, empty look-ups, it is sent once more
    settle_after: timedelta | None = None
    consent_first: bool = False  # an author's words need that author's consent before they leave the platform
    whole_posts_only: bool = False  # a reply is quoted whole or not at all
    forbidding_labels: frozenset[str] = frozenset()  # labels of an author that forbid quoting in public
    needs_place: bool = False  # a target must name a place (a channel)
    refuses_repeats: bool = False  # a text that was posted before, by any account of the platform, is refused
    bills_reads: bool = False  # reading costs money, so that nothing is read again which is not shown (`Tariff`)
    retention: timedelta | None = None  # the longest that an unquoted text may be kept after the close
    find_faults: Callable[[str], Sequence[str]] | None = None  # what else is wrong with a text, and what to change
    most_buttons: int = 0  # the most options that can be voted for by buttons; 0 where there are none
    forms: bool = False  # a question offers a form, so that an answer can be given with its consent
    may_infer: bool = True  # which option an answer argues for may be concluded where it does not say so itself
