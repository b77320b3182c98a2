"""The keys of a sandbox account in config.toml."""

from datetime import timedelta
from functools import cache
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, Field

from adapters.contract.capabilities import Capabilities, Limit, PollLimits
from adapters.sandbox.service import SandboxService


class SandboxSettings(BaseModel):
    """How the sandbox is reached, and what it can do: as little or as much as a real platform.

    url: of a sandbox served by another process; without it the network lives in this process and ends with it.
    file: in which the network of this process is kept; the demo's is.
    service: an in-process network to share, given by code (the demo, tests).
    settle_after: None where `find` proves absence. newest_first: replies are paged from the newest to the mark.
    edits: stands in older configs, without effect.
    """

    model_config = ConfigDict(extra="forbid", frozen=True, arbitrary_types_allowed=True)

    handle: str = "pullquote"
    url: str | None = None
    file: Path | None = None
    timeout: float = 10.0
    service: SandboxService | None = Field(default=None, exclude=True, repr=False)

    text_limit: int = 300
    polls: bool = True
    poll_options: int = 4
    poll_option_limit: int = 50
    poll_shortest: timedelta = timedelta(minutes=5)
    poll_longest: timedelta = timedelta(days=14)
    poll_step: timedelta = timedelta(minutes=1)
    threads: bool = True
    edits: bool = False
    repeats_safely: bool = True
    settle_after: timedelta | None = None
    consent_first: bool = False
    whole_posts_only: bool = False
    forbidding_labels: frozenset[str] = frozenset({"no-quotes"})
    needs_place: bool = False
    votes_are_named: bool = False
    refuses_repeats: bool = False
    most_buttons: int = 0
    forms: bool = False
    newest_first: bool = False

    def capabilities(self) -> Capabilities:
        """What the account can do with these settings."""
        return Capabilities(
            limits=(Limit("characters", self.text_limit, count_graphemes),),
            poll=self._poll() if self.polls else None,
            threads=self.threads,
            repeats_safely=self.repeats_safely,
            settle_after=self.settle_after,
            consent_first=self.consent_first,
            whole_posts_only=self.whole_posts_only,
            forbidding_labels=self.forbidding_labels,
            needs_place=self.needs_place,
            refuses_repeats=self.refuses_repeats,
            most_buttons=self.most_buttons,
            forms=self.forms,
        )

    def _poll(self) -> PollLimits:
        return PollLimits(
            fewest_options=2,
            most_options=self.poll_options,
            option=Limit("characters", self.poll_option_limit, count_graphemes),
            shortest=self.poll_shortest,
            longest=self.poll_longest,
            step=self.poll_step,
        )


@cache
def _grapheme() -> Any:
    import regex

    return regex.compile(r"\X")


def count_graphemes(text: str) -> int:
    """What a reader would count as characters: an emoji with skin tone is one."""
    return len(_grapheme().findall(text))
