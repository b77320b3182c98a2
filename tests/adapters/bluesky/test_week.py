"""The whole loop on the real servers: a scheduled question, forty replies by six people, and its digest."""

import json
from dataclasses import dataclass, field
from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select

from adapters.contract.sending import Reference
from adapters.registry import load_platform
from bot.app import open_app
from bot.config import AccountConfig, Config
from bot.config.sections import Collect, Database, Digests, General, Retention
from bot.desk import adopt
from bot.digest import FORMATS
from bot.questions.clock import now as real_now
from bot.questions.content import OCCURRENCE, Content
from bot.scheduler.tick import tick
from storage.models import PostPart, Reply, Revision
from storage.states import CONFIG_WORKSPACE, ReplyState
from tests.running import InProcess

pytestmark = pytest.mark.bluesky

DIRECT = (
    "We stopped disavowing in 2021 on 12 client sites because nothing moved; rankings stayed within two places.",
    "I file one only after a manual action. In six years that was twice, and both were lifted within a month.",
    "For a casino client we disavow weekly: 300 spam domains arrive every week and the audit team wants a record.",
    "Google told our lawyer in 2019 that the file is a hint, so we spend the budget on reporting instead.",
    "A hotel chain of ours lost 40 percent of its traffic after an intern disavowed all its travel blogs.",
    "I removed the file from my own magazine for a year as a test, and no article moved more than one place.",
    "Our agency charges 900 euros for a link audit, and since 2022 I tell new clients not to buy it.",
    "In pharmacy we keep it, because two rivals pointed 20,000 forum links at us the week before a launch.",
    "My rule: if a link would embarrass the client in front of a reviewer, it goes into the file, else never.",
    "We compared 30 shops with and 30 without a file over eighteen months and found no difference in clicks.",
    "The only time it helped was a domain bought at auction whose former owner had sold links for ten years.",
    "As a publisher I would rather mail the webmaster; four of five remove a bad link within a fortnight.",
    "I stopped when I saw that the tool flagged our university partners and the city library as toxic.",
    "Legal insists on a quarterly file at our bank, which costs me two days and has never changed a ranking.",
    "After the 2016 update I deleted 70 files for clients and only one asked me to bring it back.",
    "For a small bakery it is wasted money: the baker has 41 links in all and knows every one of them.",
)
NESTED = (
    "To add: in 2010 we cut 3 hours a week of audits, because nobody read them.",
    "Our own tool counted 5,100 links to be removed, and a person who looked by hand found nine.",
    "That matches what a search engineer said on stage in Brighton in 2017, half of the room wrote it down.",
    "I would not say never: the manual action of our furniture shop went away eleven days after the file.",
    "We did the same with a travel portal and had to upload the old file again, because bookings fell by a fifth.",
    "The cheap reports mark every foreign domain, so our Polish partners were in the file for three years.",
    "Since the audit ended I have a free Friday, which went into six interviews with customers.",
    "My successor brought it back in spring, and her first report shows what mine did: no change.",
)
OLD = "I first wrote that revenue rose 30 percent after our disavow of 1,400 domains."
NEW = "Correction: revenue rose 3 percent after our disavow of 1,400 domains, measured over a year."
BOUGHT = "I will delete this: we bought 900 links in 2018 and nobody noticed until 2020."
RIVAL = "Hide me: our rival bought 800 links in 2017 and still ranks above our 3 sites."
STAYS_OUT = "No quote. We disavow every quarter because legal wants it and pays 2 days for it."


class LateClock:
    """The real time, and what a test adds to it: the servers' own clock cannot be moved."""

    def __init__(self):
        self.ahead = timedelta()

    def __call__(self):
        return real_now() + self.ahead


def configure(folder, settings, questions):
    account = AccountConfig("bluesky", load_platform("bluesky"), settings, collect_every=timedelta(seconds=1))
    return Config(
        folder=folder,
        pullquote=General(name="The Example Review", zone="UTC"),
        database=Database(url="sqlite:///pullquote.db"),
        collect=Collect(),
        retention=Retention(),
        digest=Digests(private=tuple(FORMATS), public=tuple(FORMATS), weekly=""),
        accounts={"bluesky": account},
        questions=questions,
    )


def next_minute(clock):
    return (clock() + timedelta(minutes=1)).astimezone(ZoneInfo("UTC")).strftime(OCCURRENCE)


async def publish(app, clock):
    """Let the schedule come; the reference of the post."""
    await tick(app.context)
    clock.ahead += timedelta(minutes=1)
    await tick(app.context)
    async with app.context.store.read() as session:
        root = (await session.scalars(select(PostPart).where(PostPart.position == 0))).one()
    return Reference(root.remote_id, root.link, root.extra)


async def read_rows(app):
    async with app.context.store.read() as session:
        rows = await session.execute(
            select(Reply, Revision).join(Revision, Revision.reply_id == Reply.id).order_by(Reply.id, Revision.number)
        )
        return list(rows)


LOW_EFFORT = ("Great question!", "+1", "👍👍", "https://example.com/my-post", "Following", "What do you mean?")


@dataclass
class Thread:
    """What people wrote below one question: `quotable` and `barred` hold texts, `written` every reply."""

    root: Reference
    quotable: list[str] = field(default_factory=list)
    barred: list[str] = field(default_factory=list)
    written: list[Reference] = field(default_factory=list)

    def keep(self, reference: Reference, text: str) -> Reference:
        self.quotable.append(text)
        self.written.append(reference)
        return reference

    def bar(self, reference: Reference, text: str) -> Reference:
        self.barred.append(text)
        self.written.append(reference)
        return reference

    def direct(self, people):
        for number, text in enumerate(DIRECT):
            self.keep(people[number % 5].reply(self.root, text), text)

    def nested(self, people):
        """Deeper than notifications tell."""
        deep = self.root
        for number, text in enumerate(NESTED):
            deep = self.keep(people[number % 5].reply(deep, text, root=self.root), text)

    def chained(self, person):
        texts = [
            "1/3 We took over a shop with 4,600 disavowed domains in 2021.",
            "2/3 We cut them to 90 in three evenings.",
            "3/3 Within five months the pages ranked as in 2019.",
        ]
        for reference, text in zip(person.chain(self.root, texts), texts, strict=True):
            self.keep(reference, text)

    def quoting(self, person):
        text = "I quote this because we measured it: 14 months without a disavow file, and traffic grew 9 percent."
        self.keep(person.quote(self.root, text), text)

    def mentioning(self, person, asker):
        text = "asked us: after 3 penalties we file one disavow a quarter, as the reconsideration team wanted it."
        self.keep(person.mentioning_reply(self.root, asker, text), text)

    def backdated(self, person):
        text = "Backdated, but true: in 2009 I disavowed nothing for 40 shops and no shop lost a rank."
        self.keep(person.backdated_reply(self.root, text, timedelta(days=3)), text)

    def low_effort(self, person):
        self.written += [person.reply(self.root, text) for text in LOW_EFFORT]


async def test_forty_replies_are_all_collected_and_only_what_stands_and_may_be_quoted_is(devnet, asker, tmp_path):
    clock = LateClock()
    question = Content(
        text="Do you still disavow links?",
        options=("Yes", "No"),
        accounts=("bluesky",),
        at=next_minute(clock),
        closes_after="1h",
        zone="UTC",
    )
    config = configure(tmp_path, devnet.settings(asker), {"disavow": question})
    async with open_app(config, now=clock, judges=InProcess()) as app:
        root = await publish(app, clock)
        assert "1. Yes" in asker.read(root)["text"]
        devnet.settle()
        people = [devnet.add_person(name) for name in ("ada", "grace", "alan", "mary", "edith", "joan")]
        ada, grace, alan, mary, edith, joan = people
        thread = Thread(root)
        thread.direct(people)
        thread.nested(people)
        thread.chained(edith)
        thread.quoting(grace)
        thread.mentioning(mary, asker)
        thread.backdated(alan)
        thread.low_effort(joan)
        edited = thread.bar(edith.reply(root, OLD), OLD)
        gone = thread.bar(ada.reply(root, BOUGHT), BOUGHT)
        hidden = thread.bar(alan.reply(root, RIVAL), RIVAL)
        thread.bar(joan.reply(root, STAYS_OUT), STAYS_OUT)
        assert len(thread.written) == 40
        devnet.settle()
        clock.ahead += timedelta(minutes=1)
        await tick(app.context)
        stored = {reply.remote_id for reply, _ in await read_rows(app)}
        assert stored == {reference.remote_id for reference in thread.written}

        edith.edit(edited, NEW)
        thread.quotable.append(NEW)
        ada.delete(gone)
        asker.hide(root, [hidden])
        devnet.settle()
        clock.ahead += timedelta(hours=2)  # past the close: a last collection, a re-read, the digest
        done = await tick(app.context)
        rows = await read_rows(app)
    assert not done.errors
    by_name = {reply.remote_id: reply for reply, _ in rows}
    assert by_name[gone.remote_id].state is ReplyState.DELETED
    assert by_name[hidden.remote_id].state is ReplyState.HIDDEN
    assert all(revision.text is None for reply, revision in rows if reply.remote_id == gone.remote_id)
    wordings = [revision.text for reply, revision in rows if reply.remote_id == edited.remote_id]
    assert wordings == [OLD, NEW]

    files = sorted((tmp_path / "digests").iterdir())
    assert len(files) == 2 * len(FORMATS)
    for path in (path for path in files if "to share" in path.name):
        said = path.read_bytes().decode(errors="replace")
        assert not [text for text in thread.barred if text in said], path.name
    quoted = json.loads(next(p for p in files if p.name.endswith("to share.json")).read_text(encoding="utf-8"))
    texts = set(_find_texts(quoted))
    assert not texts & set(LOW_EFFORT)
    assert sum(text in texts for text in thread.quotable) >= 10


def _find_texts(value):
    if isinstance(value, dict):
        for each in value.values():
            yield from _find_texts(each)
    elif isinstance(value, list):
        for each in value:
            yield from _find_texts(each)
    elif isinstance(value, str):
        yield value


async def test_a_post_of_another_account_is_adopted_without_a_login(devnet, ada, grace, alan, tmp_path):
    clock = LateClock()
    root = ada.post("What did you stop doing that made your newsletter better?")
    texts = {
        grace: "We dropped the Friday issue in 2022 because nobody opened it; replies doubled within two months.",
        alan: "I stopped linking to 20 things and now link to 3. Clicks went from 4 to 11 percent.",
    }
    for person, text in texts.items():
        person.reply(root, text)
    ada.reply(root, "Thank you all, this is the asker speaking.")
    devnet.settle()
    config = configure(tmp_path, devnet.settings(), {})
    async with open_app(config, now=clock, judges=InProcess()) as app:
        question, found, is_new = await adopt(app.context, root.link, workspace=CONFIG_WORKSPACE, zone="UTC")
        assert is_new
        assert found.author.remote_id == ada.did
        await tick(app.context)
        assert {revision.text for _, revision in await read_rows(app)} == set(texts.values())
        again = await adopt(app.context, root.link, workspace=CONFIG_WORKSPACE, zone="UTC")
        assert again[0].id == question.id
        assert not again[2]
