"""People who answer on the loopback X: when, to what, and in which words. Drawn from a seed."""

import random
from dataclasses import dataclass
from datetime import datetime, timedelta

from adapters.contract.sending import Reference
from bench.x_scenarios import Scenario
from tests.servers.x.network import Network, Person

NESTED = 0.3
"""Answer another answer."""
NAMELESS = 0.02
"""Take the asker's handle out of their answer: no mention then, and mostly not counted either."""

THINGS = ("guest posts", "the Friday newsletter", "paid links", "keyword tables", "our glossary", "old landing pages")
REASONS = (
    "nobody read them",
    "they cost us two days a month",
    "the traffic stayed flat",
    "our editor left",
    "it bored us",
)
RESULTS = ("Sign-ups rose by", "Sales fell by", "Our costs went down by", "Visits grew by", "Complaints dropped by")
LAZY = (
    "Great question!",
    "Following.",
    "It depends.",
    "This!",
    "So true",
    "Same here",
    "+1",
    "Interesting",
    "lol",
    "👀",
)


@dataclass(frozen=True, slots=True)
class Answer:
    """at: when it is written. post: the number of the question. nameless: without the asker's handle."""

    at: datetime
    post: int
    author: int
    text: str
    nested: bool
    nameless: bool


def plan_answers(dice: random.Random, scenario: Scenario, start: datetime) -> list[Answer]:
    """In order of time, half of them in the first sixth of each day."""
    days, count = scenario.over // timedelta(days=1), scenario.replies
    worth = set(dice.sample(range(count), round(count * scenario.worth)))
    moments = sorted(start + timedelta(days=dice.randrange(days), hours=_draw_hour(dice)) for _ in range(count))
    return [
        Answer(
            at=at,
            post=dice.randrange(scenario.posts),
            author=dice.randrange(max(1, count * 2 // 3)),
            text=_write(dice, number, says_something=number in worth),
            nested=dice.random() < NESTED,
            nameless=dice.random() < NAMELESS,
        )
        for number, at in enumerate(moments)
    ]


def _draw_hour(dice: random.Random) -> float:
    return dice.uniform(0, 4) if dice.random() < 0.5 else dice.uniform(4, 22)


def _write(dice: random.Random, number: int, *, says_something: bool) -> str:
    if not says_something:
        return dice.choice(LAZY)
    thing, reason, result = dice.choice(THINGS), dice.choice(REASONS), dice.choice(RESULTS)
    year, months, percent = dice.randint(2012, 2026), dice.randint(2, 30), dice.randint(3, 70)
    return (
        f"We gave up {thing} in {year} because {reason}, after {number + 40} of them. "
        f"{result} {percent}% within {months} months, and I would do it again."
    )


class Crowd:
    """Writes what is due."""

    def __init__(self, network: Network, asker: Person, dice: random.Random, answers: list[Answer]) -> None:
        self._network = network
        self._asker = asker
        self._dice = dice
        self._waiting = answers
        self._people: dict[int, Person] = {}
        self._written: dict[int, list[Reference]] = {}

    def write(self, until: datetime, roots: list[Reference]) -> None:
        """Everything up to a moment, in its order, below the posts that stand."""
        while self._waiting and self._waiting[0].at <= until:
            answer = self._waiting.pop(0)
            before = self._written.setdefault(answer.post, [])
            to = self._dice.choice(before) if answer.nested and before else roots[answer.post]
            without = [self._asker] if answer.nameless else []
            before.append(self._network.reply(self._find(answer.author), to, answer.text, without=without))

    def _find(self, number: int) -> Person:
        if number not in self._people:
            self._people[number] = self._network.add_person("person")
        return self._people[number]
