"""Each quotation of a draft: who said it, in these words, with leave, still up, and under the right name."""

import pytest

from adapters.sandbox.conduct import NO_ANSWER
from bot.articles import Paragraph
from bot.articles.advice import advise, caution
from bot.articles.naming import Naming
from bot.articles.report import Defect, LiveState
from bot.cli.parts.article_report import as_data, conclude, print_report
from bot.quotes import Barrier, Caution, Fidelity
from storage.models import Reply, Revision
from storage.replies.consents import add_consent
from storage.states import ConsentState

AMP = "“We dropped AMP last March because nobody used it,” said Ada Lovelace."


# ---------------------------------------------------------------- the words


async def test_a_true_quotation_holds(desk):
    checked = await desk.check_one(AMP)
    assert checked.holds
    assert (checked.proof.fidelity, checked.live_state, checked.speaker.naming) == (
        Fidelity.VERBATIM,
        LiveState.UP,
        Naming.RIGHT,
    )


async def test_what_nobody_said_is_found_nowhere(desk):
    checked = await desk.check_one("“We sold the whole company to a circus,” said Ada Lovelace.")
    assert checked.problems == (Defect.NOT_FOUND,)
    assert "nobody said it" in advise(checked)[0]


async def test_a_silent_edit_is_told_with_the_brackets_that_mark_it(desk):
    draft = "“Nobody noticed … and the first who did only wanted to be taken off the list,” said Grace Hopper."
    checked = await desk.check_one(draft)
    assert checked.problems == (Defect.OTHER_WORDS,)
    assert advise(checked)[0].startswith("mark the edit with brackets: “Nobody noticed […] and the first who")
    checked = await desk.check_one("“Stop for a month and see who complains,” said Alan Turing.")
    assert advise(checked)[0] == "mark the edit with brackets: “[S]top for a month and see who complains”"


@pytest.mark.parametrize(
    "draft",
    [
        "“We kept the estimate and stopped asking who had made it. . . . The meetings got shorter within a month,” said Grace Hopper.",
        "“We kept the estimate and stopped asking who had made it.... The meetings got shorter within a month,” said Grace Hopper.",
        "“We kept the estimate and stopped asking who had made it. … The meetings got shorter within a month,” said Grace Hopper.",
    ],
)
async def test_dots_with_spaces_and_four_dots_get_the_same_advice(desk, draft):
    checked = await desk.check_one(draft)
    assert checked.problems == (Defect.OTHER_WORDS,)
    wanted = (
        "mark the edit with brackets: “We kept the estimate and stopped asking who had made it. […] The meetings got"
    )
    assert advise(checked)[0].startswith(wanted)


async def test_a_dropped_negation_is_never_offered_as_a_marked_edit(desk):
    checked = await desk.check_one("“I would … go back to estimates, whatever my manager pays,” said Alan Turing.")
    assert not any("brackets" in sentence for sentence in advise(checked))


async def test_the_words_of_the_question_are_nobodys_answer(desk):
    await desk.say(
        "alan", "What did you stop doing, and what happened? Well: the stand-up, and people were glad of it."
    )
    checked = await desk.check_one("“What did you stop doing, and what happened?” asked Alan Turing.")
    assert checked.problems == (Defect.NOT_FOUND,)


async def test_a_passage_over_two_parts_of_an_answer_needs_its_mark(desk):
    first = await desk.say("grace", "We moved the release to the afternoon in four small steps.")
    await desk.say("grace", "The last one was the hardest of all of them.", to=first)
    joined = (
        "“We moved the release to the afternoon […] The last one was the hardest of all of them,” said Grace Hopper."
    )
    assert (await desk.check_one(joined)).holds
    assert not (await desk.check_one(joined.replace("[…]", "in four small steps."))).holds


async def test_a_quotation_that_goes_on_after_its_speaker_is_not_clipped(desk):
    draft = "“We dropped AMP last March,” said Ada Lovelace, “because nobody used it.”"
    assert [each.warnings for each in (await desk.check(draft)).checked] == [(), ()]
    alone = await desk.check_one("“We dropped AMP last March,” said Ada Lovelace.")
    assert alone.warnings == (Caution.CLIPPED,)
    assert "because nobody used it" in caution(alone)[0]


async def test_an_answer_to_another_participant_is_told(desk):
    await desk.say("alan", "You should measure that once more in a quiet week, I think.", to=desk.replies["links"])
    checked = await desk.check_one("“You should measure that once more in a quiet week,” said Alan Turing.")
    assert checked.holds
    assert Caution.REPLY_TO_OTHER in checked.warnings


async def test_of_two_who_said_the_same_the_named_one_is_taken(desk):
    await desk.say("alan", "We dropped AMP last March because nobody used it.")
    for name, handle in (("Ada Lovelace", "ada"), ("Alan Turing", "alan")):
        checked = await desk.check_one(f"“We dropped AMP last March because nobody used it,” said {name}.")
        assert checked.holds
        assert checked.answer.author.handle == handle


@pytest.mark.parametrize("phrase", ["quick win", "used it", "single source of truth", "The Mythical Man-Month"])
async def test_marks_around_a_catchphrase_or_title_make_no_quotation(desk, phrase):
    report = await desk.check(f"They call it “{phrase}” on the first slide.")
    assert not report.checked
    assert [each.text for each in report.passed_over] == [phrase]
    assert conclude(report, "UTC") == "no quotations found"


async def test_two_words_are_a_quotation_where_their_author_is_named(desk):
    checked = await desk.check_one("“Nothing else,” said Ada Lovelace.")
    assert checked.holds


# ---------------------------------------------------------------- still up


async def test_what_was_deleted_since_is_told_and_its_words_are_gone_here_too(desk):
    desk.bot.delete(desk.replies["amp"])
    checked = await desk.check_one(AMP)
    assert (checked.problems, checked.live_state) == ((Defect.DELETED,), LiveState.GONE)
    assert not [each for each in await desk.bot.rows(Revision) if each.text and "AMP" in each.text]


async def test_what_was_edited_since_is_told_with_what_stands_there_now(desk):
    desk.bot.edit(desk.replies["amp"], "We dropped AMP last May because nobody used it.")
    checked = await desk.check_one(AMP)
    assert checked.problems == (Defect.EDITED_SINCE,)
    assert "last May because nobody used it" in advise(checked)[1]


async def test_words_that_an_edit_brought_are_proven_without_a_collection(desk):
    desk.bot.edit(desk.replies["amp"], "We dropped AMP last May because nobody used it.")
    assert (await desk.check_one(AMP.replace("March", "May"))).holds


async def test_what_is_hidden_is_not_printed(desk):
    desk.bot.hide(desk.replies["amp"])
    checked = await desk.check_one(AMP)
    assert (checked.problems, checked.barrier) == ((Defect.NO_CONSENT,), Barrier.HIDDEN)


async def test_what_could_not_be_read_again_is_not_fit_to_print_today(desk, capsys):
    desk.bot.fail("posts", status=NO_ANSWER, times=9)
    report = await desk.check(AMP)
    assert (report.checked[0].problems, report.checked[0].live_state) == (
        (Defect.NOT_REREAD,),
        LiveState.UNKNOWN,
    )
    assert report.errors
    print_report(report, "UTC")
    assert "--offline checks the words alone" in capsys.readouterr().out
    desk.bot.mend()
    print_report(await desk.check(AMP), "UTC")
    assert "--offline" not in capsys.readouterr().out


async def test_an_earlier_look_is_no_look_now(desk):
    assert (await desk.check_one(AMP)).holds
    desk.bot.clock.advance(hours=1)
    await desk.bot.restart(accounts=(), questions={})  # nobody is left to ask
    assert (await desk.check_one(AMP)).problems == (Defect.NOT_REREAD,)


async def test_offline_asks_no_network_and_says_so(desk):
    desk.bot.delete(desk.replies["amp"])
    before = len(desk.bot.calls())
    report = await desk.check(AMP, offline=True)
    assert report.holds
    assert len(desk.bot.calls()) == before
    assert conclude(report, "UTC") == "1 quotation matches, as stored at 08:07 UTC (not read again: --offline)"


# ---------------------------------------------------------------- with leave


async def enter(desk, state, key="amp", credit=""):
    reply = next(each for each in await desk.bot.rows(Reply) if each.remote_id == desk.replies[key].id)
    revision = next(each for each in await desk.bot.rows(Revision) if each.reply_id == reply.id)
    async with desk.bot.context.store.write() as session:
        await add_consent(session, [revision.id], state, desk.bot.clock(), credit=credit)


async def test_without_leave_nothing_is_printed_where_leave_comes_first(open_desk):
    desk = await open_desk(consent_first=True)
    checked = await desk.check_one(AMP)
    assert (checked.problems, checked.barrier) == ((Defect.NO_CONSENT,), Barrier.WAITING)
    assert desk.replies["amp"].link in advise(checked)[0]
    await enter(desk, ConsentState.GRANTED)
    assert (await desk.check_one(AMP)).holds


async def test_a_no_is_told(desk):
    await enter(desk, ConsentState.WITHDRAWN)
    checked = await desk.check_one(AMP)
    assert (checked.problems, checked.barrier) == ((Defect.NO_CONSENT,), Barrier.WITHDRAWN)


async def test_who_agreed_without_a_name_is_not_named(desk):
    await enter(desk, ConsentState.GRANTED_ANONYMOUSLY)
    assert (await desk.check_one(AMP)).problems == (Defect.NAMED_AGAINST_WISH,)
    assert (await desk.check_one("“We dropped AMP last March because nobody used it,” said an engineer.")).holds


async def test_the_name_that_an_author_asked_for_is_right(desk):
    await enter(desk, ConsentState.GRANTED, credit="Augusta King")
    assert (await desk.check_one(AMP.replace("Ada Lovelace", "Augusta King"))).holds
    assert not (await desk.check_one(AMP.replace("Ada Lovelace", "Augusta Queen"))).holds


async def test_a_network_that_wants_posts_whole_gets_them_whole(open_desk):
    desk = await open_desk(whole_posts_only=True)
    assert (await desk.check_one(AMP)).problems == (Defect.NOT_WHOLE,)
    whole = desk.replies["report"].text
    assert (await desk.check_one(f"“{whole}” said Grace Hopper.")).holds


# ---------------------------------------------------------------- for programs


async def test_a_program_reads_all_of_it(desk):
    report = await desk.check(f"{AMP} “Nobody noticed for twelve weeks,” said Grace.")
    data = as_data(report, "UTC")
    assert data["conclusion"] == "1 of 2 quotations match, still up at 08:07 UTC; to mend: 2"
    good, bad = data["quotations"]
    assert (good["holds"], good["fidelity"], good["said_by"]["handle"]) == (True, "verbatim", "ada")
    assert (bad["holds"], bad["fidelity"], bad["problems"]) == (False, "fail", (Defect.OTHER_WORDS,))
    assert bad["nearest"]["passage"].startswith("Nobody noticed for eleven weeks")


async def test_a_mark_without_a_partner_is_told_and_nothing_holds(desk, capsys):
    report = await desk.check("Nobody knows.\nAda Lovelace said: “We dropped AMP last May.")
    assert not report.holds
    assert conclude(report, "UTC") == "1 mark without a partner: line 2"
    (mark,) = as_data(report, "UTC")["unpaired"]
    assert (mark["line"], mark["mark"]) == (2, "“")
    print_report(report, "UTC")
    assert "line 2: the mark “ opens or closes nothing" in capsys.readouterr().out


@pytest.mark.parametrize("draft", ["“Never,” said Ada Lovelace.", "Ada Lovelace said: “Never”"])
async def test_one_word_that_somebody_is_said_to_have_said_is_a_quotation(desk, draft):
    assert not (await desk.check(draft)).holds


# ---------------------------------------------------------------- names beside quotations


async def test_a_wrong_name_in_brackets_fails_whoever_else_is_quoted(desk):
    checked = await desk.check_one("“We dropped AMP last March because nobody used it.” (Grace Hopper)")
    assert checked.problems == (Defect.WRONG_NAME,)
    assert advise(checked) == ["the draft names Grace Hopper; it was said by Ada Lovelace (@ada)"]


async def test_who_is_not_named_is_counted_in_the_last_line(desk, capsys):
    draft = [
        Paragraph("“We dropped AMP last March because nobody used it.”", 1),
        Paragraph("“Nobody noticed for eleven weeks,” (Karl Marx)", 2),
        Paragraph("“Honestly, stop for a month and see who complains,” said Alan Turing.", 3),
    ]
    report = await desk.check(draft, offline=True)
    assert [each.speaker.naming for each in report.checked] == [Naming.UNNAMED, Naming.STRANGER, Naming.RIGHT]
    assert report.holds
    assert conclude(report, "UTC").endswith("(not read again: --offline); 2 unnamed")
    print_report(report, "UTC")
    printed = " ".join(capsys.readouterr().out.split())
    assert "! nobody is named near it: it was said by Ada Lovelace (@ada)" in printed
    assert "! “Karl Marx” stands beside it, as nobody is called who answered: Grace Hopper (@grace) said it" in printed


async def test_the_name_of_who_wants_none_is_not_missed(desk):
    await enter(desk, ConsentState.GRANTED_ANONYMOUSLY)
    report = await desk.check("“We dropped AMP last March because nobody used it.”", offline=True)
    assert report.holds
    assert "unnamed" not in conclude(report, "UTC")
