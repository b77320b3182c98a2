"""Judged as it comes, in any order and any parts, a thread is judged as in one batch, to the last bit."""

import random
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.filter import JudgedQuestion, wordings
from bot.filter.values import FilterSettings, ThreadMoved, Wording
from bot.filter.wordings import ThreadJob, judge_wordings

QUESTION = JudgedQuestion("What did you give up, and what came of it?", ("the tool", "the report"))
NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
WORDS = """
    we stopped sending quarterly reports because nobody opened them and our managers complained about spreadsheets
    until somebody measured how many customers answered surveys after holidays without promised discounts while support
    engineers rewrote documentation twice during winter although everything already worked better than expected before
""".split()  # noqa: SIM905  # a list of forty words is no easier to read
INTRODUCTION = "I am a baker from {} with over {} years of experience in the trade. "
CLAIM = " We {} our newsletter budget by {} percent."
SIGNED = " I work at {}."
SHORT = ("We use Plausible.", "Titles", "Great question!")


class Store:
    """A thread as the store keeps it: wordings, outlines, and the last verdict of each reply."""

    def __init__(self):
        self.wordings, self.outlines, self.verdicts = {}, {}, {}

    def write(self, wording):
        self.remove(wording.reply_id)
        self.wordings[wording.reply_id] = wording

    def remove(self, reply_id):
        """With what was made of the words, as the store does: see `drop_outlines`."""
        author = self.wordings[reply_id].author_id if reply_id in self.wordings else None
        self.wordings.pop(reply_id, None)
        self.verdicts.pop(reply_id, None)
        for each in [reply_id, *(id_ for id_, wording in self.wordings.items() if wording.author_id == author)]:
            self.outlines.pop(each, None)

    def judge(self, dice=None, stop=False):
        """Answers of how many replies words were read."""
        unjudged = [id_ for id_ in self.wordings if id_ not in self.outlines]
        if dice:
            unjudged = dice.sample(unjudged, min(len(unjudged), dice.randint(1, 12)))
        job = ThreadJob(QUESTION, FilterSettings())
        job.new = self.written_by(unjudged)
        job.outlines = dict(self.outlines)
        read = len(job.new)
        for needed in job.plan():
            job.words = [each for each in self.written_by(needed) if each.reply_id in self.outlines]
            read += len(job.words)
            judged = job.judge()
            if stop:
                cut = [number for number, each in enumerate(judged) if each.outline]
                judged = judged[: dice.choice(cut)] if cut else []
            for each in judged:
                self.outlines[each.reply_id] = each.outline
                self.verdicts[each.reply_id] = each
            if stop:
                break
        return read

    def written_by(self, reply_ids):
        authors = {self.wordings[id_].author_id for id_ in reply_ids}
        return [each for each in self.wordings.values() if each.author_id in authors]

    def settle(self):
        while any(id_ not in self.outlines for id_ in self.wordings):
            self.judge()
        self.judge()

    def read(self):
        return {id_: replace(each, outline=b"") for id_, each in self.verdicts.items()}


def judge_at_once(wordings):
    return {each.reply_id: replace(each, outline=b"") for each in judge_wordings(QUESTION, wordings)}


def make_text(dice, said):
    """Its own words; or those of somebody before, the same, nearly, with other numbers, or only a part."""
    kind = dice.random()
    if kind < 0.1:
        return dice.choice(SHORT)
    if kind < 0.3 and said:
        return dice.choice(said)
    if kind < 0.6 and said:
        words = dice.choice(said).split()
        for place in dice.sample(range(len(words)), max(1, len(words) // dice.choice((4, 12)))):
            words[place] = dice.choice((*WORDS, "2012", "not"))
        return " ".join(words)
    text = " ".join(dice.choices(WORDS, k=dice.randint(8, 40)))
    if dice.random() < 0.3:
        text += "." + CLAIM.format(dice.choice(("cut", "did not cut")), dice.choice((3, 30)))
    if dice.random() < 0.3:
        text += "." + SIGNED.format(dice.choice(("Acme Studios", "Northwind", "Initech")))
    if kind > 0.85:
        city, year = dice.choice(("Oslo", "Rome")), dice.randint(1990, 2020)
        text = f"I moved our whole team from Berlin to {city} in {year} and we never looked back since then. {text}"
    return INTRODUCTION.format(dice.choice(("Kiel", "Bonn")), dice.randint(2, 30)) + text if kind > 0.75 else text


def make_thread(dice, count):
    said, thread = [], []
    for number in range(1, count + 1):
        said.append(make_text(dice, said))
        author = dice.randint(1, count // 2)
        mine = [each for each in thread if each.author_id == author]
        parent = dice.choice(mine).remote_id if mine and dice.random() < 0.3 else "root"
        at = NOON + timedelta(minutes=dice.randint(0, count))
        thread.append(Wording(number, "sandbox", f"r{number}", parent, author, at, said[-1], reply_id=number))
    return thread


@pytest.mark.parametrize("seed", range(12))
def test_any_split_and_order_gives_one_batchs_judgements(seed):
    dice = random.Random(seed)
    thread = make_thread(dice, dice.choice((5, 30, 60)))
    store = Store()
    arriving = dice.sample(thread, len(thread))
    while arriving:
        for _ in range(min(len(arriving), dice.randint(1, 15))):
            store.write(arriving.pop())
        store.judge()
    assert store.read() == judge_at_once(thread)


@pytest.mark.parametrize("seed", range(6))
def test_so_do_slices_of_a_batch(seed, monkeypatch):
    dice = random.Random(seed)
    thread = make_thread(dice, 60)
    expected = judge_at_once(thread)
    monkeypatch.setattr(wordings, "AT_ONCE", dice.choice((1, 4, 9)))
    assert judge_at_once(thread) == expected
    store = Store()
    for start in (0, 40):
        for wording in thread[start : start + 40]:
            store.write(wording)
        store.judge()
    assert store.read() == expected


@pytest.mark.parametrize("seed", range(12))
def test_so_do_edits_deletions_and_stops(seed):
    dice = random.Random(seed)
    thread = make_thread(dice, 40)
    store = Store()
    for wording in dice.sample(thread, len(thread)):
        store.write(wording)
        if dice.random() < 0.4:
            store.judge(dice, stop=dice.random() < 0.5)
        if dice.random() < 0.2:
            edited = dice.choice(list(store.wordings.values()))
            text = make_text(dice, [each.text for each in thread])
            store.write(replace(edited, revision_id=edited.revision_id + 1_000, text=text))
        if dice.random() < 0.15:
            store.remove(dice.choice(list(store.wordings)))
    store.settle()
    assert store.read() == judge_at_once(store.wordings.values())
    sought = {"copy_of_reply", "alike", "sender_group"}  # and most seeds bring a contradiction
    assert {rule for each in store.verdicts.values() for rule in sought if rule in each.reasons} == sought


def test_of_what_nobody_is_like_no_word_is_read_again():
    dice = random.Random(3)
    store = Store()
    for number in range(1, 60):
        words = ["".join(dice.choices("abcdefghijklmnopqrstuvwxyz", k=8)) for _ in range(20)]
        store.write(Wording(number, "sandbox", f"r{number}", "root", number, NOON, " ".join(words), reply_id=number))
        assert store.judge() == 1
    assert store.judge() == 0


def test_words_that_do_not_fit_what_was_judged_are_told():
    store = Store()
    text = " ".join(WORDS)
    for number in (1, 2):
        store.write(Wording(number, "sandbox", f"r{number}", "root", number, NOON, text, reply_id=number))
        if number == 1:
            store.judge()
            store.wordings[1] = replace(store.wordings[1], text=f"{text} and more")
    with pytest.raises(ThreadMoved):
        store.judge()
