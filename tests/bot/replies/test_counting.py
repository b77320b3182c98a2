"""What is counted when something changes is what reading everything would find, whatever was done in whatever order."""

import random
import re
from collections import Counter
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select, text

from bot.digest.selection.block import list_answers
from bot.digest.selection.gather import gather_material, gather_rounds
from bot.digest.selection.select import find_barriers, form_answers, sort_answers
from bot.filter import RULES_HASH
from bot.quotes import SAID_IN_REPLY, Edition, permission
from bot.replies.counting import BATCH, DECIDING, count_anew
from bot.replies.outcomes import find_wait, is_ranked_out, list_outcomes
from storage.erasing.people import erase_author
from storage.models import (
    AnswerCount,
    Author,
    ChosenPassage,
    Consent,
    CountedReply,
    CreditGiven,
    Post,
    PostPart,
    Reply,
    Revision,
    Target,
    Uncounted,
    Verdict,
)
from storage.questions.questions import record_question
from storage.replies.current import load_current_replies, load_current_verdicts, load_ledgers
from storage.replies.ingest import upsert_replies
from storage.replies.replies import empty_replies
from storage.replies.storable import AuthorRow, ReplyRow
from storage.states import ConsentState, Origin, PartState, PostState, ReplyState, Source, VerdictValue

TEXTS = (
    "We stopped printing in 2021.",
    "No quote, please.",
    "It depends, but do not name me.",
    "Nobody read the reports, says a0.",
    "Maybe don't use my words?",
)
CONTENT = {"text": "Q", "accounts": ["square"], "closes_after": "3d"}


@pytest.fixture
async def crowd(open_bot):
    """Two questions that are open, one of them asked anew each week."""
    bot = await open_bot(accounts={"square": {}, "forum": {"consent_first": True}}, questions={})
    async with bot.context.store.write() as session:
        for number, more in enumerate(({}, {"cron": "0 9 * * 1"}), 1):
            made = await record_question(
                session, workspace="config", slug=f"q{number}", content=CONTENT | more, content_hash="h",
                source=Source.COMMAND, now=bot.clock(),
            )  # fmt: skip
            session.add(Target(question_id=made.question.id, account_id=1))
    return bot


class Acts:
    """Everything that can happen to a reply, one act at a time."""

    def __init__(self, session, dice, now):
        self.session, self.dice, self.now = session, dice, now

    async def one_of(self, table):
        found = list(await self.session.scalars(select(table).order_by(table.id)))
        return self.dice.choice(found) if found else None

    async def post(self):
        target = await self.one_of(Target)
        number = self.dice.randrange(10_000)
        due = self.now + timedelta(days=self.dice.randrange(-5, 5))
        post = Post(
            target_id=target.id, version_id=target.question_id, occurrence=f"2026-11-{number}", due_at=due,
            expires_at=due, state=PostState.PUBLISHED, adopted=self.dice.random() < 0.2, published_at=due,
        )  # fmt: skip
        self.session.add(post)
        await self.session.flush()
        part = {"post_id": post.id, "payload": {}, "state": PartState.SENT, "sent_at": due, "role": "root"}
        self.session.add(PostPart(**part, position=0, key=f"{post.id}", has_notice=self.dice.random() < 0.7))

    async def say(self):
        question_id, post = self.dice.choice([1, 2]), await self.one_of(Post)
        target = await self.session.get(Target, post.target_id) if post else None
        fits = target is not None and target.question_id == question_id and self.dice.random() < 0.9
        row = ReplyRow(
            question_id=question_id,
            platform=self.dice.choice(["sandbox", "sandbox", "forum", "import"]),
            remote_id=f"r{self.dice.randrange(60)}",
            author=AuthorRow(f"a{self.dice.randrange(8)}", handle=f"a{self.dice.randrange(3)}"),
            text=self.dice.choice(TEXTS),
            posted_at=self.now + timedelta(hours=self.dice.randrange(-50, 50)),
            origin=self.dice.choice([Origin.COLLECTED, Origin.SUBMITTED]),
            post_id=post.id if fits else None,
            parent_remote_id=self.dice.choice([None, f"r{self.dice.randrange(60)}"]),
            foreign=self.dice.choice([(), (), ((0, 2),)]),
            audience=self.dice.choice(["public", "public", "members"]),
        )
        await upsert_replies(self.session, [row], self.now)

    async def judge(self):
        """By the rules, which note what somebody wishes; or by an editor."""
        revision, editor = await self.one_of(Revision), self.dice.choice([None, None, "Mara"])
        if revision is None:
            return
        wish = {TEXTS[1]: ConsentState.REFUSED, TEXTS[2]: ConsentState.UNNAMED, TEXTS[4]: ConsentState.HELD}
        if editor is None:
            from bot.quotes import find_wish

            found = find_wish(revision.text)
            assert found is None or found in {*wish.values(), ConsentState.ASK_FIRST}
            if found:
                self.session.add(Consent(revision_id=revision.id, state=found, at=self.now, proof=SAID_IN_REPLY))
        self.session.add(
            Verdict(
                revision_id=revision.id, value=self.dice.choice([*VerdictValue]), score=self.dice.random(), reasons=[],
                rules_hash="" if editor else RULES_HASH, editor=editor, judged_at=self.now,
                quotable=self.dice.random() < 0.8,
            )
        )  # fmt: skip

    async def take_back(self):
        """Three times of four one that stands."""
        given = list(
            await self.session.scalars(select(Verdict).where(Verdict.editor.is_not(None)).order_by(Verdict.id))
        )
        if given:
            self.dice.choice(given).restored_at = self.dice.choice([None, self.now, self.now, self.now])

    async def consent(self):
        revision = await self.one_of(Revision)
        if revision:
            self.session.add(Consent(revision_id=revision.id, state=self.dice.choice([*ConsentState]), at=self.now))

    async def move(self):
        reply = await self.one_of(Reply)
        if reply and reply.state not in (ReplyState.DELETED, ReplyState.PURGED):
            reply.state = self.dice.choice([ReplyState.STANDING, ReplyState.HIDDEN, ReplyState.BLOCKED])
            reply.unknown_at = self.dice.choice([None, self.now])

    async def look_up(self):
        author = await self.one_of(Author)
        if author:
            author.do_not_quote, author.opted_out = self.dice.random() < 0.2, self.dice.random() < 0.2
            author.labels = self.dice.choice([[], ["no-quotes"]])
            author.display_name = self.dice.choice(["", "a0", "Ada"])

    async def lose_notice(self):
        part = await self.one_of(PostPart)
        if part:
            part.gone_at, part.stood_at = self.dice.choice([(None, self.now), (self.now, self.now)])
            part.position, part.has_notice = self.dice.choice([0, 1]), self.dice.random() < 0.7

    async def choose(self):
        revision, reply = await self.one_of(Revision), await self.one_of(Reply)
        if revision:
            self.session.add(ChosenPassage(revision_id=revision.id, start=0, end=2, by="Mara", at=self.now))
            self.session.add(
                CreditGiven(reply_id=reply.id, name=self.dice.choice(["a0", "Mo"]), said_by="M", at=self.now)
            )

    async def empty(self):
        reply = await self.one_of(Reply)
        if reply:
            await empty_replies(self.session, [reply.id], self.now, purged=self.dice.random() < 0.5)

    async def erase(self):
        author = await self.one_of(Author)
        if author and self.dice.random() < 0.3:
            await erase_author(self.session, author, self.now)


async def read_truth(bot, question_id):
    """By reply: (verdict, ranked out, barrier, round, outcome, waits), found by reading everything."""
    truth = {}
    async with bot.context.store.read() as session:
        replies = await load_current_replies(session, question_id)
        verdicts = await load_current_verdicts(session, question_id)
        parts = find_barriers(replies, await load_ledgers(session, replies), bot.context.capabilities)
        waits = {each.id: find_wait(each) for each in form_answers(parts, verdicts)}
        rounds = await gather_rounds(session, question_id)
        outcomes = {}
        for material in await gather_material(session, question_id, *rounds):
            name = material.round.name if material.round else ""
            found = sort_answers(list_answers(material, bot.context.capabilities), Edition.PRIVATE)
            outcomes |= {id_: (name, outcome) for id_, outcome in list_outcomes(found)}
    for part in parts:
        id_, verdict = part.reply.id, verdicts.get(part.reply.revision_id)
        truth[id_] = (
            verdict and verdict.value, is_ranked_out(verdict), str(part.barriers[Edition.PUBLIC] or ""),
            *outcomes.get(id_, (None, None)), waits.get(id_),
        )  # fmt: skip
    return truth


@pytest.mark.parametrize("seed", range(4))
async def test_counts_are_those_of_reading_everything_after_any_acts(crowd, seed):
    dice, names = random.Random(seed), [name for name in vars(Acts) if name[0] != "_" and name != "one_of"]
    for _ in range(12):
        crowd.clock.advance(hours=1)
        async with crowd.context.store.write() as session:
            acts = Acts(session, dice, crowd.clock())
            await acts.post()
            for _ in range(15):
                await getattr(acts, dice.choice([*names, "say", "say", "judge", "judge", "take_back", "lose_notice"]))()
                await session.flush()
        await count_anew(crowd.context)
        for question_id in (1, 2):
            rows = [row for row in await crowd.rows(CountedReply) if row.question_id == question_id]
            counted = {
                row.reply_id: (row.verdict, row.ranked_out, row.barrier, row.round, row.outcome, row.waits)
                for row in rows
            }
            assert counted == await read_truth(crowd, question_id)
            assert await read_sums(crowd, question_id) == Counter(map(name_kind, filter(is_first, rows)))
    assert await crowd.rows(Uncounted) == []


def is_first(row):
    return row.outcome is not None


def name_kind(row):
    return row.round, row.outcome, row.barrier != "", row.first_hand


async def read_sums(bot, question_id):
    rows = [row for row in await bot.rows(AnswerCount) if row.question_id == question_id]
    return Counter({(row.round, row.outcome, row.barred, row.first_hand): row.number for row in rows if row.number})


async def test_what_an_editor_decided_and_what_is_first_hand_is_counted(crowd):
    rules, own = [{"rule": "rank_experience", "weight": 1.0, "detail": ""}], [{"rule": "length", "weight": 1.0}]
    async with crowd.context.store.write() as session:
        await Acts(session, random.Random(1), crowd.clock()).say()
        given = {"revision_id": 1, "value": VerdictValue.KEEP, "score": 1.0, "judged_at": crowd.clock()}
        session.add_all([Verdict(**given, reasons=own), Verdict(**given, reasons=rules)])
        await session.flush()
        session.add(Verdict(**given | {"value": VerdictValue.MAYBE}, reasons=[], editor="Mara"))
    await count_anew(crowd.context)
    (row,) = await crowd.rows(CountedReply)
    assert (row.decided, row.first_hand) == (VerdictValue.MAYBE, True)


async def test_nothing_is_counted_where_nothing_changed(crowd):
    async with crowd.context.store.write() as session:
        await Acts(session, random.Random(1), crowd.clock()).say()
    await count_anew(crowd.context)
    async with crowd.context.store.write() as session:
        await session.execute(text("UPDATE counted_replies SET barrier = 'untouched'"))
    await count_anew(crowd.context)
    assert {row.barrier for row in await crowd.rows(CountedReply)} == {"untouched"}


async def test_other_rules_count_everything_anew(crowd):
    async with crowd.context.store.write() as session:
        await Acts(session, random.Random(1), crowd.clock()).say()
    await count_anew(crowd.context)
    async with crowd.context.store.write() as session:
        await session.execute(text("UPDATE counted_replies SET barrier = 'of old'"))
    crowd.context.rules_hash = "other"
    await count_anew(crowd.context)
    assert "of old" not in {row.barrier for row in await crowd.rows(CountedReply)}


async def test_counting_that_is_stopped_goes_on_where_it_stood_and_is_told_of(crowd):
    now, said = crowd.clock(), {"platform": "import", "text": "We stopped printing.", "origin": Origin.COLLECTED}
    rows = [
        ReplyRow(question_id=1, remote_id=f"r{each}", author=AuthorRow(f"a{each}"), posted_at=now, **said)
        for each in range(2 * BATCH + 1)
    ]
    async with crowd.context.store.write() as session:
        await upsert_replies(session, rows, now)
    told = []

    def stop(counted):
        told.append(counted)
        raise KeyboardInterrupt

    crowd.context.counting = stop
    with pytest.raises(KeyboardInterrupt):
        await count_anew(crowd.context)
    assert len(await crowd.rows(CountedReply)) == BATCH
    crowd.context.counting = told.append
    await count_anew(crowd.context)
    assert (len(await crowd.rows(CountedReply)), len(await crowd.rows(Uncounted))) == (len(rows), 0)
    assert told == [BATCH, BATCH, len(rows) - BATCH]


def test_all_that_permission_asks_of_a_network_is_what_counts():
    said = Path(permission.__file__).read_text(encoding="utf-8")
    assert set(re.findall(r"capabilities\.(\w+)", said)) - {"capabilities"} == set(DECIDING)
