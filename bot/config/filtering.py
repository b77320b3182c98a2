"""What can be configured of the filter."""

import shlex
from collections.abc import Mapping
from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from bot.config.section import ENVIRONMENT, Section

MOST_PHRASES = 200
LONGEST_PHRASE = 100
MOST_KINDS = 20


def _check_phrases(value: tuple[str, ...]) -> tuple[str, ...]:
    if not 0 < len(value) <= MOST_PHRASES:
        raise ValueError(f"has {len(value)} phrases; write 1 to {MOST_PHRASES}")
    for phrase in value:
        if not phrase.strip() or len(phrase) > LONGEST_PHRASE:
            raise ValueError(f"has a phrase of {len(phrase)} characters; write 1 to {LONGEST_PHRASE}, not only blanks")
    return tuple(dict.fromkeys(" ".join(phrase.split()) for phrase in value))


class PhraseKeys(BaseModel):
    """Own phrases of one kind. weight: in log-odds, below zero a reply that has one of them ranks lower."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    weight: float = Field(ge=-2, le=2, allow_inf_nan=False)
    phrases: Annotated[tuple[str, ...], AfterValidator(_check_phrases)]


def _check_kinds(value: Mapping[str, PhraseKeys]) -> Mapping[str, PhraseKeys]:
    if len(value) > MOST_KINDS:
        raise ValueError(f"has {len(value)} kinds; write at most {MOST_KINDS}")
    return value


def _check_command(value: str) -> str:
    try:
        words = shlex.split(value)
    except ValueError as error:
        raise ValueError(f"is no command: {error}; write it as in a shell, without pipes") from None
    if value and not (words and words[0]):
        raise ValueError("names no program")
    return value


_Score = Annotated[float, Field(ge=0, lt=1)]


class Filter(Section):
    """How replies are judged. `weights`: a folder that `pullquote filter fit` wrote. `keep_from`, `quotable_from`: own
    scores; 0 for those on the weights' card. `decoy_command`: gets a question and answers as a chat model does; it
    runs only where an editor asks for it. `phrases`: by kind.
    """

    prefix = f"{ENVIRONMENT}FILTER_"

    weights: str = ""
    keep_from: _Score = 0.0
    quotable_from: _Score = 0.0
    decoy_command: Annotated[str, AfterValidator(_check_command)] = ""
    phrases: Annotated[Mapping[str, PhraseKeys], AfterValidator(_check_kinds)] = Field(default={})
