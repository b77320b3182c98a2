"""A whole pullquote on X: what it posts, what it pays, what it forgets, and what it says about it."""

import json
from collections import Counter
from datetime import timedelta

from adapters.contract.sending import Reference
from bot import desk
from bot.delivery.digests import digest_question
from bot.replies.close import freshen
from bot.replies.reread import refresh_replies
from storage.models import Author
from storage.states import AccountState, PostState
from tests.running import ANSWERS

ADA = ANSWERS["ada"]


async def root_of(bot, slug=None):
    rows = await bot.rows_of()
    part = [part for part in rows.parts if part.position == 0][-1]
    return Reference(part.remote_id, part.link)


def units(network, asker):
    return Counter(charge.unit for charge in network.ledger(asker))


async def test_a_weeks_poll_is_asked_collected_and_quoted_with_names(network, asker, open_x_bot, ada, grace):
    bot = await open_x_bot({"links": {"options": ("Yes", "No"), "text": "Do you still disavow links?"}})
    await bot.tick(minutes=1)
    root = await root_of(bot)
    network.reply(ada, root, f"No. {ANSWERS['grace']}")
    network.reply(grace, root, ANSWERS["alan"])
    network.vote(ada, root, 1)
    await bot.tick(minutes=5)
    assert {author.handle for author in await bot.rows(Author)} == {""}
    await bot.tick(days=2)
    await bot.tick(minutes=5)
    (digest,) = (bot.folder / "digests").glob("**/*.json")
    told = json.loads(digest.read_text(encoding="utf-8"))
    (question,) = told["questions"]
    assert {quote["author"]["handle"] for quote in question["quotes"]} == {ada.handle, grace.handle}
    assert not any(quote["abridged"] for quote in question["quotes"])
    assert [option["votes"] for option in question["votes"][0]["votes"]] == [0, 1]
    stances = [quote["stance"] for quote in question["quotes"] if quote["stance"]]
    assert {stance["basis"] for stance in stances} <= {"stated"}
    (cost,) = told["costs"]
    assert cost["new_replies"] == 2
    billed = sum(charge.usd for charge in network.ledger(asker))
    assert abs(cost["dollars"] - billed) < 1e-9


async def test_only_who_is_quoted_is_paid_for(network, asker, open_x_bot):
    bot = await open_x_bot({"stop": {}})
    await bot.tick(minutes=1)
    root = await root_of(bot)
    people = [network.add_person(f"p{number}") for number in range(25)]
    network.reply_often(root, [(who, f"{ADA} It was {n + 3} sites of ours.") for n, who in enumerate(people)])
    await bot.tick(minutes=5)
    await bot.tick(days=2)
    await bot.tick(minutes=5)
    spent = units(network, asker)
    assert 0 < spent["user_read"] <= 11  # ten quotes, and who we are
    assert spent["post_read"] <= 10


async def test_a_notice_and_a_weekly_question_are_told_apart_by_their_date(network, asker, open_x_bot):
    long = "What did you stop doing this year, and what happened then? " * 4
    bot = await open_x_bot({
        "one": {"text": long, "at": None, "cron": "1 8 * * 1", "closes_after": "1d"},
        "two": {"text": f"{long}Really?", "at": "2026-11-16T08:02"},
    })  # fmt: skip
    for later in ({"minutes": 1}, {"minutes": 1}, {"days": 7}):
        await bot.tick(**later)
    said = network.standing(asker)
    assert len(said) == len(set(said)) == 6
    assert [text.count("16 Nov 2026") for text in said] == [0, 0, 0, 1, 0, 0]
    assert [text.count("23 Nov 2026") for text in said] == [0, 0, 0, 0, 1, 1]
    assert {post.state for post in (await bot.rows_of()).posts} <= {PostState.PUBLISHED, PostState.CLOSED}


async def test_a_lost_answer_is_adopted_and_nothing_is_posted_twice(network, asker, open_x_bot):
    bot = await open_x_bot({"stop": {}})
    network.behave(timeline_lag=300)
    network.fail("create", after_effect=True)
    await bot.tick(minutes=1)
    assert await bot.states() == ["uncertain"]
    for _ in range(30):
        await bot.tick(minutes=1)
    assert await bot.states() == ["published"]
    assert len(network.standing(asker)) == 1


async def test_what_never_arrived_is_sent_once_more_after_the_patience(network, asker, open_x_bot):
    bot = await open_x_bot({"stop": {}})
    network.fail("create")
    await bot.tick(minutes=1)
    for _ in range(14):
        await bot.tick(minutes=1)
        assert network.standing(asker) == []
    for _ in range(5):
        await bot.tick(minutes=1)
    assert await bot.states() == ["published"]
    assert len(network.standing(asker)) == 1


async def test_no_credits_pause_the_account_and_say_so(network, open_x_bot, ada):
    bot = await open_x_bot({"stop": {}})
    await bot.tick(minutes=1)
    network.reply(ada, await root_of(bot), ADA)
    network.fail("mentions", status=402, times=4)
    for _ in range(4):
        await bot.tick(minutes=15)
    account = await bot.account("x")
    assert account.state is AccountState.UNAUTHORIZED
    assert "out of credits" in account.state_reason
    assert [kind for kind, _ in await bot.events()] == ["unauthorized"]
    await bot.tick(hours=1)
    assert not (await bot.rows_of()).replies
    await desk.resume_all(bot.context, "config", "ada")
    await bot.tick(minutes=5)
    assert len((await bot.rows_of()).replies) == 1


async def test_a_limit_is_waited_for_over_a_restart(network, asker, open_x_bot):
    bot = await open_x_bot({"stop": {}})
    await bot.tick(minutes=1)
    network.fail("mentions", status=429, reset_at=bot.clock() + timedelta(minutes=20))
    await bot.tick(minutes=5)
    before = len(network.calls(asker))
    await bot.close()
    await bot.open()
    await bot.tick(minutes=5)
    assert len(network.calls(asker)) == before
    await bot.tick(minutes=11)
    assert len(network.calls(asker)) > before


async def test_over_budget_reading_waits_for_the_next_day_and_posting_goes_on(network, asker, open_x_bot, ada):
    bot = await open_x_bot(
        {"one": {}, "two": {"at": "2026-11-16T10:00"}}, settings={"daily_ceiling": 0.025, "post_reserve": 1.0}
    )
    await bot.tick(minutes=1)
    root = await root_of(bot)
    for number in range(4):
        network.reply(ada, root, f"{ADA} Number {number}, at number {number * 7} of the list.")
        await bot.tick(minutes=60)
    told = [message for kind, message in await bot.events() if kind == "over_budget"]
    assert len(told) == 1
    assert "x collects no more for now: over budget" in told[0]
    reads = sum(charge.usd for charge in network.ledger(asker) if not charge.unit.startswith("post_create"))
    assert reads <= 0.025
    assert await bot.states() == ["published", "published"]
    stored = len((await bot.rows_of()).replies)
    assert stored < 4
    await bot.tick(hours=13)
    assert len((await bot.rows_of()).replies) == 4


async def test_our_ledger_says_what_x_bills(network, asker, open_x_bot, ada, grace):
    bot = await open_x_bot({"one": {}, "two": {"options": ("Yes", "No")}})
    await bot.tick(minutes=1)
    root = await root_of(bot)
    for hour in range(30):
        network.reply(ada if hour % 2 else grace, root, f"{ADA} In the {hour}th hour of it.")
        await bot.tick(hours=1)
    await bot.tick(days=2)
    await bot.tick(minutes=5)
    rows = (await bot.rows_of()).spendings
    counted = Counter({(row.day, row.unit): row.amount for row in rows if row.amount})
    billed = Counter((charge.at.date().isoformat(), charge.unit) for charge in network.ledger(asker))
    assert counted == billed
    assert sum(row.micros for row in rows) == round(sum(charge.usd for charge in network.ledger(asker)) * 1_000_000)
    (spend,) = await desk.read_spending(bot.context)
    assert (spend.month, spend.replies) == (sum(row.micros for row in rows), 30)


async def test_a_name_that_was_read_stays_though_mentions_have_none(network, open_x_bot, ada):
    bot = await open_x_bot({"stop": {}})
    await bot.tick(minutes=1)
    root = await root_of(bot)
    network.reply(ada, root, ADA)
    await bot.tick(minutes=5)
    await refresh_replies(bot.context, [1])
    network.reply(ada, root, "And one thing more: we never looked back at any of it.")
    await bot.tick(minutes=5)
    assert [author.handle for author in await bot.rows(Author)] == [ada.handle]
    assert len((await bot.rows_of()).replies) == 2


async def test_stop_is_heard_and_nobody_is_answered(network, asker, open_x_bot, ada, grace):
    bot = await open_x_bot({"stop": {}})
    await bot.tick(minutes=1)
    root = await root_of(bot)
    network.reply(ada, root, ADA)
    network.reply(ada, root, "stop")
    network.reply(grace, root, f"{ANSWERS['grace']} No quote.")
    await bot.tick(minutes=5)
    await bot.tick(days=2)
    await bot.tick(minutes=5)
    (digest,) = (bot.folder / "digests").glob("**/*.json")
    (question,) = json.loads(digest.read_text(encoding="utf-8"))["questions"]
    assert question["quotes"] == []
    assert len(network.standing(asker)) == 1


async def test_what_is_gone_by_the_close_is_not_quoted_and_the_next_one_moves_up(network, open_x_bot, ada, grace, alan):
    bot = await open_x_bot({"stop": {}})
    await bot.tick(minutes=1)
    root = await root_of(bot)
    gone = network.reply(ada, root, ADA)
    network.reply(grace, root, ANSWERS["grace"])
    network.reply(alan, root, ANSWERS["alan"])
    await bot.tick(minutes=5)
    network.delete(gone)
    network.protect(grace)
    await bot.tick(days=2)
    await bot.tick(minutes=5)
    (digest,) = (bot.folder / "digests").glob("**/*.json")
    (question,) = json.loads(digest.read_text(encoding="utf-8"))["questions"]
    assert [quote["author"]["handle"] for quote in question["quotes"]] == [alan.handle]


async def test_unquoted_texts_are_purged_thirty_days_after_the_close(network, open_x_bot, ada, grace):
    bot = await open_x_bot({"stop": {}}, retention=timedelta(days=180))
    await bot.tick(minutes=1)
    root = await root_of(bot)
    network.reply(ada, root, ADA)
    network.reply(grace, root, "+1")
    await bot.tick(minutes=5)
    await bot.tick(days=2)
    await bot.tick(days=29)
    assert all(revision.text for revision in (await bot.rows_of()).revisions)
    await bot.tick(days=2)
    assert {revision.text for revision in (await bot.rows_of()).revisions} == {ADA, None}
    found = await desk.read_status(bot.context, "config")
    assert found.retentions == (("x", 30),)


async def test_a_digest_that_is_made_again_has_no_new_revision_for_what_it_cost(network, open_x_bot, ada):
    bot = await open_x_bot({"stop": {}})
    await bot.tick(minutes=1)
    network.reply(ada, await root_of(bot), ADA)
    await bot.tick(minutes=5)
    (first,) = await digest_question(bot.context, 1, final=False)
    await bot.tick(hours=9)
    (second,) = await digest_question(bot.context, 1, final=False)
    assert first.id == second.id


async def test_what_could_not_be_read_again_is_not_quoted_until_it_can(network, open_x_bot, ada):
    bot = await open_x_bot({"stop": {}})
    await bot.tick(minutes=1)
    network.reply(ada, await root_of(bot), ADA)
    await bot.tick(minutes=5)
    network.fail("posts", status=503, times=2)
    await bot.tick(days=2)
    await bot.tick(minutes=5)
    (digest,) = (bot.folder / "digests").glob("**/*.json")
    (question,) = json.loads(digest.read_text(encoding="utf-8"))["questions"]
    assert (question["quotes"], question["not_quoted"]) == (
        [],
        [{"reason": "unreached", "count": 1, "links": [], "replies": []}],
    )
    network.mend()
    await freshen(bot.context, 1)
    await digest_question(bot.context, 1, final=True)
    (question,) = json.loads(digest.read_text(encoding="utf-8"))["questions"]
    assert [quote["author"]["handle"] for quote in question["quotes"]] == [ada.handle]
