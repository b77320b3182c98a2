"""What X refuses a post with, and what becomes of it."""

from adapters.contract.sending import Reference
from bot.desk import resume_all
from storage.states import CONFIG_WORKSPACE
from tests.adapters.refusals import Player, play, rows

SOON = {"grace": "3h"}


@rows("x")
async def test_a_refusal_decides_over_post_account_and_next_question(row, network, asker, open_x_bot):
    bot = await open_x_bot({"one": SOON, "two": SOON})

    async def look():
        return await bot.states(), await bot.account("x"), len(network.standing(asker))

    await play(
        row,
        Player(
            fail=lambda row, times: network.fail("create", status=row.status, body=row.body, times=times),
            mend=network.mend,
            tick=lambda minutes: bot.tick(minutes=minutes),
            look=look,
            resume=lambda: resume_all(bot.context, CONFIG_WORKSPACE, "Mara"),
            calls=lambda: len([call for call in network.calls() if call.operation == "create"]),
        ),
    )


async def test_one_401_does_not_stop_an_account_for_good(network, asker, open_x_bot):
    bot = await open_x_bot({"one": SOON})
    network.fail("create", status=401)
    await bot.tick(minutes=1)
    await bot.tick(minutes=1)
    assert (await bot.states(), len(network.standing(asker))) == (["published"], 1)
    assert await bot.events() == []


async def test_one_401_to_a_read_does_not_stop_the_next_question(network, asker, open_x_bot):
    bot = await open_x_bot({"one": {}, "two": {"at": "2026-11-16T12:00"}})
    await bot.tick(minutes=1)
    network.fail("mentions", status=401)
    await bot.tick(minutes=5)
    for _ in range(6):
        await bot.tick(hours=1)
    assert len(network.standing(asker)) == 2


async def test_a_restart_does_not_begin_the_asking_anew(network, open_x_bot):
    bot = await open_x_bot({"one": SOON})
    network.fail("create", status=401, times=99)
    for minutes in (1, 1, 2):
        await bot.tick(minutes=minutes)
    await bot.close()
    await bot.open()
    await bot.tick(minutes=5)
    account = await bot.account("x")
    assert (account.state, "401" in account.state_reason) == ("unauthorized", True)


async def test_what_goes_well_ends_the_row_of_refusals(network, asker, open_x_bot):
    bot = await open_x_bot({f"q{hour}": {"at": f"2026-11-16T{hour:02}:00"} for hour in range(9, 15)})
    for _ in range(6):
        network.fail("create", status=401)
        await bot.tick(hours=1)
        await bot.tick(minutes=1)
        bot.clock.advance(minutes=-1)
    assert (len(network.standing(asker)), (await bot.account("x")).state) == (6, "active")


async def test_a_deleted_question_is_told(network, open_x_bot):
    bot = await open_x_bot({"one": {}, "two": {}})
    await bot.tick(minutes=1)
    rows = await bot.rows_of()
    network.delete(Reference(rows.parts[0].remote_id, rows.parts[0].link))
    for _ in range(8):
        await bot.tick(hours=3)
    assert [kind for kind, _ in await bot.events() if kind == "post gone"] == ["post gone"]
