"""What each rule weighs, in log-odds: the score is the logistic function of BASE plus the weights that applied.

Chosen by hand, in steps of 0.1, looking at how often replies with the trait were good in the training halves of
SemEval-2015 and 2016 task 3 (Qatar Living) and at the UCI YouTube spam collection, and by what writers ask for:
somebody who did it and says what came of it weighs more than the data would have it. No weight is fitted.
"""

BASE = -0.8  # a reply about which nothing is known: maybe

KEEP_FROM = 0.58  # scores
ASIDE_BELOW = 0.24

WEIGHTS: dict[str, float] = {
    # says nothing
    "empty": -6.0,
    "emoji_only": -5.0,
    "plus_one": -4.0,
    "praise_only": -4.0,
    "link_only": -3.0,
    "code": -2.5,
    "question_back": -2.0,
    "vague": -0.2,
    "vague.hedge": -0.7,
    "vague.hedge_only": -1.5,
    # says it to others than the reader
    "banter": -1.0,
    "general": -1.1,
    "banter.smiley": -0.2,
    "asks": -0.9,  # before anything else
    "asks.seeking": -1.5,  # something for itself
    # sells
    "self_promotion": -3.0,  # a pitch
    "self_promotion.more": -1.2,  # each further one, and a link beside it
    "self_promotion.link": -1.5,  # a link that counts its clicks, or with a call to follow it: perhaps a source
    "self_promotion.offer": -1.0,  # to say more, elsewhere
    "self_promotion.interview": -2.0,  # the same, and the writer shall ask for it
    # says what others said
    "copy_of_reply": -4.0,  # by another author
    "copy_of_reply.own": -3.5,  # the same author again
    "copied_by_others": 0.0,  # nobody's fault: how many say the same after it
    "copy_of_question": -4.0,
    "alike_frame": -1.5,  # the same but for names and numbers, after two others or more
    "alike_frame.second": -0.5,  # after one
    "alike_frame.introduction": -1.0,  # only the sentence that says who one is, after two others or more
    "alike_words": -0.2,  # much of it in other words, or the same few words, after another
    # hint, never alone a reason to set aside
    "machine_phrasing": -0.4,
    # counts in favour of the reply
    "direct": 0.4,
    "first_hand": 0.5,
    "outcome": 0.4,
    "reason_given": 0.3,
    "advice": 0.4,
    "specifics": 0.3,  # a kind of them: number, amount, time span, name
    "on_topic": 0.9,  # at most
    "content": 1.2,  # at most
    "length": 1.6,  # at most
}
