"""Which answers are quoted: the best ones, and no two that say the same."""

import random
import time
from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.digest.selection.variety import (
    ALIKE,
    LOOKED_AT,
    Entrant,
    find_likeness,
    list_stems,
    make_vector,
    pick,
    weigh_stems,
)

WORDS = [
    "flags",
    "rollback",
    "deploy",
    "hospital",
    "nurse",
    "pager",
    "april",
    "budget",
    "kernel",
    "garden",
    "harbour",
    "violin",
    "sugar",
    "copper",
]


def enter(number, words, score=0.5, *, side=None, is_kept=False):
    """An answer; earlier numbers were written earlier."""
    return Entrant((not is_kept, -score, number), score, is_kept, side, words)


def pick_words(entrants, most=10):
    return [entrants[place].words for place in pick(entrants, most).chosen]


def list_alike(entrants, chosen):
    """The pairs of the chosen that say the same, by the likeness among all that is looked at."""
    looked_at = sorted(entrants, key=lambda entrant: entrant.rank)
    stems = [Counter(list_stems(each.words)) for each in looked_at]
    weights = weigh_stems(stems)
    vectors = {each.rank: make_vector(found, weights) for each, found in zip(looked_at, stems, strict=True)}
    return [
        (one.words, other.words)
        for number, one in enumerate(chosen)
        for other in chosen[:number]
        if find_likeness(vectors[one.rank], vectors[other.rank]) > ALIKE
    ]


texts = st.lists(st.sampled_from(WORDS), max_size=9).map(" ".join)
answers = st.lists(st.tuples(texts, st.integers(0, 20), st.booleans()), max_size=40).map(
    lambda rows: [enter(number, text, score / 20, is_kept=kept) for number, (text, score, kept) in enumerate(rows)]
)


# ---------------------------------------------------------------- what holds for whatever people write


@settings(max_examples=200, deadline=None)
@given(answers, st.randoms(use_true_random=False))
def test_the_same_answers_in_any_order_give_the_same_ten(entrants, dice):
    shuffled = dice.sample(entrants, len(entrants))
    picked, again = pick(entrants, 10), pick(shuffled, 10)
    assert [entrants[place] for place in picked.chosen] == [shuffled[place] for place in again.chosen]
    assert [(entrants[one], entrants[other]) for one, other in picked.repeats.items()] == [
        (shuffled[one], shuffled[other]) for one, other in again.repeats.items()
    ]


@settings(max_examples=200, deadline=None)
@given(answers)
def test_no_two_of_the_ten_say_the_same(entrants):
    chosen = [entrants[place] for place in pick(entrants, 10).chosen]
    assert len(chosen) <= 10
    assert list_alike(entrants, chosen) == []


@settings(max_examples=200, deadline=None)
@given(answers)
def test_who_is_left_out_while_there_is_room_says_what_a_chosen_one_says(entrants):
    picked = pick(entrants, 10)
    assert set(picked.chosen).isdisjoint(picked.repeats)
    assert set(picked.repeats.values()) <= set(picked.chosen)
    if len(picked.chosen) < 10:
        assert len(picked.repeats) == min(10, len(entrants) - len(picked.chosen))


@settings(max_examples=100, deadline=None)
@given(answers)
def test_the_best_answer_is_always_among_them(entrants):
    if entrants:
        best = min(range(len(entrants)), key=lambda place: entrants[place].rank)
        assert pick(entrants, 10).chosen[0] == best


# ---------------------------------------------------------------- difference


def test_of_two_that_say_the_same_the_better_stands_and_the_other_says_which():
    entrants = [
        enter(0, "We put every deploy behind flags, and a rollback takes nine seconds.", 0.7),
        enter(1, "We put each deploy behind flags and rollback takes seconds!", 0.9),
        enter(2, "Postmortems that blame nobody.", 0.6),
    ]
    picked = pick(entrants, 10)
    assert picked.chosen == (1, 2)
    assert picked.repeats == {0: 1}


def test_of_equals_the_earlier_stands():
    picked = pick([enter(1, "flags"), enter(0, "flags")], 10)
    assert (picked.chosen, picked.repeats) == ((1,), {0: 1})


def test_where_all_fit_the_difference_decides_who_gets_the_last_place():
    entrants = [
        enter(0, "garden harbour violin sugar", 0.9),
        enter(1, "garden harbour copper kernel budget", 0.85),
        enter(2, "nurse pager april hospital", 0.8),
        enter(3, "deploy", 0.1),
    ]
    assert pick_words(entrants, 2) == ["garden harbour violin sugar", "nurse pager april hospital"]


def test_an_editors_keep_comes_before_whatever_is_different():
    entrants = [enter(0, "flags rollback", 0.9), enter(1, "flags deploy pager", 0.2, is_kept=True)]
    assert pick_words(entrants, 1) == ["flags deploy pager"]


def test_an_editor_swaps_by_keeping_what_was_left_out():
    alike = [enter(0, "flags rollback deploy", 0.9), enter(1, "flags rollback deploy", 0.2)]
    kept = [alike[0], enter(1, "flags rollback deploy", 0.2, is_kept=True)]
    assert (pick(alike, 10).chosen, pick(kept, 10).chosen) == ((0,), (1,))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Unsere Wärmepumpen liefen den ganzen Winter.", "Die Wärmepumpe lief den ganzen Winter!"),
        ("去年冬天热泵一直运行得很好", "去年冬天我家热泵一直运行得很好"),
        ("Nuestras bombas de calor funcionaron todo el invierno", "La bomba de calor funcionó todo el invierno"),
    ],
)
def test_two_that_say_the_same_in_any_language_are_found(one, other):
    others = ["harbour violin", "sugar copper garden", "nurse pager"]
    entrants = [enter(number, text) for number, text in enumerate([one, other, *others])]
    assert pick(entrants, 10).repeats == {1: 0}


# ---------------------------------------------------------------- sides and conditions


def test_of_each_side_there_is_one_however_low_it_ranks():
    entrants = [enter(number, f"{WORDS[number % 14]} {number} north", 0.9, side=0) for number in range(30)]
    entrants.append(enter(30, "violin against", 0.1, side=1))
    assert 30 in pick(entrants, 10).chosen


def test_a_side_stands_even_where_it_has_the_words_of_another():
    picked = pick([enter(0, "I would ban it", 0.9, side=0), enter(1, "would I ban it", 0.4, side=1)], 10)
    assert picked.chosen == (0, 1)


def test_a_condition_that_nobody_else_states_takes_the_last_place():
    entrants = [enter(number, f"{WORDS[number]} {number}", 0.9 - number / 100) for number in range(12)]
    entrants.append(enter(12, "Banning is right, unless the ferry runs at night.", 0.2))
    chosen = pick(entrants, 10).chosen
    assert 12 in chosen
    assert len(chosen) == 10
    assert chosen[0] == 0


def test_a_condition_that_others_state_too_takes_nobodys_place():
    entrants = [enter(number, f"{WORDS[number]} {number}", 0.9 - number / 100) for number in range(12)]
    entrants += [enter(12 + number, "Right, unless the ferry runs at night.", 0.2) for number in range(2)]
    assert pick(entrants, 10).repeats == {}
    assert max(pick(entrants, 10).chosen) < 12


# ---------------------------------------------------------------- what it costs


def test_picking_from_sixty_takes_milliseconds():
    dice = random.Random(7)
    entrants = [
        enter(number, " ".join(dice.choices([f"{word}{n}" for word in WORDS for n in range(40)], k=35)), dice.random())
        for number in range(LOOKED_AT)
    ]
    took = []
    for _ in range(5):
        begins = time.process_time()
        pick(entrants, 10)
        took.append(time.process_time() - begins)
    assert sorted(took)[2] < 0.05  # 7 ms on one core of 2026; a slow machine shares it
