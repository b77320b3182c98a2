"""Which features make up one reason for people, and which words show it."""

from dataclasses import dataclass
from functools import cached_property


@dataclass(frozen=True)
class FeatureGroup:
    """name: of its two rules, `rank_NAME` where the reply has it and `rank_no_NAME` where it has not.

    words: the kinds of evidence whose first words are shown.
    """

    name: str
    features: tuple[str, ...]
    words: tuple[str, ...] = ()

    @cached_property
    def has(self) -> str:
        return f"rank_{self.name}"

    @cached_property
    def lacks(self) -> str:
        return f"rank_no_{self.name}"


def _vocabulary(*categories: str) -> tuple[str, ...]:
    return tuple(name for category in categories for name in (category, f"{category}_share"))


WANTED = ("where", "amount", "when", "why", "yes_no", "how", "which", "opinion", "who", "what")
"""What a question may ask for and a reply may have."""

WRITING = "writing"
"""Said of words: figures alone are not written well."""

WORDING = "wording"
"""The one feature that has weights of its own, `rank.bin`, and a term where they are there."""

GROUPS: tuple[FeatureGroup, ...] = (
    FeatureGroup(
        "length",
        ("size", "size_2", "size_3", "words", "few_words", "sentences", "sentence_length", "new", "content"),
    ),
    FeatureGroup(
        WRITING,
        (
            "distinct", "mean_length", "long_words", "short_words", "stretched", "shouts", "runs", "ellipses",
            "smileys", "commas", "stops", "brackets", "content_share", "known", "pictures",
        ),
    ),
    FeatureGroup(
        "asking",
        ("asking", "asks", "ends_asking", *_vocabulary("asks_others", "plea", "wh")),
        ("marks", "asks_others", "plea", "wh"),
    ),
    FeatureGroup(
        "figures",
        ("numbers", "long_numbers", "amounts", *_vocabulary("money", "time")),
        ("numbers", "money", "time"),
    ),
    FeatureGroup("source", ("links", *_vocabulary("pointer")), ("links", "pointer")),
    FeatureGroup(
        "place",
        ("names", *_vocabulary("place", "proper", "law", "policy")),
        ("names", "place", "proper", "law", "policy"),
    ),
    FeatureGroup("experience", ("deed", "deeds", *_vocabulary("witness", "outcome")), ("deed", "witness", "outcome")),
    FeatureGroup("self", (*_vocabulary("first", "profile"), "opens_person"), ("profile", "first")),
    FeatureGroup(
        "advice", _vocabulary("advice", "second", "need", "possible", "demand"), ("advice", "need", "possible")
    ),
    FeatureGroup(
        "reason",
        _vocabulary("reason", "contrast", "example", "compare"),
        ("reason", "contrast", "example", "compare"),
    ),
    FeatureGroup("negation", _vocabulary("negation"), ("negation",)),
    FeatureGroup("abstract", ("general", *_vocabulary("abstract")), ("abstract",)),
    FeatureGroup(
        "chatter",
        (
            *_vocabulary(
                "thanks", "laughter", "wish", "greeting", "sarcasm", "thread", "me_too", "insult",
            ),
            "opens_greeting",
        ),
        ("thread", "thanks", "laughter", "me_too", "wish", "greeting", "sarcasm", "insult"),
    ),
    FeatureGroup("unsure", _vocabulary("hedge", "unknowing"), ("unknowing", "hedge")),
    FeatureGroup("stand", (*_vocabulary("affirm", "opinion", "states"), "opens_affirming"), ("affirm", "opinion")),
    FeatureGroup("others", _vocabulary("third", "people"), ("people", "third")),
    FeatureGroup("sale", _vocabulary("sale"), ("sale",)),
    FeatureGroup(
        "topic",
        (
            "shared", "shared_long", "shared_of_question", "shared_of_reply", "shared_of_title", "shared_pairs",
            "options",
        ),
        ("topic",),
    ),
    FeatureGroup("asked", tuple(f"asks_{kind}" for kind in WANTED)),
    FeatureGroup("wanted", tuple(f"fits_{kind}" for kind in WANTED)),
    FeatureGroup(WORDING, (WORDING,)),
)  # fmt: skip
GROUP_OF = {feature: group.name for group in GROUPS for feature in group.features}
PLAIN = frozenset(
    (
        "size", "size_2", "few_words", "new", "distinct", "asking", "asks", "ends_asking", "shouts", "runs", "ellipses",
        "numbers", "amounts", "links", "shared", "shared_of_question", "options",
    )
)  # fmt: skip
"""Features that judge any language."""
