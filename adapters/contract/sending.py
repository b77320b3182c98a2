"""What is sent: a draft, its parts, and the references that a platform gives them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any, TypeAlias

Payload: TypeAlias = dict[str, Any]  # the exact JSON body of one call, but for its parents' references


class Role(StrEnum):  # what a part is in its post
    ROOT = "root"
    THREAD = "thread"
    GATE = "gate"


@dataclass(frozen=True, slots=True)
class Poll:
    """A native poll; `closes_at` is aware UTC."""

    options: tuple[str, ...]
    closes_at: datetime


@dataclass(frozen=True, slots=True)
class Draft:
    """What a post will say on one platform: made by `render`, checked against `Capabilities`, sent by nobody yet."""

    root: str  # makes sense alone and prints the options
    thread: tuple[str, ...] = ()  # self-replies in order
    poll: Poll | None = None
    language: str = "en"  # BCP 47
    place: str = ""
    vote_by_buttons: bool = False  # the options of `poll` are buttons and no native poll
    hide_results: bool = False  # nobody sees counts before the close


@dataclass(frozen=True, slots=True)
class Reference:
    """A thing on the platform. `extra` is what the platform needs to point at it again (a cid, a channel)."""

    remote_id: str
    link: str = ""
    extra: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Part:
    """One call. `key` is chosen before it and never changes; the part is committed as a row before it is sent."""

    key: str
    role: Role
    payload: Payload


class Absent:
    """It is proven that the part was never posted."""


class NotYet:
    """It was not found, which proves nothing yet: look again later."""


class Unknowable:
    """Nothing can ever say whether it was posted (a mail): it is sent at most once, and a person is told."""


Found: TypeAlias = Reference | Absent | NotYet | Unknowable
