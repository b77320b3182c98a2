"""What Discord refuses a post with, and what becomes of it."""

from datetime import timedelta

import pytest

from bot.cli.check import log_in
from bot.desk import resume_all
from bot.questions.content import Content
from storage.models import Account, Post
from storage.states import CONFIG_WORKSPACE
from tests.adapters.refusals import Player, play, rows
from tests.bot.commands.conftest import QUESTION

SEND = "POST /channels/{channel_id}/messages"
SOON = {"at": "2026-11-16T08:01", "zone": "UTC", "grace": timedelta(hours=3), "closes_after": timedelta(days=2)}


@pytest.fixture
def ask(face):
    """Ask these questions in the channel, from the config."""

    async def ask(*slugs, **more):
        await face.close()
        place = {"accounts": (f"server:{face.guild.general.id}",)}
        told = SOON | place | more
        face.questions = {slug: Content.model_validate(told | {"text": f"{QUESTION} {slug}"}) for slug in slugs}
        await face.open()

    return ask


async def account_of(face):
    return next(account for account in await face.rows(Account) if account.name == "server")


@rows("discord")
async def test_a_refusal_decides_over_post_account_and_next_question(row, face, ask):
    await ask("one", "two")

    async def look():
        states = [post.state.value for post in await face.rows(Post)]
        return states, await account_of(face), len(face.posts())

    await play(
        row,
        Player(
            fail=lambda row, times: face.application.fail(
                SEND, status=row.status, code=row.body["code"], message=row.body["message"], times=times
            ),
            mend=face.application.mend,
            tick=lambda minutes: face.tick(minutes=minutes),
            look=look,
            resume=lambda: resume_all(face.context, CONFIG_WORKSPACE, "Mara"),
            calls=lambda: len(face.application.calls(SEND)),
        ),
    )


async def test_one_401_does_not_stop_the_bot_for_good(face, ask):
    await ask("one")
    face.application.fail(SEND, status=401, message="401: Unauthorized")
    await face.tick(minutes=1)
    await face.tick(minutes=1)
    assert (len(face.posts()), (await account_of(face)).state) == (1, "active")


async def test_a_question_that_a_moderator_deletes_is_told_at_the_next_look(face, guild, ask):
    await ask("one", "two")
    await face.tick(minutes=1)
    guild.add_member("mod", guild.add_role("Mods", "manage_messages")).delete(face.posts()[0])
    for _ in range(3):
        await face.tick(minutes=6)
    assert len(await face.told("post gone")) == 1


async def test_a_question_whose_channel_is_deleted_is_told(face, guild, ask):
    place = guild.add_channel("readers")
    await ask("one", accounts=(f"server:{place.id}",))
    await face.tick(minutes=1)
    guild.owner.delete_channel(place)
    await face.tick(minutes=6)
    assert len(await face.told("post gone")) == 1


async def test_check_online_looks_at_every_place_of_the_config(face, guild, ask):
    hidden, open_one = guild.add_channel("staff"), guild.add_channel("readers")
    hidden.permit(face.application, deny="view_channel")
    await ask("one", accounts=(f"server:{hidden.id}", f"server:{open_one.id}"))
    checked = await log_in(face.configure())
    advice = " ".join(checked["server"].advice)
    assert (hidden.id in advice, open_one.id in advice) == (True, False)
