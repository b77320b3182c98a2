"""A question about tomatoes, two decoys to it, and replies of people and of chat models."""

from dataclasses import replace

from bot.filter import Candidate, JudgedQuestion, Judgement, judge

DECOYS = (
    (
        "Start with soil that drains well and gets six hours of sun. Tomatoes need steady water, about an inch a week,"
        " so mulch around the stems and water at the base. Uneven watering is the most common cause of split fruit."
    ),
    (
        "Split tomatoes usually come from uneven watering. Mulch the soil, water deeply at the base twice a week, and"
        " pick the fruit as soon as it colours."
    ),
)
ASKED = JudgedQuestion("Why do my tomatoes split, and what helped you?")
WITH_DECOYS = replace(ASKED, decoys=DECOYS)
LIKE_DECOY = (
    "Tomatoes split because of uneven watering, which is the most common cause. Water deeply at the base, mulch around"
    " the stems, and pick the fruit as soon as it colours, so that the skin never has to stretch."
)
PRACTITIONER = (
    "You have to water at the base and mulch. Uneven watering is the reason, I read it and tried it: no split fruit this"
    " year, picking them when they start to colour is also good."
)
NOT_LIKE = "we sell at the market so i grow a thick skinned one, my dad got the seed in 1988 and nobody else has it!!"
PITCH = (
    "Marian Oakhurst, Head Grower at Verdant Row, says: “Split fruit is a watering problem, not a breeding problem."
    " In our trials, beds with drip lines lost 4% of their fruit, and beds watered by hand lost 31%. My advice is to"
    " keep the soil evenly moist, to mulch by June, and to pick at first colour.”"
)
ALIKE = (
    (
        "Split fruit comes down to uneven moisture: the skin hardens in a dry week, and it tears when the rain returns."
        " A thick mulch and a slow drip line keep the soil even, and picking at first colour does the rest."
    ),
    (
        "In most gardens, split fruit comes down to uneven moisture. The skin hardens in a dry week, and a sudden storm"
        " does the damage. A thick mulch keeps the soil even, a slow drip line helps, and picking at first colour is"
        " safe."
    ),
)


def judge_one(text: str, asked: JudgedQuestion = ASKED) -> Judgement:
    return judge(asked, [Candidate("r1", (text,))])[0]


def weights_of(judgement: Judgement, prefix: str) -> list[float]:
    return [reason.weight for reason in judgement.reasons if reason.rule.startswith(prefix)]


def find_hints(*candidates: Candidate) -> dict[str, dict[str, str]]:
    return {
        judged.id: {each.rule: each.detail for each in judged.reasons if each.rule.startswith("machine")}
        for judged in judge(ASKED, candidates)
    }
