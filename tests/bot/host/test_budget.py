"""Money: nothing is spent beyond a ceiling, what is due is posted from a reserve, and each thing is billed once a day."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from adapters.contract.errors import OverBudget
from adapters.contract.platform import Tariff
from bot.host.budget import find_refusal, start_of_next_day, start_of_next_month
from bot.host.host import AccountHost
from bot.words.money import show_money
from storage.accounts.accounts import record_account
from storage.accounts.spendings import Spent, count_new_replies
from storage.models import Billed, Spending
from tests.running import START, Clock

CENT = 10_000


def bill_nothing(*_):
    return {}


TARIFF = Tariff(
    as_of=date(2026, 8, 1),
    prices={"read": CENT, "post": 10 * CENT},
    posting=frozenset({"post"}),
    monthly=200 * CENT,
    daily=20 * CENT,
    reserve=50 * CENT,
    bill_draft=bill_nothing,
    bill_replies=bill_nothing,
    bill_adoption=bill_nothing,
    reaches_back=timedelta(days=7),
    describe_owner=str,
)


def spent(cents, unit="read", day=START):
    return Spent("square", day.date(), unit, 1, cents * CENT)


def refuse(unit, amount, *rows, now=START):
    return find_refusal(TARIFF, unit, amount, rows, now)


def test_reads_stop_at_the_daily_ceiling_until_the_next_day():
    assert refuse("read", 20) is None
    assert refuse("read", 1, spent(19)) is None
    refusal = refuse("read", 2, spent(19))
    assert refusal.retry_at == datetime(2026, 11, 17, tzinfo=UTC)
    assert "$0.19 of $0.20 are spent until 2026-11-17 00:00 UTC" in str(refusal)


def test_what_was_read_yesterday_does_not_count_today():
    assert refuse("read", 20, spent(20, day=START - timedelta(days=1))) is None


def test_reads_leave_the_reserve_for_posts():
    yesterday = START - timedelta(days=1)
    assert refuse("read", 1, spent(149, day=yesterday)) is None
    refusal = refuse("read", 2, spent(149, day=yesterday))
    assert refusal.retry_at == datetime(2026, 12, 1, tzinfo=UTC)


def test_what_was_posted_is_taken_from_the_reserve():
    yesterday = START - timedelta(days=1)
    rows = spent(110, day=yesterday), spent(40, "post", day=yesterday)
    # 200 a month, of which 10 are still kept for posts: 190 less 150
    assert refuse("read", 20, *rows) is None
    assert refuse("read", 1, spent(30, day=yesterday), *rows) is None
    assert refuse("read", 11, spent(30, day=yesterday), *rows) is not None


def test_posting_knows_no_daily_ceiling_but_the_monthly_one():
    assert refuse("post", 1, spent(20)) is None
    assert refuse("post", 5, spent(150)) is None
    assert refuse("post", 6, spent(150)) is not None


@given(st.lists(st.tuples(st.sampled_from(["read", "post"]), st.integers(1, 9), st.integers(0, 40)), max_size=80))
def test_no_order_of_calls_spends_more_than_a_ceiling(calls):
    now, rows = START, []
    for unit, amount, hours in calls:
        now += timedelta(hours=hours)
        rows = [row for row in rows if (row.day.year, row.day.month) == (now.year, now.month)]
        if find_refusal(TARIFF, unit, amount, rows, now) is None:
            rows.append(Spent("square", now.date(), unit, amount, TARIFF.prices[unit] * amount))
        assert sum(row.micros for row in rows) <= TARIFF.monthly
        assert sum(row.micros for row in rows if row.day == now.date() and row.unit == "read") <= TARIFF.daily


def test_days_and_months_are_utc():
    new_year = datetime(2027, 1, 1, 0, 30, tzinfo=UTC)
    assert start_of_next_month(new_year - timedelta(hours=1)) == datetime(2027, 1, 1, tzinfo=UTC)
    assert start_of_next_month(new_year) == datetime(2027, 2, 1, tzinfo=UTC)
    assert start_of_next_day(new_year) == datetime(2027, 1, 2, tzinfo=UTC)


@pytest.mark.parametrize(
    ("micros", "shown"),
    [(0, "$0.00"), (5_000_000, "$5.00"), (15_000, "$0.015"), (2_100, "$0.0021"), (215_000, "$0.215")],
)
def test_money_shows_the_digits_it_has(micros, shown):
    assert show_money(micros) == shown


@pytest.fixture
async def open_host(store, tmp_path):
    async with store.write() as session:
        account_id = (await record_account(session, "square", "sandbox")).id

    def open_host(clock, tariff=TARIFF):
        return AccountHost(
            store=store,
            account_id=account_id,
            folder=tmp_path,
            holder="one",
            now=clock,
            hinted=lambda *_: None,
            tariff=tariff,
        )

    return open_host


async def rows_of(store, table):
    async with store.read() as session:
        return list(await session.scalars(select(table).order_by(*table.__mapper__.primary_key)))


async def test_the_most_is_counted_before_a_call_and_what_it_cost_after(open_host, store):
    host = open_host(Clock())
    await host.spend("read", 10)
    assert [(row.amount, row.micros) for row in await rows_of(store, Spending)] == [(10, 10 * CENT)]
    await host.settle("read", 10, ["1", "2"])
    assert [(row.amount, row.micros) for row in await rows_of(store, Spending)] == [(2, 2 * CENT)]


async def test_the_same_thing_is_billed_once_a_day_by_whatever_process(open_host, store):
    clock = Clock()
    for read in (["1", "2"], ["2", "3"], ["3", "3"]):
        host = open_host(clock)
        await host.spend("read", 10)
        await host.settle("read", 10, read)
    clock.advance(days=1)
    host = open_host(clock)
    await host.spend("read", 10)
    await host.settle("read", 10, ["1"])
    assert [(row.day, row.amount) for row in await rows_of(store, Spending)] == [("2026-11-16", 3), ("2026-11-17", 1)]
    assert {row.day for row in await rows_of(store, Billed)} == {"2026-11-17"}


async def test_a_call_over_midnight_is_billed_on_the_day_it_was_made(open_host, store):
    clock = Clock(datetime(2026, 11, 16, 23, 59, 59, tzinfo=UTC))
    host = open_host(clock)
    await host.spend("read", 10)
    clock.advance(seconds=2)
    await host.settle("read", 10, ["1"])
    assert [(row.day, row.amount) for row in await rows_of(store, Spending)] == [("2026-11-16", 1)]


async def test_a_refusal_counts_nothing_and_holds_over_a_restart(open_host, store):
    clock = Clock()
    await open_host(clock).spend("read", 15)
    with pytest.raises(OverBudget):
        await open_host(clock).spend("read", 6)
    assert [row.amount for row in await rows_of(store, Spending)] == [15]
    clock.advance(days=1)
    await open_host(clock).spend("read", 6)


async def test_another_price_holds_for_what_is_spent_from_now_on(open_host, store):
    clock = Clock()
    await open_host(clock).spend("read", 1)
    await open_host(clock, replace(TARIFF, prices={"read": 2 * CENT})).spend("read", 1)
    assert [row.micros for row in await rows_of(store, Spending)] == [3 * CENT]


async def test_new_replies_are_counted_by_account(bot):
    await bot.tick()
    bot.reply("ada")
    await bot.tick(minutes=6)
    now = bot.clock()
    async with bot.context.store.read() as session:
        assert await count_new_replies(session, START, now + timedelta(seconds=1)) == {"square": 1}
        assert await count_new_replies(session, now + timedelta(seconds=1), now + timedelta(days=1)) == {}
