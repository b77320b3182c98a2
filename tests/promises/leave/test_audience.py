"""Promise 4 for what was not written for everybody: a followers-only post, a mail. On a network that quotes in public."""

import pytest

from bot.desk import DeskError, ask_consent, choose_passage, find_guild, record_consent
from bot.desk.answers.search import explain
from bot.digest import FORMATS
from storage.models import Reply as Stored
from storage.states import CONFIG_WORKSPACE
from tests.promises.leave.test_leave import QUESTION, Journey
from tests.running import ANSWERS


@pytest.fixture
async def begin(open_bot):
    """The question is out and answered: by grace for everybody, by ada for fewer."""

    async def begin(audience):
        bot = await open_bot(
            accounts={"square": {}},
            questions=QUESTION,
            formats=tuple(FORMATS),
            public=tuple(FORMATS),
            guilds={"g1": {}},
        )
        await bot.tick(minutes=1)
        bot.reply("grace")
        bot.network().post("ada", ANSWERS["ada"], bot.clock(), parent=bot.root().id, audience=audience)
        await bot.tick(minutes=5)
        return Journey(bot, consent_first=False)

    return begin


async def find_hers(bot):
    return next(row for row in await bot.rows(Stored) if row.audience != "public")


@pytest.mark.parametrize("audience", ["followers", "private"])
async def test_it_waits_for_its_author_in_every_edition_and_format(begin, audience):
    journey = await begin(audience)
    await journey.close()
    assert len(journey.files()) == 2 * len(FORMATS)
    assert journey.shows(ANSWERS["grace"])
    assert journey.hides(ANSWERS["ada"])
    hers = await find_hers(journey.bot)
    await record_consent(journey.bot.context, CONFIG_WORKSPACE, hers.id, "granted", wording="yes", proof="a mail")
    await journey.digest()
    assert journey.shows(ANSWERS["ada"])


async def test_it_is_read_where_it_was_written_and_nobody_is_asked_in_public(begin):
    journey = await begin("followers")
    hers = await find_hers(journey.bot)
    found = await explain(journey.bot.context, CONFIG_WORKSPACE, hers.id)
    assert (found.text, found.stays) == (None, True)
    await choose_passage(journey.bot.context, CONFIG_WORKSPACE, hers.id, "nobody used it", by="Mara")
    guild = find_guild(journey.bot.context, "g1")
    with pytest.raises(DeskError, match="not written for everybody"):
        await ask_consent(journey.bot.context, CONFIG_WORKSPACE, hers.id, by="Mara", guild=guild)


async def test_what_is_narrowed_later_leaves_the_files(begin):
    journey = await begin("public")
    await journey.close()
    assert journey.shows(ANSWERS["ada"])
    (written,) = journey.bot.network().by_author("ada")
    written.audience = "followers"
    journey.bot.edit(written, written.text)
    await journey.bot.tick(minutes=6)
    await journey.bot.tick(minutes=1)
    assert journey.hides(ANSWERS["ada"])
