"""Three hundred people, and what becomes of the leave to quote each: every state that a ledger can be in."""

from dataclasses import dataclass, replace

from adapters.contract.forms import ConsentDecision
from adapters.contract.reading import Author
from adapters.contract.reading import Reply as Read
from bot.desk import (
    ask_consent,
    choose_passage,
    edit_answer,
    find_guild,
    forget_me,
    mark_do_not_quote,
    record_consent,
    withdraw_answer,
)
from bot.digest import erase_from_digests
from storage.erasing.people import erase_person
from storage.replies.authors import find_authors, set_do_not_quote
from storage.replies.consents import add_consent
from storage.replies.replies import revisions_of_author
from storage.states import CONFIG_WORKSPACE, ConsentState

MAY_BE_QUOTED = (
    "granted",
    "granted without a name",
    "form: yes",
    "form: yes without a name",
    "asked by a button: yes",
    "saved and granted",
)
LOST_LATER = (  # quoted in a preview first
    "granted, then withdrawn by hand",
    "asked by a button: yes, then no",
    "form: yes, then taken back by its author",
    "granted, then deleted by its author",
    "granted, then edited",
    "form: yes, then edited without a new yes",
    "granted, then forgotten",
    "granted, then “no quote”",
    "granted, then on the do-not-quote list",
    "granted, then hidden by a moderator",
    "granted, then opted out in the profile",
)
NEVER = (
    "never asked",
    "asked, no answer",
    "asked by a button, no answer",
    "asked by a button: no",
    "refused",
    "granted with changes",
    "form: no",
    "form without a word about quoting",
    "saved and never asked",
    "set aside by an editor",
    "deleted before anybody looked",
    "“no quote” within the answer",
)
ON_THE_DESK = 1
"""People a fate; each of them has every file written anew."""
FATES = (*MAY_BE_QUOTED, *LOST_LATER, *NEVER)


@dataclass(frozen=True)
class Person:
    """Nobody else uses their three words, which stand at the start, in the middle and at the end of the answer."""

    number: int
    post_id: int
    root: str

    @property
    def fate(self):
        return FATES[self.number % len(FATES)]

    @property
    def handle(self):
        return f"hq{self.number:03d}"

    @property
    def name(self):
        return f"Nq{self.number:03d} Example"

    @property
    def tokens(self):
        return tuple(f"wq{self.number:03d}{letter}" for letter in "abc")

    @property
    def text(self):
        first, middle, last = self.tokens
        quiet = " No quote, please." if self.fate == "“no quote” within the answer" else ""
        return (
            f"In our team {first} was dropped in {1990 + self.number % 30} because nobody read it. It cost "
            f"{self.number + 3} hours a week, {middle} included, and after that revenue rose by {self.number % 17} "
            f"percent. Today we would stop {last} sooner.{quiet}"
        )

    @property
    def form_id(self):
        return f"form:{self.post_id}:{self.handle}"

    @property
    def is_form(self):
        return self.fate.startswith("form")

    @property
    def is_saved(self):
        return self.fate.startswith("saved")

    @property
    def by_button(self):
        return self.fate.startswith("asked by a button")

    def read(self, remote_id, at, link=""):
        author = Author(self.handle, self.handle, self.name, link=f"https://sandbox.example/people/{self.handle}")
        return Read(remote_id, self.post_id, author, self.text, at, link=link)


YES = ConsentDecision(granted=True, wording="May we?")
NAMELESS = ConsentDecision(granted=True, wording="May we?", anonymous=True)
NO = ConsentDecision(granted=False, wording="May we?")


class Crowd:
    """Everybody, on the square of a pullquote. ids: of their stored replies; posts: what they wrote, by number."""

    def __init__(self, bot, inbox, roots, size=300):
        self.bot, self.inbox = bot, inbox
        self.people = [Person(number, number % len(roots) + 1, roots[number % len(roots)]) for number in range(size)]
        self.posts, self.ids = {}, {}

    def having(self, *fates):
        return [person for person in self.people if person.fate in fates]

    # ------------------------------------------------------------ what they say

    async def answer(self):
        """Everybody answers in their way."""
        for person in self.people:
            self.bot.network().join(person.handle, person.name)
            if person.is_form:
                await self._fill_in(person)
            elif person.is_saved:
                post = self.bot.network().post(person.handle, person.text, self.bot.clock())
                self.posts[person.number] = post
                await self.inbox.saved(f"save-{person.number}", person.read(post.id, post.posted_at, post.link), "Mara")
            else:
                post = self.bot.network().post(person.handle, person.text, self.bot.clock(), parent=person.root)
                self.posts[person.number] = post

    async def _fill_in(self, person):
        leave = NO if person.fate == "form: no" else NAMELESS if "without a name" in person.fate else YES
        leave = None if "without a word" in person.fate else leave
        reply = person.read(person.form_id, self.bot.clock())
        await self.inbox.answered(f"form-{person.number}", reply, leave)

    def learn(self, stored):
        """The ids of the stored replies. stored: (remote id, id)."""
        ids = dict(stored)
        for person in self.people:
            post = self.posts.get(person.number)
            remote_id = post.id if post else person.form_id
            self.ids[person.number] = ids[remote_id]

    # ------------------------------------------------------------ first decisions

    async def decide(self, revisions):
        """What is decided before the preview. revisions: ids by the reply's id."""
        granted = [p for p in self.having(*MAY_BE_QUOTED, *LOST_LATER) if not p.is_form and not p.by_button]
        states = {
            ConsentState.GRANTED: [p for p in granted if "without a name" not in p.fate],
            ConsentState.GRANTED_ANONYMOUSLY: [p for p in granted if "without a name" in p.fate],
            ConsentState.ASKED: self.having("asked, no answer"),
            ConsentState.REFUSED: self.having("refused"),
            ConsentState.GRANTED_WITH_CHANGES: self.having("granted with changes"),
        }
        async with self.bot.context.store.write() as session:
            for state, people in states.items():
                ids = [revisions[self.ids[person.number]] for person in people]
                await add_consent(session, ids, state, self.bot.clock(), wording="by hand", proof="in person")

    async def ask_by_button(self):
        """Editors choose the middle of an answer and ask."""
        guild = find_guild(self.bot.context, "g1")
        for person in self.people:
            if person.by_button:
                words = f"{person.tokens[1]} included"
                id_ = self.ids[person.number]
                await choose_passage(self.bot.context, CONFIG_WORKSPACE, id_, words, by="Mara")
                await ask_consent(self.bot.context, CONFIG_WORKSPACE, id_, by="Mara", guild=guild)

    async def press(self, keys):
        """Who was asked presses a button. keys: of the requests, by the reply's id."""
        for person in self.having("asked by a button: yes", "asked by a button: yes, then no"):
            await self.inbox.consented(f"yes-{person.number}", person.handle, keys[self.ids[person.number]], YES)
        for person in self.having("asked by a button: no"):
            await self.inbox.consented(f"no-{person.number}", person.handle, keys[self.ids[person.number]], NO)

    # ------------------------------------------------------------ second thoughts

    async def change_their_minds(self, keys):
        """After the preview, in every way there is."""
        await self._take_back(keys)
        await self._answer_again()
        await self._be_forgotten()
        await self._act_on_the_network()

    # Some do it on the desk, which rewrites the files each time; the others by buttons and forms before the next tick.

    async def _take_back(self, keys):
        context = self.bot.context
        for person in self.having("asked by a button: yes, then no"):
            await self.inbox.consented(f"then-no-{person.number}", person.handle, keys[self.ids[person.number]], NO)
        withdrawn, others = self._split("granted, then withdrawn by hand")
        for person in withdrawn:
            await record_consent(context, CONFIG_WORKSPACE, self.ids[person.number], "withdrawn")
        for person in others:
            await self._withdraw(person, None)
        taken_back, others = self._split("form: yes, then taken back by its author")
        for person in taken_back:
            id_ = self.ids[person.number]
            await withdraw_answer(context, 1, person.handle, id_, interaction_id=f"back-{person.number}")
        for person in others:
            await self._withdraw(person, person.form_id)

    async def _withdraw(self, person, remote_id):
        """A line of the ledger, and no file is written anew yet."""
        async with self.bot.context.store.write() as session:
            revisions = await revisions_of_author(session, "sandbox", person.handle, remote_id)
            await add_consent(session, revisions, ConsentState.WITHDRAWN, self.bot.clock())

    async def _answer_again(self):
        edited, others = self._split("form: yes, then edited without a new yes")
        for person in edited:
            await edit_answer(
                self.bot.context, 1, person.handle, self.ids[person.number], f"{person.text} And more.", None
            )
        for person in others:
            again = replace(person.read(person.form_id, self.bot.clock()), text=f"{person.text} And more.")
            await self.inbox.answered(f"again-{person.number}", again, None)

    async def _be_forgotten(self):
        context = self.bot.context
        forgotten, others = self._split("granted, then forgotten")
        for person in forgotten:
            await forget_me(context, 1, person.handle)
        listed, unlisted = self._split("granted, then on the do-not-quote list")
        for person in listed:
            await mark_do_not_quote(context, CONFIG_WORKSPACE, person.handle, on=True)
        async with context.store.write() as session:
            for person in others:
                erased = await erase_person(session, "sandbox", person.handle, self.bot.clock())
                await erase_from_digests(session, erased)
            for person in unlisted:
                (author,) = await find_authors(session, CONFIG_WORKSPACE, person.handle)
                await set_do_not_quote(session, author, "", self.bot.clock())

    def _split(self, fate):
        people = self.having(fate)
        return people[:ON_THE_DESK], people[ON_THE_DESK:]

    async def _act_on_the_network(self):
        bot = self.bot
        for person in self.having("granted, then deleted by its author", "deleted before anybody looked"):
            bot.delete(self.posts[person.number])
        for person in self.having("granted, then edited"):
            bot.edit(self.posts[person.number], f"{person.text} And something else.")
        for person in self.having("granted, then “no quote”"):
            bot.network().post(person.handle, "no quote", bot.clock(), parent=person.root)
        for person in self.having("granted, then hidden by a moderator"):
            bot.hide(self.posts[person.number])
        for person in self.having("granted, then opted out in the profile"):
            bot.network().join(person.handle, person.name, opted_out=True)
            bot.network().post(person.handle, "One more thing.", bot.clock(), parent=person.root)
