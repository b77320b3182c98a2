"""Promise 4, all the way: reply → digest → what changes → the next digest → the files on disk."""

from datetime import date, timedelta

import pytest

from bot.desk import mark_do_not_quote, record_consent
from bot.desk.print.digest import digest_now, digest_week_now
from bot.digest import FORMATS
from storage.models import Author, Consent, Digest, Question, StaleReply
from storage.models import Reply as Stored
from storage.states import CONFIG_WORKSPACE
from tests.bot.digest.reading import unpack
from tests.running import ANSWERS

QUESTION = {"habits": {"at": "2026-11-16T08:01", "closes_after": "1h", "enough": 2}}
OTHER = "We dropped AMP in April because two people used it. Traffic rose by 4%, revenue by 12%."


class Journey:
    """One question on one network, from the replies to the files."""

    def __init__(self, bot, *, consent_first):
        self.bot, self.consent_first = bot, consent_first
        self.written = {}

    async def begin(self):
        """The question is out, ada and grace answered, and where it is needed they agreed."""
        await self.bot.tick(minutes=1)
        for who in ("ada", "grace"):
            self.written[who] = self.bot.reply(who)
        await self.bot.tick(minutes=5)
        if self.consent_first:
            for who in ("ada", "grace"):
                await self.decide(who, "granted", wording="yes, gladly")

    async def close(self):
        return await self.bot.tick(hours=1)

    async def reply_of(self, who):
        """The stored reply."""
        return next(row for row in await self.bot.rows(Stored) if row.remote_id == self.written[who].id)

    async def decide(self, who, decision, **given):
        return await record_consent(
            self.bot.context, CONFIG_WORKSPACE, (await self.reply_of(who)).id, decision, **given
        )

    async def digest(self):
        """Once more, by hand, a minute later."""
        self.bot.clock.advance(minutes=1)
        return await digest_now(self.bot.context, await self.bot.row(Question))

    def files(self):
        """What stands on disk, by name."""
        folder = self.bot.folder / "digests"
        return {path.name: unpack(path.read_bytes(), path.suffix[1:]) for path in sorted(folder.iterdir())}

    def shows(self, *texts):
        """Whether every file shows all of them."""
        return all(text in said for said in self.files().values() for text in texts)

    def hides(self, *texts):
        """Whether no file shows any of them."""
        return not [text for said in self.files().values() for text in texts if text in said]

    async def revisions(self):
        return sorted((row.edition, row.revision) for row in await self.bot.rows(Digest))


@pytest.fixture(params=[False, True], ids=["in public", "consent first"])
async def journey(request, open_bot):
    bot = await open_bot(
        accounts={"square": {"consent_first": request.param}},
        questions=QUESTION,
        after_close=timedelta(hours=6),
        formats=("json", "html", "markdown"),
        public=("json", "html", "markdown"),
    )
    journey = Journey(bot, consent_first=request.param)
    await journey.begin()
    return journey


REVISED = [("private", 1), ("private", 2), ("public", 1), ("public", 2)]


async def test_what_is_permitted_stands_in_every_file(journey):
    await journey.close()
    assert len(journey.files()) == 6
    assert journey.shows(ANSWERS["ada"], ANSWERS["grace"])


async def test_nothing_that_waits_for_leave_is_in_a_file_and_a_late_yes_brings_it_in(open_bot):
    bot = await open_bot(
        accounts={"square": {"consent_first": True}}, questions=QUESTION, public=("json", "html"), formats=("html",)
    )
    journey = Journey(bot, consent_first=False)
    await journey.begin()
    await journey.close()
    assert journey.hides(ANSWERS["ada"], ANSWERS["grace"])
    await journey.decide("ada", "granted", wording="yes", proof="mail of 16 November", credit="Ada Lovelace")
    await journey.digest()
    assert journey.shows(ANSWERS["ada"], "Ada Lovelace")
    assert journey.hides(ANSWERS["grace"])
    (entry,) = [row for row in await bot.rows(Consent) if row.state == "granted"]
    assert (entry.wording, entry.proof) == ("yes", "mail of 16 November")
    assert await journey.revisions() == REVISED


@pytest.mark.parametrize("decision", ["refused", "withdrawn"])
async def test_a_no_leaves_the_files_at_once_and_the_next_digest(journey, decision):
    await journey.close()
    done = await journey.decide("ada", decision)
    assert len(done.rewritten) == 6
    assert journey.hides(ANSWERS["ada"])
    assert journey.shows(ANSWERS["grace"])
    await journey.digest()
    assert journey.hides(ANSWERS["ada"])
    assert await journey.revisions() == REVISED


async def test_a_yes_without_a_name_names_nobody(journey):
    await journey.decide("ada", "anonymous")
    await journey.close()
    assert journey.shows(ANSWERS["ada"])
    assert journey.hides("ada ", "@ada", journey.written["ada"].link)


async def test_a_no_quote_that_comes_late_leaves_the_files(journey):
    await journey.close()
    journey.bot.reply("ada", "no quote")
    await journey.bot.tick(minutes=6)
    await journey.bot.tick(minutes=1)
    assert journey.hides(ANSWERS["ada"])
    assert journey.shows(ANSWERS["grace"])
    await journey.digest()
    assert journey.hides(ANSWERS["ada"])
    assert await journey.revisions() == REVISED


async def test_what_is_taken_back_leaves_the_files_of_every_format(open_bot):
    bot = await open_bot(accounts={"square": {}}, questions=QUESTION, formats=tuple(FORMATS), public=tuple(FORMATS))
    journey = Journey(bot, consent_first=False)
    await journey.begin()
    await journey.close()
    assert len(journey.files()) == 2 * len(FORMATS)
    assert journey.shows(ANSWERS["ada"], ANSWERS["grace"])
    done = await journey.decide("ada", "withdrawn")
    assert len(done.rewritten) == 2 * len(FORMATS)
    assert journey.hides(ANSWERS["ada"])
    assert journey.shows(ANSWERS["grace"])


async def test_a_deletion_leaves_the_files_and_a_tombstone_stays(journey):
    await journey.close()
    journey.bot.delete(journey.written["ada"])
    await journey.bot.tick(minutes=6)
    assert journey.hides(ANSWERS["ada"])
    assert (await journey.reply_of("ada")).state == "deleted"
    await journey.digest()
    assert journey.hides(ANSWERS["ada"])
    assert await journey.revisions() == REVISED
    assert any("files were written anew" in message for message in await journey.bot.told("rewritten"))


async def test_a_deletion_that_only_the_digest_notices_is_not_in_it(journey):
    await journey.close()
    journey.bot.delete(journey.written["ada"])
    await journey.digest()
    assert journey.hides(ANSWERS["ada"])


async def test_words_that_were_changed_leave_the_files_and_the_new_ones_come_with_the_next_digest(journey):
    await journey.close()
    journey.bot.edit(journey.written["ada"], OTHER)
    await journey.bot.tick(minutes=6)
    assert journey.hides(ANSWERS["ada"], OTHER)
    await journey.digest()
    assert journey.hides(ANSWERS["ada"])
    if journey.consent_first:  # leave is for the words it was given to
        assert journey.hides(OTHER)
        await journey.decide("ada", "granted")
        await journey.digest()
    assert journey.shows(OTHER)


async def test_what_is_hidden_on_its_network_leaves_the_files(journey):
    await journey.close()
    journey.bot.hide(journey.written["ada"])
    await journey.bot.tick(minutes=6)
    assert journey.hides(ANSWERS["ada"])


async def test_a_profile_that_asks_to_be_left_alone_later_leaves_the_files(journey):
    await journey.close()
    journey.bot.network().join("ada", opted_out=True)
    journey.bot.reply("ada", "One more thing: the redirects took us 4 days.")
    await journey.bot.tick(minutes=6)
    assert journey.hides(ANSWERS["ada"])


async def test_who_is_on_the_do_not_quote_list_is_in_no_digest_until_they_are_off_it(journey):
    await journey.close()
    done = await mark_do_not_quote(journey.bot.context, CONFIG_WORKSPACE, "@ada", on=True, reason="a rival's pen name")
    assert done.changed
    assert len(done.rewritten) == 6
    assert journey.hides(ANSWERS["ada"])
    await journey.digest()
    assert journey.hides(ANSWERS["ada"])
    assert [a.do_not_quote_reason for a in await journey.bot.rows(Author) if a.do_not_quote] == ["a rival's pen name"]
    await mark_do_not_quote(journey.bot.context, CONFIG_WORKSPACE, "sandbox:ada", on=False)
    await journey.digest()
    assert journey.shows(ANSWERS["ada"])


async def test_the_do_not_quote_list_outlasts_a_collection(journey):
    await mark_do_not_quote(journey.bot.context, CONFIG_WORKSPACE, "ada", on=True)
    journey.bot.network().join("ada", "Ada Lovelace")
    journey.bot.reply("ada", OTHER)
    await journey.close()
    assert journey.hides(ANSWERS["ada"], OTHER)


async def test_what_nobody_quoted_is_purged_after_the_retention_and_the_quotes_stay(journey):
    journey.bot.reply("alan", "Great question!")
    await journey.close()
    await journey.bot.tick(days=181)
    states = {row.state.value for row in await journey.bot.rows(Stored)}
    assert states == {"purged", "standing"}
    assert journey.shows(ANSWERS["ada"])
    assert journey.hides("Great question!")


async def test_a_note_of_what_to_rewrite_is_dropped_when_it_is_done(journey):
    await journey.close()
    await journey.decide("ada", "refused")
    await journey.bot.tick(minutes=1)
    assert await journey.bot.rows(StaleReply) == []


async def test_a_note_of_what_to_rewrite_stays_until_every_file_is_rewritten(journey):
    await journey.close()
    blocked, *_ = sorted((journey.bot.folder / "digests").iterdir())
    before = blocked.read_bytes()
    blocked.unlink()
    blocked.mkdir()  # what stands in the way here is a folder; a full disk ends the same way
    with pytest.raises(OSError, match=r"directory|denied"):
        await journey.decide("ada", "refused")
    assert await journey.bot.rows(StaleReply) != []
    blocked.rmdir()
    blocked.write_bytes(before)
    await journey.bot.tick(minutes=1)
    assert await journey.bot.rows(StaleReply) == []
    assert journey.hides(ANSWERS["ada"])


async def test_the_next_digest_says_that_a_quote_left(journey):
    await journey.close()
    await journey.decide("ada", "withdrawn")
    await journey.digest()
    pages = [said for name, said in journey.files().items() if not name.endswith("json")]
    assert len(pages) == 4
    assert all("1 quote is no longer here." in said for said in pages)


async def test_a_weekly_digest_reads_its_quotes_again(journey):
    await journey.close()
    journey.bot.delete(journey.written["ada"])
    journey.bot.clock.advance(days=7)
    await digest_week_now(journey.bot.context, date(2026, 11, 16), CONFIG_WORKSPACE)
    assert (await journey.reply_of("ada")).state == "deleted"
    assert journey.hides(ANSWERS["ada"])
    assert journey.shows(ANSWERS["grace"])


async def test_a_weekly_digest_offline_asks_no_network(journey):
    await journey.close()
    journey.bot.calls().clear()
    await digest_week_now(journey.bot.context, date(2026, 11, 16), CONFIG_WORKSPACE, offline=True)
    assert journey.bot.calls() == []
