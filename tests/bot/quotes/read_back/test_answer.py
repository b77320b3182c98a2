"""What an answer to a read-back is: its author's plain yes or no, or something that an editor has to read."""

import pytest

from bot.quotes.read_back.answer import read_answer
from bot.quotes.read_back.letter import ReadBackLetter
from bot.words import list_languages
from storage.states import ConsentState


def write(wants="check", **more):
    given = {
        "wants": wants,
        "name": "Ada Lovelace",
        "question": "What did you stop doing?",
        "outlet": "The Loom",
        "passage": "We dropped AMP.\nNobody missed it.",
        "credit": "Ada Lovelace, engineer, Acme",
        "follow_up": "",
        "language": "en",
    }
    return ReadBackLetter(**(given | more))


def hear(said, wants="check", *, asks_more=False):
    return read_answer(said, write(wants).text, wants, name="Ada Lovelace", asks_more=asks_more)


def quoting(letter):
    """How mail programs repeat a letter below an answer: with marks, behind a wrapped line, or as it is."""
    lines = letter.splitlines()
    marked = "\n".join(f"> {line}" for line in lines)
    return [
        f"\n\nOn Thu, Dec 3, 2026 at 9:14 AM The Example Review <\nquotes+amp.abc@example.org> wrote:\n\n{marked}\n",
        f"\n\nAm 03.12.2026 um 09:14 schrieb The Example Review:\n{marked}\n",
        f"\n\n-----Original Message-----\nFrom: x\n{letter}",
        f"\n\n{letter}",
    ]


@pytest.mark.parametrize(
    "said", ["yes", "Yes!", "YES.", "ja", "Ja, bitte.", "oui", "sí", "sì", "sim", "Ok 👍", "That's correct.", "stimmt"]
)
def test_a_line_that_is_nothing_but_a_yes_is_one_in_every_language(said):
    assert hear(said).answer == "yes"


@pytest.mark.parametrize("said", ["no", "No, thanks.", "Nein", "non merci", "não", "nee", "Please don't quote me."])
def test_a_no_is_one_too_and_needs_no_set_words(said):
    assert hear(said, "leave").answer == "no"


@pytest.mark.parametrize(
    "said",
    [
        "yes, but please cut the second sentence",
        "Yes.\nBut not my firm.",
        "Yes\n\nPlease use Augusta instead of Ada.",
        "ja, aber ohne den Namen der Firma",
        "yes\nno",
        "I am away until Monday.",
        "",
        "No problem, go ahead!",
        "yesterday",
        "> yes",
        "With changes",
        "with changes\n\nPlease remove the second sentence",
    ],
)
def test_whatever_is_more_than_the_answer_goes_to_an_editor(said):
    for wants in ("check", "leave"):
        assert hear(said, wants).answer == "unclear"


def test_a_yes_with_a_reservation_is_no_answer_to_a_follow_up():
    assert hear("Yes\n\nbut not my firm", asks_more=True).answer == "unclear"
    assert hear("Yes\n\nForty of us. Please do not quote me on that.", asks_more=True).answer == "unclear"


def test_what_else_is_said_answers_the_follow_up():
    heard = hear("Hi Mara,\n\nyes!\n\nForty people, for two days\na month.\n\nBest regards\nAda", asks_more=True)
    assert (heard.answer, heard.follow_up) == ("yes", "Forty people, for two days\na month.")


def test_greetings_a_name_and_a_signature_are_no_words():
    heard = hear("Dear Ms Jones,\n\nYes.\n\nKind regards,\nAda Lovelace\n-- \nAda Lovelace\nAcme, Station Road 2")
    assert heard.answer == "yes"


def test_words_that_may_be_printed_instead_stand_alone_and_in_marks():
    heard = hear("With changes\n\n“We dropped AMP in 2021.”\n\nThanks", "leave")
    assert (heard.answer, heard.changed) == ("changed", "We dropped AMP in 2021.")
    assert hear("With changes\n\n“We dropped AMP in 2021.”", "check").answer == "unclear"  # no rewriting was offered
    assert hear("With changes\n\n“We dropped AMP.” Or so.", "leave").answer == "unclear"


def test_what_is_known_not_to_be_theirs_is_not_heard():
    said = "yes\nno quote, says the footer of the firm"
    heard = read_answer(said, write().text, "check", name="Ada", asks_more=False, foreign=[(4, len(said))])
    assert heard.answer == "yes"


def test_a_wish_is_heard_beside_an_answer():
    assert hear("Yes\n\nPlease without my name.").wish is ConsentState.UNNAMED


@pytest.mark.parametrize("language", sorted(list_languages()))
@pytest.mark.parametrize("wants", ["check", "leave"])
def test_the_letter_itself_is_never_an_answer(language, wants):
    letter = write(wants, language=language, follow_up="How many?", no_link=True).text
    for name in ("Ada Lovelace", ""):
        for repeated in quoting(letter):
            heard = read_answer(repeated, letter, wants, name=name, asks_more=True)
            assert (heard.answer, heard.follow_up, heard.changed) == ("unclear", "", "")
            assert read_answer(f"Yes{repeated}", letter, wants, name=name, asks_more=True).answer == "yes"


def test_a_letter_that_another_program_wrapped_holds_no_answer():
    letter = write("leave", language="en").text
    wrapped = letter.replace(" ", "\n")
    assert read_answer(wrapped, letter, "leave", name="Ada", asks_more=False).answer != "yes"


def test_the_letter_has_the_exact_passage_and_the_credit_and_asks_for_no_other_words():
    letter = write(follow_up="How many of you?", no_link=True).text
    assert "“We dropped AMP.\nNobody missed it.”" in letter
    assert "Credit: Ada Lovelace, engineer, Acme" in letter
    assert "no link" in letter
    assert "How many of you?" in letter
    assert "changes" not in letter
    assert "changes" in write("leave").text
    assert "not printed" in write(credit="", name="").text
