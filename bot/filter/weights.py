"""What each rule weighs, in log-odds: the score is the logistic function of BASE plus the weights that applied.

Chosen by hand, in steps of 0.1, looking at how often replies with the trait were good in the training halves of
SemEval-2015 and 2016 task 3 (Qatar Living) and at the UCI YouTube spam collection. No weight is fitted.
"""

BASE = -0.3  # a reply about which nothing is known: maybe

KEEP_FROM = 0.65  # scores
ASIDE_BELOW = 0.25

WEIGHTS: dict[str, float] = {
    # says nothing
    "empty": -6.0,
    "emoji_only": -5.0,
    "plus_one": -4.0,
    "praise_only": -4.0,
    "link_only": -3.0,
    "question_back": -2.0,
    "vague": -0.5,
    "banter": -0.6,
    # sells
    "self_promotion": -3.0,  # a pitch
    "self_promotion.link": -1.5,  # a link that counts its clicks, or with a call to follow it: perhaps a source
    # says what others said
    "copy_of_reply": -4.0,  # by another author
    "copy_of_reply.own": -2.0,  # the same author again
    "copied_by_others": -2.0,  # the first of a flood
    "copy_of_question": -3.0,
    "shared_introduction": -1.0,
    # hint, never alone a reason to set aside
    "machine_phrasing": -0.4,
    # speaks for the reply
    "first_hand": 0.8,
    "specifics": 0.4,  # a kind of them: number, time span, name
    "reason_given": 0.5,
    "on_topic": 1.0,  # at most
    "length": 1.2,  # at most
}
