"""`/pullquote review`: one answer at a time, one press each; and what happens on a wrong one."""

import pytest
from sqlalchemy import event

from bot.filter.values import FilterSettings, Thresholds
from bot.replies.judge import judge_question
from storage.models import CreditGiven, EditorAct, Post, Printing, Question, Verdict
from storage.replies.ingest import upsert_replies
from storage.replies.storable import AuthorRow, ReplyRow
from storage.states import Origin, VerdictValue
from tests.bot.commands.conftest import ask, fill_in, hand_in, press, through
from tests.running import ANSWERS, InProcess

MAYBE = "It depends on what you do, I think, and on how many people you have for it in the end."
"""Neither empty nor worth printing by itself."""


@pytest.fixture
async def asked(face, editor):
    """A question with three replies, collected and judged."""
    face.posted = await ask(face, editor)
    return face


async def answer(face, person, text):
    reply = person.reply(face.posted, text)
    await face.tick(minutes=6)
    return reply


async def review(face, person, **options):
    return await person.command(face.guild.general, "pullquote review", **options).response()


async def test_nothing_to_review_says_where_the_rest_is(face, editor):
    assert "/pullquote digest" in (await review(face, editor)).content


async def test_an_answer_is_shown_with_its_author_its_judgement_and_its_leave(asked, editor, ada):
    await answer(asked, ada, ANSWERS["ada"])
    shown = await review(asked, editor)
    assert shown.ephemeral
    assert "> We dropped AMP last March" in shown.content
    assert "Ada Lovelace" in shown.content
    assert "Leave: not asked yet" in shown.content
    assert "This reply" in shown.content
    link = next(button for button in shown.buttons if button.url)
    assert link.url.startswith("https://discord.com/channels/")


def count_all_as_worth_reading(face):
    """Answers that differ by a number alone would else be ranked out."""
    face.context.judges = InProcess(FilterSettings(thresholds=Thresholds(quotable_from=0.0)))


async def test_twenty_answers_take_twenty_presses(asked, editor, guild):
    count_all_as_worth_reading(asked)
    for number in range(20):
        guild.add_member(f"person{number}").reply(
            asked.posted, f"We stopped {number} reports in 2021: nobody read them."
        )
    await asked.tick(minutes=6)
    shown = await review(asked, editor)
    for _ in range(20):
        shown = await (await press(editor, shown, "Keep")).updated()
    assert "decided by Eve Editor" in shown.content  # all are: what is left is to ask for leave
    kept = [verdict for verdict in await asked.rows(Verdict) if verdict.editor]
    assert len(kept) == 20
    assert {verdict.value for verdict in kept} == {VerdictValue.KEEP}
    assert {verdict.editor for verdict in kept} == {f"Eve Editor (discord:{editor.id})"}


async def test_aside_asks_for_a_reason_and_undo_takes_it_back(asked, editor, ada, grace):
    await answer(asked, ada, ANSWERS["ada"])
    await answer(asked, grace, ANSWERS["grace"])
    shown = await review(asked, editor)
    first = shown.content
    form = editor.press(shown, shown.button("Aside"))
    following = await (await fill_in(editor, form, reason="off topic")).updated()
    assert "Set the last one aside" in following.content
    undone = await (await press(editor, following, "Undo")).updated()
    assert "Taken back" in undone.content
    assert first.split("\n>")[1] in undone.content
    (verdict,) = [verdict for verdict in await asked.rows(Verdict) if verdict.editor]
    assert (verdict.value, verdict.note) == (VerdictValue.ASIDE, "off topic")
    assert verdict.restored_at is not None


async def test_skipping_decides_nothing(asked, editor, ada, grace):
    await answer(asked, ada, ANSWERS["ada"])
    await answer(asked, grace, ANSWERS["grace"])
    shown = await review(asked, editor)
    following = await (await press(editor, shown, "Skip")).updated()
    assert following.content != shown.content
    assert [verdict for verdict in await asked.rows(Verdict) if verdict.editor] == []


async def test_what_was_skipped_does_not_come_back_after_each_decision(asked, editor, guild):
    count_all_as_worth_reading(asked)
    for number in range(3):
        guild.add_member(f"p{number}").reply(asked.posted, f"We stopped {number} reports in 2021: nobody read them.")
    await asked.tick(minutes=6)
    shown = await review(asked, editor)
    seen = [shown.content.split("\n> ")[1].split("\n")[0]]
    for label in ("Skip", "Keep"):
        shown = await (await press(editor, shown, label)).updated()
        seen.append(shown.content.split("\n> ")[1].split("\n")[0])
    assert len(set(seen)) == 3
    last = await (await press(editor, shown, "Keep")).updated()
    assert seen[0] not in last.content
    assert "decided by Eve Editor" in last.content


async def test_an_answer_that_was_edited_meanwhile_is_shown_again_instead(asked, editor, ada):
    reply = await answer(asked, ada, ANSWERS["ada"])
    shown = await review(asked, editor)
    ada.edit(reply, "We dropped AMP in 2022 and lost a third of our readers.")
    await asked.tick(minutes=6)
    again = await (await press(editor, shown, "Keep")).updated()
    assert "Look again" in again.content
    assert "lost a third" in again.content
    assert [verdict for verdict in await asked.rows(Verdict) if verdict.editor] == []


async def test_two_editors_see_that_the_other_was_quicker(asked, editor, editors, ada):
    await answer(asked, ada, ANSWERS["ada"])
    other = asked.guild.add_member("emil", editors, display_name="Emil")
    mine, theirs = await review(asked, editor), await review(asked, other)
    await (await press(editor, mine, "Keep")).updated()
    told = await (await press(other, theirs, "Maybe")).updated()
    assert "Look again" in told.content
    assert "decided by Eve Editor" in told.content
    assert "<t:" in told.content
    (verdict,) = [verdict for verdict in await asked.rows(Verdict) if verdict.editor]
    assert verdict.value is VerdictValue.KEEP


async def test_a_passage_is_chosen_and_nothing_can_be_put_into_it(asked, editor, ada):
    await answer(asked, ada, ANSWERS["ada"])
    shown = await review(asked, editor)
    form = await editor.press(shown, shown.button("Choose passage")).modal()
    assert form.fields["words"]["value"] == ANSWERS["ada"]
    invented = await through(editor.submit(form, words="Traffic stayed flat, revenue rose 120%."))
    assert "word for word" in invented.shown()[-1].content
    form = editor.press(shown, shown.button("Choose passage"))
    chosen = await (await fill_in(editor, form, words="Traffic stayed flat, revenue rose 12%.")).updated()
    assert "Chosen" in chosen.content
    assert "> Traffic stayed flat, revenue rose 12%." in chosen.content.split("To be quoted of it:")[1]


async def test_leave_is_asked_in_the_channel_of_its_author_alone(asked, editor, ada):
    reply = await answer(asked, ada, ANSWERS["ada"])
    shown = await review(asked, editor)
    form = editor.press(shown, shown.button("Choose passage"))
    chosen = await (await fill_in(editor, form, words="Traffic stayed flat, revenue rose 12%.")).updated()
    told = await (await press(editor, chosen, "Ask for leave")).updated()
    assert "Asked" in told.content
    await asked.tick(minutes=1)
    request = asked.posts()[-1]
    assert request.answers == reply.id
    assert request.pings == {ada.id}
    assert ada.direct_messages() == []


async def test_credit_and_use_are_entered(asked, editor, ada):
    await answer(asked, ada, ANSWERS["ada"])
    shown = await review(asked, editor)
    form = editor.press(shown, shown.button("Credit"))
    credited = await (await fill_in(editor, form, name="Ada Lovelace", role="engineer", said_by="Ada")).updated()
    assert "Entered" in credited.content
    (credit,) = await asked.rows(CreditGiven)
    assert (credit.name, credit.role, credit.said_by) == ("Ada Lovelace", "engineer", "Ada")
    form = editor.press(credited, credited.button("Mark used"))
    used = await (await fill_in(editor, form, url="https://example.org/article", title="On stopping")).updated()
    assert "Already taken: On stopping" in used.content
    assert len(await asked.rows(Printing)) == 1


async def test_what_was_entered_is_taken_back_by_the_next_press(asked, editor, ada):
    await answer(asked, ada, ANSWERS["ada"])
    shown = await review(asked, editor)
    form = editor.press(shown, shown.button("Credit"))
    credited = await (await fill_in(editor, form, name="Ada Lovelace", said_by="Ada")).updated()
    undone = await (await press(editor, credited, "Undo")).updated()
    assert "Taken back" in undone.content
    assert await asked.rows(CreditGiven) == []
    form = editor.press(undone, undone.button("Mark used"))
    used = await (await fill_in(editor, form, url="https://example.org/article")).updated()
    assert "Already taken" in used.content
    undone = await (await press(editor, used, "Undo")).updated()
    assert "Already taken" not in undone.content
    assert await asked.rows(Printing) == []
    acts = await asked.rows(EditorAct)
    assert [(act.kind, act.undone_by == act.by) for act in acts] == [("credit", True), ("used", True)]


async def test_a_page_that_is_none_is_refused_and_the_answer_stays_in_view(asked, editor, ada):
    await answer(asked, ada, ANSWERS["ada"])
    shown = await review(asked, editor)
    form = editor.press(shown, shown.button("Mark used"))
    told = await hand_in(editor, form, url="javascript:alert(1)")
    assert "no web address" in told.shown()[-1].content
    assert await asked.rows(Printing) == []


async def test_only_one_question_is_reviewed_where_one_is_named(asked, editor, ada):
    await answer(asked, ada, ANSWERS["ada"])
    second = await ask(asked, editor, "What did you begin?")
    ada.reply(second, "I began to read printed papers in 2020, because a screen made me tired by noon.")
    await asked.tick(minutes=6)
    newest = max(question.id for question in await asked.rows(Question))
    shown = await review(asked, editor, question=f"#{newest}")
    assert "printed papers" in shown.content
    kept = await (await press(editor, shown, "Keep")).updated()
    assert "printed papers" in kept.content
    assert "choose the passage first" in kept.content


async def test_questions_are_suggested_while_typing_and_only_to_editors(asked, editor, ada):
    (question,) = await asked.rows(Question)
    typed = editor.type(asked.guild.general, "pullquote review", "question", "STOP")
    assert list((await typed.choices()).values()) == [f"#{question.id}"]
    assert await editor.type(asked.guild.general, "pullquote review", "question", "xyz").choices() == {}


async def test_an_answer_of_four_thousand_signs_is_shown_in_part_and_attached_whole(asked, editor, ada):
    count_all_as_worth_reading(asked)
    text = "We stopped *everything* in 2021. " * 55
    await answer(asked, ada, text)
    shown = await review(asked, editor)
    assert len(shown.content) <= 2000
    (file,) = shown.files()
    assert file.content.decode().strip() == text.strip()


async def test_reviewing_goes_on_after_a_restart(asked, editor, ada):
    await answer(asked, ada, ANSWERS["ada"])
    shown = await review(asked, editor)
    form = await editor.press(shown, shown.button("Aside")).modal()
    await asked.restart()
    asked.clock.advance(weeks=3)
    await through(editor.submit(form, reason="late"))
    (verdict,) = [verdict for verdict in await asked.rows(Verdict) if verdict.editor]
    assert verdict.note == "late"


async def store_answers(face, number):
    """So many, judged; every tenth goes on in a second reply."""
    (question,), (post,) = await face.rows(Question), await face.rows(Post)
    count_all_as_worth_reading(face)
    context = face.context
    rows = [
        ReplyRow(
            question_id=question.id,
            platform="discord",
            remote_id=str(900 + each),
            author=AuthorRow(f"p{each - (each % 10 == 9)}", f"p{each}", f"Person {each}"),
            text=f"We stopped {each} reports in 2021: nobody read them.",
            posted_at=context.now(),
            origin=Origin.COLLECTED,
            post_id=post.id,
            account_id=1,
            parent_remote_id=str(899 + each) if each % 10 == 9 else None,
        )
        for each in range(number)
    ]
    async with context.store.write() as session:
        await upsert_replies(session, rows, context.now())
    await judge_question(context, question.id)


DECIDING = {"Keep": None, "Skip": None, "Maybe": None, "Undo": None, "Aside": {"reason": "off topic"}}
ENTERING = {
    "Choose passage": {"words": "nobody read them"},
    "Ask for leave": None,
    "Credit": {"name": "Ada Lovelace", "said_by": "Ada"},
    "Mark used": {"url": "https://example.org/article"},
}


async def count_statements(face, editor, presses):
    """Of each press, beside those that begin a transaction. presses: what is filled in, by the label of the button."""
    ran, counts = [], {}

    def note(_connection, _cursor, statement, *_):
        ran.append(statement)

    shown = await review(face, editor)
    engine = face.context.store.engine.sync_engine
    event.listen(engine, "before_cursor_execute", note)
    for label, filled in presses.items():
        if filled is not None:
            form = editor.press(shown, shown.button(label))
        ran.clear()
        done = await (press(editor, shown, label) if filled is None else fill_in(editor, form, **filled))
        shown = await done.updated()
        counts[label] = sum(not statement.startswith("BEGIN") for statement in ran)
    event.remove(engine, "before_cursor_execute", note)
    return counts


async def count_least(face, editor, presses):
    """The bot does other things too in the meantime: the least of two tries."""
    tries = [await count_statements(face, editor, presses) for _ in range(2)]
    return {label: min(each[label] for each in tries) for label in presses}


async def test_a_press_takes_few_statements_and_as_many_whatever_is_stored(asked, editor):
    await store_answers(asked, 10)
    few = await count_least(asked, editor, DECIDING)
    await store_answers(asked, 300)
    many = await count_least(asked, editor, DECIDING)
    assert many == few
    entering = await count_statements(asked, editor, ENTERING)
    # what a press changes is counted anew before the next answer is chosen: eight of them
    assert max(many.values()) <= 19, many
    # what is entered is recorded as an act, and its Undo is offered
    assert max(entering.values()) <= 21, entering
