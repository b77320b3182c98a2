"""What wakes a monitor: what fails now, or failed within a day."""

from bot import desk
from storage.models import Account
from storage.states import CONFIG_WORKSPACE, AccountState


async def problems(bot):
    return list(desk.list_problems(await desk.read_status(bot.context, CONFIG_WORKSPACE)))


async def test_a_bot_at_work_has_none(bot):
    await bot.tick()
    assert await problems(bot) == []


async def test_a_login_that_waits_for_a_person_is_one(bot):
    await bot.tick()
    async with bot.context.store.write() as session:
        account = await session.get_one(Account, 1)
        account.state, account.state_reason = AccountState.UNAUTHORIZED, "the password was changed"
    assert await problems(bot) == ["square waits for you: the password was changed"]


async def test_a_post_that_did_not_go_out_is_one_for_a_day(bot):
    bot.fail("publish", status=400)
    await bot.tick()
    assert len(await problems(bot)) == 1
    await bot.tick(hours=25)
    assert await problems(bot) == []
