"""What style and likeness weigh, in log-odds. Chosen on the training pitches, by the figures on the card style.md.

Style alone says little: formal writers and those who write in a second language share it with chat models. So it moves
the rank by at most STYLE_ALONE, and counts in full only as far as a reply also says what a chat model answers.
"""

import math

STYLE_ALONE = 0.2
USUAL = -0.5  # style of the usual reply, between forums and formal writing
STYLE_SPREAD = 3.0

STYLE_BACKED = 3.5  # what a style weighs at most that a decoy backs
MACHINE_LIKE = 1.2  # style from which it weighs half of that
MACHINE_SPREAD = 0.8
UNBACKED, BACKED = 0.03, 0.12  # likeness to a decoy from which style begins to count, and counts in full

DECOY = 2.0  # a likeness of 1

PHRASES_HINT = -0.05  # a hint is for people and hardly weighs
ENOUGH_PHRASES = 2
STYLE_HINT_FROM = 5.0
STYLE_HINT_WORDS = 40


def weigh_style(style: float, likeness: float) -> float:
    """The term of a style; *likeness* to a decoy is 0 where there is none."""
    backed = max(0.0, min(1.0, (likeness - UNBACKED) / (BACKED - UNBACKED)))
    machine_like = 1 / (1 + math.exp(-(style - MACHINE_LIKE) / MACHINE_SPREAD))
    return -STYLE_ALONE * math.tanh((style - USUAL) / STYLE_SPREAD) - STYLE_BACKED * backed * machine_like


def weigh_likeness(likeness: float) -> float:
    """Never above zero: being unlike a decoy earns nothing."""
    return -DECOY * max(0.0, likeness)
