"""How the author of a quote is named, and what shows who somebody is."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class DatedEvidence:
    """What shows who somebody is, as it was seen `at`; never a verdict.

    kind: what a network shows (`adapters.base.Evidence`), or `rel_me`: a page of theirs links back to the profile.
    """

    kind: str
    detail: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Credit:
    """How the author is named; all empty where they want no name. unknown: no name is known.

    name: may have the role behind a comma, as the notice asks for it. said_by, said_at: who gave role and
    organisation, for the private edition alone.
    """

    name: str = ""
    handle: str = ""
    link: str = ""
    unknown: bool = False
    role: str = ""
    organisation: str = ""
    said_by: str = ""
    said_at: datetime | None = None
    evidence: tuple[DatedEvidence, ...] = ()
