"""What style and likeness weigh, in log-odds. Chosen on the training pitches, by the figures on the card style.md.

Style alone says little: formal writers and those who write in a second language share it with chat models. So it moves
the rank by at most STYLE_ALONE, and counts in full only as far as a reply also says what a chat model answers. The more
it does, the weaker a style is enough.
"""

import math

from bot.filter.style.weights import StyleEstimate

STYLE_ALONE = 0.2
USUAL = 0.0  # style of a text that says little of who wrote it
STYLE_SPREAD = 2.5

STYLE_BACKED = 4.0  # what a style weighs at most that a decoy backs
MACHINE_LIKE = 1.8  # style from which it weighs half of that
MACHINE_SPREAD = 0.5
LIKENESS_AS_STYLE = 20.0  # what a likeness of 1 would count beside the style
MUCH = 0.15  # likeness that counts no further there
BACKED = 0.05  # likeness to a decoy from which style counts in full
BACKED_POWER = 1.5  # less likeness backs by this power: of half of it a third

DECOY = 6.0  # a likeness of 1
MOST_LIKE = 0.3  # likeness that lowers no further: that of a decoy itself

ALIKE = 0.15  # what a sibling weighs at most that says the same the same way: with the hint, a score by .05
MOST_ALIKE = 4  # siblings that count
UNLIKE, ALIKE_FROM = 0.1, 0.25  # share of the 5-letter pieces (Jaccard) from which it begins, and weighs in full
COPIED = 0.6  # from here on it is a copy, and said to be one

HINT = -0.05  # is for people and hardly weighs
ENOUGH_PHRASES = 3  # two stand in 3 % of students' answers
STOCK = -1.5  # such phrases without a figure or a word of the author's own: nothing to quote, whoever wrote it
HINT_FROM = 2.5  # style of the newest family, half a unit above the worst register of people; see the card
HINT_WORDS = 40
HINT_ALIKE_FROM = 0.3  # of two replies that are alike: half of the machine texts, one in eight of a forum's people


def weigh_style(style: StyleEstimate, likeness: float) -> float:
    """The term of a style; *likeness* to a decoy is 0 where there is none."""
    backed = math.pow(max(0.0, min(1.0, likeness / BACKED)), BACKED_POWER)
    alone = -STYLE_ALONE * math.tanh((style.typed - USUAL) / STYLE_SPREAD)
    return alone - STYLE_BACKED * backed * find_machine_like(style.worded + LIKENESS_AS_STYLE * min(MUCH, likeness))


def find_machine_like(style: float) -> float:
    """From 0 to 1, and in the order of the styles."""
    return 1 / (1 + math.exp(min(700.0, -(style - MACHINE_LIKE) / MACHINE_SPREAD)))


def weigh_likeness(likeness: float) -> float:
    """Never above zero: being unlike a decoy earns nothing."""
    return -DECOY * max(0.0, min(MOST_LIKE, likeness))


def weigh_alike(shared: float, weaker: float) -> float:
    """What one sibling weighs: *shared* pieces from 0 to 1, and the less machine-like style of the two."""
    share = max(0.0, min(1.0, (shared - UNLIKE) / (ALIKE_FROM - UNLIKE)))
    return -ALIKE * share * find_machine_like(weaker)
