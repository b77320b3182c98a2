"""Consent by row wins: a no never becomes a yes, an empty cell is unasked, and what cannot be read is asked."""

import pytest

from bot.desk import DeskError, find_act, preview_import, record_consent, undo
from bot.desk.bringing.cells import Leave
from bot.desk.bringing.given import ImportDefaults, LeaveChoices
from storage.models import Consent, Question
from storage.states import CONFIG_WORKSPACE

FORM = (
    'text,author,"May we quote you?"\n'
    'One.,Ada,"Yes, with my name"\nTwo.,Bo,No\nThree.,Cy,Anonymously\nFour.,Di,\nFive.,Ed,Please ask me first\n'
)
BY_ROW = {
    "One.": ["granted"],
    "Two.": ["refused"],
    "Three.": ["granted_anonymously"],
    "Four.": [],
    "Five.": ["ask_first"],
}


@pytest.mark.parametrize("consent", ["", "yes, quote me"])
async def test_each_row_says_itself_whether_it_may_be_quoted(bot, load, leave, consent):
    done = await load("form.csv", FORM, consent=consent)
    assert (done.added, done.columns) == (5, ["May we quote you?"])
    assert done.leave == {"yes": 1, "no": 1, "anonymous": 1, "unasked": 1, "ask first": 1}
    assert await leave() == BY_ROW
    first = (await bot.rows(Consent))[0]
    assert (first.wording, first.proof) == (
        "May we quote you? Yes, with my name",
        "stated at import from import: form.csv",
    )


async def test_a_second_import_adds_what_is_said_since_and_says_so(load, leave):
    await load("form.jsonl", [{"id": 1, "text": "One."}, {"id": 2, "text": "Two."}])
    done = await load("form.jsonl", [{"id": 1, "text": "One.", "consent": "yes"}, {"id": 2, "text": "Two."}])
    assert (done.added, done.known, done.granted) == (0, 2, 1)
    assert await leave() == {"One.": ["granted"], "Two.": []}
    done = await load("form.jsonl", [{"id": 1, "text": "One.", "consent": "yes"}, {"id": 2, "text": "Two."}])
    assert done.granted == 0
    assert await leave() == {"One.": ["granted"], "Two.": []}


async def test_consent_for_all_reaches_rows_that_are_known(load, leave):
    await load("form.csv", "text\nOne.\n")
    done = await load("form.csv", "text\nOne.\nTwo.\n", consent="yes, quote me")
    assert (done.added, done.known, done.granted) == (1, 1, 1)
    assert await leave() == {"One.": ["granted"], "Two.": ["granted"]}


async def test_a_no_of_a_known_row_takes_its_yes_back(load, leave):
    await load("form.jsonl", [{"id": 1, "text": "One.", "consent": True}])
    done = await load("form.jsonl", [{"id": 1, "text": "One.", "consent": False}])
    assert done.refused == 1
    assert await leave() == {"One.": ["granted", "withdrawn"]}


async def test_an_import_that_is_taken_back_takes_its_yes_and_leaves_what_people_said(bot, load, leave):
    rows = [{"id": number, "text": text} for number, text in enumerate(["One.", "Two.", "Three."], 1)]
    await load("form.jsonl", rows)
    said = ["yes", "no", "ask me first"]
    await load("form.jsonl", [row | {"consent": each} for row, each in zip(rows, said, strict=True)], by="Mara")
    assert await leave() == {"One.": ["granted"], "Two.": ["refused"], "Three.": ["ask_first"]}
    act = await find_act(bot.context, CONFIG_WORKSPACE, by="Mara")
    await undo(bot.context, CONFIG_WORKSPACE, act.id, by="Mara")
    assert await leave() == {"One.": [], "Two.": ["refused"], "Three.": ["ask_first"]}


@pytest.mark.parametrize("row", [{"consent": "yes"}, {}])
async def test_no_import_lifts_a_no(load, leave, row):
    await load("form.jsonl", [{"id": 1, "text": "One.", "consent": "no"}])
    done = await load("form.jsonl", [{"id": 1, "text": "One.", **row}], consent="yes, quote me")
    assert (done.granted, [bad.line for bad in done.held_back]) == (0, [1])
    assert "an import lifts no no" in done.held_back[0].message
    assert await leave() == {"One.": ["refused"]}


async def test_no_import_gives_an_unnamed_a_name(load, leave):
    await load("form.jsonl", [{"id": 1, "text": "One.", "consent": "anonymous"}])
    done = await load("form.jsonl", [{"id": 1, "text": "One.", "consent": "yes"}])
    assert [bad.line for bad in done.held_back] == [1]
    assert await leave() == {"One.": ["granted_anonymously"]}


async def test_a_no_that_an_editor_entered_stays(bot, load, leave):
    await load("form.csv", "text\nOne.\n")
    await record_consent(bot.context, CONFIG_WORKSPACE, 1, "refused")
    await load("form.csv", "text\nOne.\n", consent="yes, quote me")
    assert await leave() == {"One.": ["refused"]}


@pytest.mark.parametrize("order", [("yes", "no"), ("no", "yes")])
async def test_of_a_row_that_stands_twice_the_stricter_word_holds(load, leave, order):
    await load("form.jsonl", [{"id": 1, "text": "One.", "consent": word} for word in order])
    assert (await leave())["One."][-1] == "refused"


@pytest.mark.parametrize("consent", ["", "yes, quote me"])
async def test_a_cell_that_is_not_understood_stops_the_import_with_a_question(bot, load, consent):
    with pytest.raises(DeskError) as told:
        await load("form.csv", 'text,"Puis-je vous citer ?"\nOne.,Oui\nTwo.,bof\nThree.,bof\n', consent=consent)
    assert "the column “Puis-je vous citer ?” says who may be quoted" in str(told.value)
    assert "“bof” (2)" in str(told.value)
    assert '--yes-means "bof"' in str(told.value)
    assert '--ignore-column "Puis-je vous citer ?"' in str(told.value)
    assert await bot.rows(Consent) == []


async def test_what_an_editor_says_of_a_cell_is_how_it_is_read(load, leave):
    means = {"1": Leave.YES, "2": Leave.NO, "3": Leave.ANONYMOUS}
    rows = [{"text": f"{number}.", "consent": number} for number in (1, 2, 3)]
    await load("form.jsonl", rows, leave=LeaveChoices(means=means))
    assert await leave() == {"1.": ["granted"], "2.": ["refused"], "3.": ["granted_anonymously"]}


@pytest.mark.parametrize("heading", ["Do you mind being quoted?", "Stay anonymous?", "GDPR consent", "Do not quote me"])
async def test_a_plain_yes_to_what_may_mean_the_opposite_is_asked(load, leave, heading):
    content = f'text,"{heading}"\nOne.,yes\n'
    with pytest.raises(DeskError, match="may ask for leave to quote, or for something else"):
        await load("form.csv", content, consent="yes, quote me")
    await load("form.csv", content, leave=LeaveChoices(means={"Yes": Leave.NO}))
    assert await leave() == {"One.": ["refused"]}


async def test_a_column_that_nobody_filled_in_asks_nothing(load, leave):
    await load("form.csv", "text,GDPR consent\nOne.,\n", consent="yes, quote me")
    assert await leave() == {"One.": ["granted"]}


async def test_a_column_that_is_ignored_grants_nothing_to_who_said_no(load, leave):
    choices = LeaveChoices(ignored=("May we quote you?",))
    await load("form.csv", FORM, consent="yes, quote me", leave=choices)
    states = await leave()
    assert (states["One."], states["Two."], states["Four."]) == (["granted"], [], ["granted"])


async def test_a_column_that_an_editor_names_is_read(load, leave):
    await load("form.csv", "text,Q7\nOne.,ja\nTwo.,nein\n", leave=LeaveChoices(columns=("q7",)))
    assert await leave() == {"One.": ["granted"], "Two.": ["refused"]}


async def test_a_column_that_is_not_there_is_told(load):
    with pytest.raises(DeskError, match="there is no column “Q8”; there are “text”, “Q7”"):
        await load("form.csv", "text,Q7\nOne.,ja\n", leave=LeaveChoices(columns=("Q8",)))


async def test_a_name_that_may_not_be_printed_is_not(load, leave):
    content = (
        'text,"May we quote you?","May we print your name?"\nOne.,yes,yes\nTwo.,yes,no\nThree.,yes,\nFour.,no,yes\n'
    )
    await load("form.csv", content)
    assert await leave() == {
        "One.": ["granted"],
        "Two.": ["granted_anonymously"],
        "Three.": ["granted_anonymously"],
        "Four.": ["refused"],
    }


async def test_leave_to_print_a_name_alone_is_no_leave_to_quote(load, leave):
    content = 'text,"May we print your name?"\nOne.,yes\nTwo.,no\n'
    with pytest.raises(DeskError, match="nothing says that they agreed to be quoted"):
        await load("form.csv", content)
    await load("form.csv", content, consent="They agreed by mail.")
    assert await leave() == {"One.": ["granted"], "Two.": ["granted_anonymously"]}


async def test_a_row_without_the_key_of_the_others_is_unasked(load, leave):
    await load("form.jsonl", [{"text": "One."}, {"text": "Two.", "consent": "yes"}], consent="yes, quote me")
    assert await leave() == {"One.": [], "Two.": ["granted"]}


async def test_leave_that_is_a_list_is_a_bad_row(load, leave):
    done = await load("form.jsonl", [{"text": "One.", "consent": ["yes"]}, {"text": "Two.", "consent": "yes"}])
    assert [bad.line for bad in done.bad] == [1]
    assert await leave() == {"Two.": ["granted"]}


async def test_nobody_who_said_no_is_quoted(bot, load):
    from bot.digest.usable import count_usable

    await load("form.csv", FORM.replace("One.", "We stopped in 2019 after 3 tests.").replace("Two.", "I never did it."))
    await bot.tick(minutes=1)
    (found,) = await count_usable(bot.context.store, 1, bot.context.capabilities)
    assert found.answers <= 4


async def test_a_preview_tells_what_is_to_be_asked_and_counts_what_is_said(bot, tmp_path):
    path, question = tmp_path / "form.csv", await bot.row(Question)
    path.write_text(FORM.replace("Anonymously", "hm"), encoding="utf-8")
    preview = await preview_import(bot.context, question, path, ImportDefaults())
    assert len(preview.questions) == 1
    assert preview.found.added == 5
