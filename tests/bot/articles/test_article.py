"""An article of two thousand words with twelve passages in marks, of which some are not as they should be."""

from bot.articles.advice import advise
from bot.articles.report import Defect, LiveState
from bot.cli.parts.article_report import conclude, print_report
from bot.quotes import Caution, Fidelity

AMP, NUMBER, SCARE, NOT, BLOCK, NAME, DELETED, GERMAN, EDITED, STRAIGHT, CLIPPED, CASE = range(1, 13)


async def check(desk, article):
    desk.bot.delete(desk.replies["night"])
    report = await desk.check(article)
    return report, {each.quotation.number: each for each in report.checked}


async def test_every_passage_of_the_article_is_judged_as_it_should_be(desk, article):
    report, found = await check(desk, article)
    assert [each.quotation.number for each in report.checked] == [n for n in range(1, 13) if n != SCARE]
    assert [each.text for each in report.passed_over] == ["quick win"]
    assert {number: each.problems for number, each in found.items() if each.problems} == {
        NUMBER: (Defect.OTHER_WORDS,),
        NOT: (Defect.OTHER_WORDS,),
        NAME: (Defect.WRONG_NAME,),
        DELETED: (Defect.DELETED,),
    }
    assert {number: each.proof.fidelity for number, each in found.items() if each.proof} == {
        AMP: Fidelity.VERBATIM,
        BLOCK: Fidelity.VERBATIM,
        NAME: Fidelity.VERBATIM,
        DELETED: Fidelity.VERBATIM,
        GERMAN: Fidelity.NORMALISED,
        EDITED: Fidelity.EDITED,
        STRAIGHT: Fidelity.NORMALISED,
        CLIPPED: Fidelity.VERBATIM,
        CASE: Fidelity.EDITED,
    }
    assert {number: each.warnings for number, each in found.items() if each.warnings} == {
        CLIPPED: (Caution.CLIPPED,),
    }


async def test_what_is_wrong_is_told_with_what_to_do(desk, article):
    _, found = await check(desk, article)
    assert advise(found[NUMBER])[0] == "the draft says “50”, the reply “40”"
    assert advise(found[NOT])[0] == "the draft leaves out “not”"
    assert advise(found[NAME]) == ["the draft names Alan Turing; it was said by Grace Hopper (@grace)"]
    assert advise(found[DELETED])[0].endswith(desk.replies["night"].link)
    assert any(
        "after a test on 40\nsites" in each or "after a test on 40 sites" in each for each in advise(found[NUMBER])
    )


async def test_the_last_line_is_for_forwarding(desk, article, capsys):
    report, _ = await check(desk, article)
    last = "7 of 11 quotations match, all still up at 09:07 CET; to mend: 2, 4, 6, 7"
    assert conclude(report, "Europe/Berlin") == last
    print_report(report, "Europe/Berlin")
    printed = capsys.readouterr().out
    assert printed.rstrip().endswith(last)
    assert "proves words, not persons" in printed


async def test_each_source_that_is_fit_to_print_was_read_again(desk, article):
    report, found = await check(desk, article)
    assert {each.live_state for each in report.checked if each.holds} == {LiveState.UP}
    assert found[DELETED].live_state is LiveState.GONE
