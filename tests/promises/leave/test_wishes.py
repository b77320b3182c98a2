"""What people wish in their own words, from the reply to every file: refused, ask first, unnamed, held, free."""

import json
from datetime import timedelta

import pytest

from adapters.contract.forms import ConsentDecision
from adapters.contract.reading import Author
from adapters.contract.reading import Reply as Read
from bot.desk import DeskError, add_reply, next_review, read_status, record_consent, search
from bot.desk.answers.imports import ImportDefaults
from bot.digest import FORMATS, compile_question, load_model, render
from bot.host.inbox import AccountInbox
from bot.quotes import Edition
from storage.models import Consent, Question
from storage.models import Reply as Stored
from storage.states import CONFIG_WORKSPACE, ConsentState
from tests.promises.leave.outputs import find, reveal
from tests.promises.leave.test_leave import QUESTION
from tests.running import quoting_what_is_alike

WISHES = {
    "refused": (
        "Please do not put this in print.",
        "I'd rather not be quoted on this.",
        "Bitte nicht abdrucken.",
        "Ne me citez pas, s'il vous plaît.",
        "Por favor, no publiques esto.",
        "Per favore non pubblicare questo.",
        "Niet publiceren alsjeblieft.",
        "Por favor não publique isto.",
    ),
    "unnamed": (
        "Please leave my name out of it.",
        "Bitte ohne Namen.",
        "Sans mon nom, s'il vous plaît.",
        "Sin mi nombre, por favor.",
        "Senza il mio nome, per favore.",
        "Zonder mijn naam graag.",
        "Sem o meu nome, por favor.",
    ),
    "ask first": (
        "Check with me before you quote this.",
        "Bitte vor dem Zitieren fragen.",
        "Demandez-moi avant de publier.",
        "Pregúntame antes de citarme.",
        "Chiedetemi prima di citarmi.",
        "Vraag het me voordat je citeert.",
        "Pergunte-me antes de citar.",
    ),
    "held": ("(not sure about quoting)", "(Zitat lieber nicht so)"),
    "free": (
        "The supplier gave us no quote at all.",
        "Never publish on a Friday, we learned.",
        "Wir drucken nie am Montag.",
        "Nobody asked us before the change.",
    ),
}


class People:
    """Everybody who wishes something, once by each way in. Of each the name, the handle and the link are like no other's.

    told: (wish, way, number) by a word that stands in that answer alone.
    """

    def __init__(self, bot):
        self.bot = bot
        self.told = {}

    def say(self, wish, way):
        """(handle, name, text) of everybody with this wish."""
        for sentence in WISHES[wish]:
            number = len(self.told)
            word = f"wq{number:03d}a"
            self.told[word] = wish, way, number
            text = (
                f"{sentence} In 2019 we moved {number + 20} machines of the {word} kind because nobody used them. "
                f"The bills fell by {number + 3} percent within a year."
            )
            yield f"hq{number:03d}", f"Nq{number:03d} Example", text

    def names(self, *wishes, way=None):
        """What must stand nowhere of an author who is not named."""
        return [
            token
            for wish, by, number in self.told.values()
            if wish in wishes and way in {None, by}
            for token in (f"hq{number:03d}", f"Nq{number:03d}")
        ]

    def words(self, *wishes, way=None):
        return [word for word, (wish, by, _) in self.told.items() if wish in wishes and way in {None, by}]

    async def answer(self):
        """By a public post, by an import with and without leave, by a form, and as what an editor saved."""
        await self.bot.tick(minutes=1)
        network, question = self.bot.network(), await self.bot.row(Question)
        inbox = AccountInbox(self.bot.context.store, 1, self.bot.clock)
        for wish in WISHES:
            for handle, name, text in self.say(wish, "post"):
                network.join(handle, name)
                network.post(handle, text, self.bot.clock(), parent=self.bot.root().id)
            for handle, name, text in self.say(wish, "import"):
                values = {"text": text, "author": name, "handle": handle}
                assert await add_reply(self.bot.context, question, values, ImportDefaults("mail", consent="yes"))
            for handle, name, text in self.say(wish, "form"):
                read = Read(f"form:1:{handle}", 1, Author(handle, handle, name), text, self.bot.clock())
                await inbox.answered(f"form-{handle}", read, ConsentDecision(granted=True, wording="May we?"))
            for handle, name, text in self.say(wish, "saved"):
                network.join(handle, name)
                post = network.post(handle, text, self.bot.clock())
                link = f"https://sandbox.example/{handle}/1"
                read = Read(post.id, 1, Author(handle, handle, name), text, self.bot.clock(), link=link)
                await inbox.saved(f"save-{handle}", read, "Mara")
        await self.bot.tick(minutes=6)

    async def find(self, wish, way):
        """The stored replies with this wish that came this way."""
        numbers = [number for each, by, number in self.told.values() if (each, by) == (wish, way)]
        found = (await search(self.bot.context, CONFIG_WORKSPACE, limit=1_000)).replies
        return [reply for reply in found if int(reply.handle[2:]) in numbers]

    async def decide(self, wish, way, decision, **given):
        for reply in await self.find(wish, way):
            await record_consent(self.bot.context, CONFIG_WORKSPACE, reply.id, decision, **given)

    async def read(self):
        """A digest that is made now, of both editions and in all formats, with all that may be quoted."""
        self.bot.clock.advance(minutes=1)
        context, question = self.bot.context, await self.bot.row(Question)
        said = {}
        with quoting_what_is_alike():
            for edition in Edition:
                digest_id = await compile_question(
                    context.store, question.id, as_of=self.bot.clock(), zone="UTC", edition=edition, final=False,
                    capabilities=context.capabilities, most_quotes=500,
                )  # fmt: skip
                model = await load_model(context.store, digest_id, capabilities=context.capabilities)
                said |= {f"{edition} {name}": reveal(f"digest.{name}", render(model, name)) for name in FORMATS}
        return said


@pytest.fixture
async def people(open_bot):
    bot = await open_bot(
        questions={"habits": QUESTION["habits"] | {"closes_after": "7d"}},
        after_close=timedelta(hours=6),
        accounts={"square": {"forms": True}},
    )
    people = People(bot)
    await people.answer()
    return people


async def test_every_wish_is_kept_in_every_edition_and_format(people):
    said = await people.read()
    assert len(said) == 2 * len(FORMATS)
    assert find(said, people.words("refused", "ask first", "held")) == []
    assert find(said, people.names("refused", "unnamed", "held")) == []
    assert find(said, people.words("unnamed", way="post")) == []  # a search would find them
    assert find(said, people.words("unnamed", way="saved")) == []
    for way in ("import", "form"):  # said to us alone, with leave
        assert {token for _, token in find(said, people.words("unnamed", way=way))} == set(
            people.words("unnamed", way=way)
        )
    for name, text in said.items():
        assert find({name: text}, people.names("free", way="post")) != []
        missing = [word for word in people.words("free") if word not in text]
        assert missing == [], name


async def test_what_was_heard_stands_in_the_ledger_with_its_proof(people):
    rows = [row for row in await people.bot.rows(Consent) if row.proof == "said so in the reply"]
    counts = {str(state): sum(row.state is state for row in rows) for state in ConsentState}
    assert {name: count for name, count in counts.items() if count} == {
        "refused": 4 * len(WISHES["refused"]),
        "unnamed": 4 * len(WISHES["unnamed"]),
        "ask_first": 4 * len(WISHES["ask first"]),
        "held": 4 * len(WISHES["held"]),
    }


async def test_who_agrees_without_a_name_is_quoted_without_one(people):
    await people.decide("unnamed", "post", "granted", wording="ok")  # a bare ok names nobody
    said = await people.read()
    links = [f"/{row.remote_id}" for row in await people.bot.rows(Stored)]
    assert links
    words = people.words("unnamed", way="post")
    assert {token for _, token in find(said, words)} == set(words)
    assert find(said, people.names("unnamed")) == []


async def test_who_is_asked_first_is_quoted_after_a_yes(people):
    await people.decide("ask first", "post", "granted", wording="ok, go on", proof="mail")
    said = await people.read()
    words = people.words("ask first", way="post")
    assert {token for _, token in find(said, words)} == set(words)


async def test_what_may_be_a_refusal_is_shown_first_and_waits_for_a_look(people):
    context = people.bot.context
    held = await people.find("held", "post")
    first = await next_review(context, [CONFIG_WORKSPACE])
    assert (first.barrier, first.reply.wish != "") == ("held", True)
    (question,) = (await read_status(context, CONFIG_WORKSPACE)).questions
    assert question.held == 4 * len(WISHES["held"])
    said = await people.read()
    private = said["private markdown"]
    assert f"{question.held} are held until an editor has looked" in private
    assert f"pullquote replies --why {held[0].id}" in private
    cleared = await record_consent(context, CONFIG_WORKSPACE, held[0].id, "no-refusal", by="Mara")
    assert cleared.why_not == ""
    await record_consent(context, CONFIG_WORKSPACE, held[1].id, "refused", proof="Mara looked")
    said = await people.read()
    numbers = [int(reply.handle[2:]) for reply in held]
    assert find(said, [f"wq{numbers[0]:03d}a"]) != []
    assert find(said, [f"wq{numbers[1]:03d}a"]) == []
    (row,) = [row for row in await people.bot.rows(Consent) if row.state is ConsentState.CLEARED]
    assert "Mara" in row.proof


async def test_a_yes_after_a_no_needs_its_proof_and_then_counts(people):
    context = people.bot.context
    refused, *_ = await people.find("refused", "post")
    with pytest.raises(DeskError, match="nothing is entered"):
        await record_consent(context, CONFIG_WORKSPACE, refused.id, "granted")
    done = await record_consent(context, CONFIG_WORKSPACE, refused.id, "granted", proof="mail of Monday")
    assert done.why_not == ""
    assert find(await people.read(), [f"wq{int(refused.handle[2:]):03d}a"]) != []


async def test_a_name_needs_their_own_words_for_it(people):
    unnamed, *_ = await people.find("unnamed", "form")
    context = people.bot.context
    done = await record_consent(context, CONFIG_WORKSPACE, unnamed.id, "granted", proof="mail")
    assert (done.state, done.unnamed) == (ConsentState.GRANTED_ANONYMOUSLY, True)
    done = await record_consent(context, CONFIG_WORKSPACE, unnamed.id, "granted", proof="mail", credit="Ada Example")
    assert (done.state, done.unnamed) == (ConsentState.GRANTED, False)


async def test_a_wish_that_is_edited_away_stands(people):
    network = people.bot.network()
    for post in [post for post in network.posts.values() if "Bitte ohne Namen." in post.text]:
        people.bot.edit(post, post.text.replace("Bitte ohne Namen. ", ""))
    await people.bot.tick(minutes=6)
    assert find(await people.read(), people.names("unnamed")) == []


async def test_the_list_says_of_each_whether_it_may_be_quoted(people):
    found = (await search(people.bot.context, CONFIG_WORKSPACE, limit=1_000)).replies
    assert json.dumps([reply.why_not for reply in found])
    for reply in found:
        wish, way, _ = people.told[f"wq{int(reply.handle[2:]):03d}a"]
        assert reply.may_be_quoted is (reply.why_not == "")
        may = wish == "free" or (wish == "unnamed" and way in {"import", "form"})
        assert reply.may_be_quoted is may, (wish, way, reply.why_not)
