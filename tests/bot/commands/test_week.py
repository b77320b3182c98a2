"""A week on Discord: one question, twelve people with every state of leave, and a digest in which only what its author
allowed stands, whatever the format and the edition."""

import html
import zipfile
from collections.abc import AsyncIterator
from dataclasses import dataclass, replace

import pytest

from bot import desk
from bot.config.sections import Digests
from bot.digest import FORMATS
from bot.questions.content import Content
from storage.models import Post, Reply, Revision, Vote
from storage.states import CONFIG_WORKSPACE, Origin, PostState, ReplyState
from tests.bot.commands.conftest import LEAST, Face, drain, fill_in, press, wait_for_commands
from tests.servers.discord.network import Message, Person

DROPPED = "We dropped AMP last March because nobody used it. Traffic stayed flat, revenue rose 12%."
"""Ada hands it in by the form, with her name."""
DISAVOWED = "I stopped disavowing links in 2019 after a test on forty sites; nothing moved at all."
"""Grace votes and replies, and says yes when she is asked, also to what she chose."""
GUEST = "Guest posts. We stopped in 2021 because nobody read them, and saved two days a month."
"""Alan votes and replies, and says yes without his name."""
MEETINGS = "We cancelled 9 weekly meetings in 2022 and shipped 3 weeks earlier; nobody asked for them back."
"""Hedy says it beside the question; an editor saves it, and she says yes."""
PERMITTED = (DROPPED, DISAVOWED, GUEST, MEETINGS)

WAITING = "We stopped buying 400 links a month in 2020 and lost 2 positions on 1 keyword only."
"""Joan is asked and says nothing."""
UNASKED = "We stopped translating 80 pages by hand in 2023 because our readers preferred English anyway."
"""Nobody asks Radia."""
REFUSED = "We stopped paying 3 agencies in 2018 since their reports copied each other word for word."
"""Mary says no."""
REGRETTED = "We stopped our newsletter of 5,000 readers in 2019 and sold 40 percent less for a year."
CORRECTED = "We paused our newsletter of 5,000 readers in 2019 and sold 4 percent less for a quarter."
"""Edith says yes to the first and then changes it to the second."""
DELETED = "We stopped backing up in 2017, lost 11 days of orders, and told nobody about it for months."
"""Sophie says yes and then deletes it."""
WITHDRAWN = "We stopped testing on Fridays in 2022 because our 2 testers had left us for a competitor."
"""Karen hands it in with a yes, and withdraws it by /my-answers."""
BANNED = "We stopped moderating 2 forums in 2021 and they filled up with adverts within 6 weeks."
"""Mallory hands it in with a yes, and is banned."""
NO_BY_FORM = "We stopped logging errors in 2016 because 7 gigabytes a day were too much for anybody to read."
"""Lise hands it in for the editors' eyes alone."""
BARRED = (
    WAITING,
    UNASKED,
    REFUSED,
    REGRETTED,
    CORRECTED,
    DELETED,
    WITHDRAWN,
    BANNED,
    NO_BY_FORM,
)


@dataclass
class Week(Face):
    """pullquote asks `stopped` by its config, and writes every format of both editions."""

    editor: Person | None = None

    def configure(self):
        everything = Digests(private=tuple(FORMATS), public=tuple(FORMATS), weekly="")
        return replace(super().configure(), digest=everything)

    def join(self, *names: str) -> list[Person]:
        return [self.guild.add_member(name, display_name=f"{name.title()} of the Guild") for name in names]

    def read_files(self) -> dict[str, str]:
        """All that can be read in each digest on the disk."""
        return {path.name: _read(path) for path in sorted((self.folder / "digests").rglob("*")) if path.is_file()}

    def find_printed(self, texts) -> dict[str, list[str]]:
        """In which files a part of each text stands."""
        files = self.read_files()
        return {
            text: [name for name, said in files.items() if any(part in said for part in _cut(text))] for text in texts
        }


def _read(path) -> str:
    if path.suffix != ".docx":
        return html.unescape(path.read_text(encoding="utf-8"))
    with zipfile.ZipFile(path) as archive:
        return html.unescape("\n".join(archive.read(name).decode(errors="replace") for name in archive.namelist()))


def _cut(text: str, length: int = 4) -> list[str]:
    """Every four words of it in a row."""
    words = text.split()
    return [" ".join(words[start : start + length]) for start in range(len(words) - length + 1)]


@pytest.fixture
async def week(discord, clock, application, database, tmp_path, plain_log) -> AsyncIterator[Week]:
    guild = discord.add_guild(application, permissions=f"view_channel send_polls {LEAST}")
    editors = guild.add_role("Editors", "manage_messages")
    question = Content(
        text="What did you stop doing, and what happened?",
        options=("Something that made money", "Something that cost money"),
        why="Reply with what happened.",
        accounts=(f"server:{guild.general.id}",),
        at="2026-11-16T09:00",
        closes_after="4d",
    )
    keys = {"editor_role": editors.id, "sees_config": True}
    week = Week(discord, clock, application, guild, tmp_path, database, {guild.id: keys}, {"stopped": question})
    week.editor = guild.add_member("eve", editors, display_name="Eve Editor")
    await week.open()
    yield week
    await week.close()


async def answer_by_form(week: Week, person: Person, under: Message, text: str, leave: str) -> None:
    """Press Answer, fill in, send."""
    form = person.press(under, under.button("Answer"))
    sent = await fill_in(person, form, answer=text, credit=f"{person.name.title()} the Expert", leave=leave)
    await sent.settled()
    await drain()


async def ask_for_leave(week: Week, text: str) -> Message:
    """An editor chooses all of an answer and asks its author; the request in the channel."""
    (reply_id,) = [each.reply_id for each in await week.rows(Revision) if each.text == text]
    given = (week.context, CONFIG_WORKSPACE, reply_id)
    await desk.choose_passage(*given, text, by="Eve Editor")
    await desk.ask_consent(*given, by="Eve Editor", guild=desk.find_guild(week.context, week.guild.id))
    await week.tick(minutes=1)
    return week.posts()[-1]


async def review_and_ask(week: Week, text: str) -> Message:
    """The same by the command in Discord, past the answers that come before it."""
    shown = await week.editor.command(week.guild.general, "pullquote review", question="stopped").response()
    for _ in range(12):
        if text in shown.content:
            break
        shown = await (await press(week.editor, shown, "Skip")).updated()
    form = await week.editor.press(shown, shown.button("Choose passage")).modal()
    assert form.fields["words"]["value"] == text
    chosen = await week.editor.submit(form, words=text).updated()
    await (await press(week.editor, chosen, "Ask for leave")).updated()
    await week.tick(minutes=1)
    return week.posts()[-1]


async def decide(week: Week, person: Person, request: Message, label: str) -> None:
    await press(person, request, label)
    await drain()


async def test_only_what_its_author_allowed_stands_in_any_digest(week):
    names = ("ada", "grace", "alan", "hedy", "joan", "radia", "mary", "edith", "sophie", "karen", "mallory", "lise")
    people = week.join(*names)
    ada, grace, alan, hedy, joan, radia, mary, edith, sophie, karen, mallory, lise = people

    # Monday at nine the question goes out, once, as a native poll with a button below it
    await week.tick(minutes=59)
    assert week.posts() == []
    await week.tick(minutes=1)
    await week.tick(seconds=10)
    poll = next(message for message in week.posts() if message.ballot)
    button = next(message for message in week.posts() if any("Answer" in each.label for each in message.buttons))
    assert len(week.posts()) == 2
    assert poll.ballot.options == ("Something that made money", "Something that cost money")

    # they answer: by the form, by a reply, by a vote and a reply, beside it
    await answer_by_form(week, ada, button, DROPPED, "yes")
    await answer_by_form(week, karen, button, WITHDRAWN, "yes")
    await answer_by_form(week, mallory, button, BANNED, "yes")
    await answer_by_form(week, lise, button, NO_BY_FORM, "no")
    alan.vote(poll, 1)
    grace.vote(poll, 0)
    said = {
        DISAVOWED: grace,
        GUEST: alan,
        WAITING: joan,
        REFUSED: mary,
        REGRETTED: edith,
        DELETED: sophie,
        UNASKED: radia,
    }
    replies = {text: who.reply(button, text) for text, who in said.items()}
    radia.reply(button, "Great question!")
    beside = hedy.say(week.guild.general, MEETINGS)
    saved = await week.editor.use_on(beside, "Save as quote").response()
    assert "Saved" in saved.content
    await week.tick(minutes=6)
    stored = await week.rows(Reply)
    origins = {origin: sum(reply.origin is origin for reply in stored) for origin in Origin}
    assert (origins[Origin.SUBMITTED], origins[Origin.COLLECTED], origins[Origin.SAVED]) == (4, 8, 1)
    assert len(await week.rows(Vote)) == 2

    # the editor asks seven of them, in the channel; the bot is started again before the last have answered
    wanted = (DISAVOWED, GUEST, WAITING, REFUSED, REGRETTED, DELETED)
    requests = {MEETINGS: await review_and_ask(week, MEETINGS)}
    requests |= {each: await ask_for_leave(week, each) for each in wanted}
    assert requests[MEETINGS].answers == beside.id
    assert requests[DISAVOWED].answers == replies[DISAVOWED].id
    assert requests[DISAVOWED].pings == {grace.id}
    await decide(week, grace, requests[DISAVOWED], "Yes, with my name and what I chose")
    await decide(week, alan, requests[GUEST], "Yes, without my name")
    await decide(week, joan, requests[DISAVOWED], "No")  # it is not hers to decide
    await week.restart()
    await decide(week, hedy, requests[MEETINGS], "Yes, with my name")
    await decide(week, mary, requests[REFUSED], "No")
    await decide(week, edith, requests[REGRETTED], "Yes, with my name")
    await decide(week, sophie, requests[DELETED], "Yes, with my name")

    # some change their minds; the bot is cut off while they do
    week.application.cut_off()
    edith.edit(replies[REGRETTED], CORRECTED)
    sophie.delete(replies[DELETED])
    week.guild.owner.ban(week.guild, mallory)
    week.clock.advance(hours=1)
    week.application.mend()
    await week.application.ready()
    await wait_for_commands()
    mine = await karen.command(week.guild.general, "my-answers").response()
    sure = await (await press(karen, mine, "Withdraw")).updated()
    await (await press(karen, sure, "Yes, withdraw")).updated()

    # Friday at nine it closes: a last look, the result, the digest
    await week.tick(days=4)
    await week.tick(minutes=1)
    assert [message.type for message in week.guild.general.messages()].count(46) == 1
    files = week.read_files()
    assert len(files) == 2 * len(FORMATS)
    assert {text: names for text, names in week.find_printed(BARRED).items() if names} == {}
    printed = week.find_printed(PERMITTED)
    assert {text: len(names) for text, names in printed.items()} == dict.fromkeys(PERMITTED, len(files))
    for name, said in files.items():
        assert "Ada the Expert" in said, name
        assert alan.name not in said.lower(), name
        assert "Alan of the Guild" not in said, name
    told = [said.count("Voted for it.") for name, said in files.items() if name.endswith((".md", ".html"))]
    assert told == [1] * 4  # Grace's; Alan's vote is nobody's business
    states = {reply.remote_id: reply.state for reply in await week.rows(Reply)}
    assert states[replies[DELETED].id] is ReplyState.DELETED

    # a yes is taken back by the button that gave it, after the digest was written
    await decide(week, grace, requests[DISAVOWED], "No")
    await week.tick(minutes=1)
    assert week.find_printed([DISAVOWED]) == {DISAVOWED: []}
    assert all(week.find_printed([DROPPED]).values())

    # nobody was written to directly, nothing went out twice
    assert [person.name for person in people if person.direct_messages()] == []
    assert len([message for message in week.posts() if message.ballot]) == 1
    assert [post.state for post in await week.rows(Post)] == [PostState.CLOSED]
