"""What people say about being quoted is heard: a refusal, a wish to stay unnamed, a wish to be asked first."""

import tomllib
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.quotes import Refusal, asks_not_to_be_quoted, find_refusal

ANSWER = "In our house in the Harz the sauna of 2019 costs us 740 euros a month and sixty guests use it."
SENTENCES = tomllib.loads(Path(__file__).with_name("refusals.toml").read_text(encoding="utf-8"))["sentence"]
ASKING = [sentence for sentence in SENTENCES if sentence["right"] != "free"]
FREE = [sentence["text"] for sentence in SENTENCES if sentence["right"] == "free"]
# Held as another wish than theirs, or until an editor has looked: none of them is printed.
HELD_OTHERWISE = {
    "Our bounce rate doubled after the redesign.\nDo not reproduce without consent of the legal department, i.e. don't.",
}


def find_outcome(text: str) -> str:
    found = find_refusal(text)
    return "free" if found is None else found.outcome.value


@pytest.mark.parametrize(
    "wish",
    [
        "I do not consent to being quoted.",
        "(not for publication)",
        "You may not publish this.",
        "For your eyes only, not for print.",
        "Private comment, do not publish.",
        "Do not use this in the article.",
        "Please do not print this.",
        "PLEASE DO NOT PRINT THIS!",
        "Not for the record.",
        "Off the record:",
        "pls dont quote",
        "keep this between us 🙏",
        "Confidential.",
        "Please delete my answer.",
        "Please ignore my answer for the article.",
        "Bitte nicht abdrucken.",
        "(nur für dich, bitte nicht veröffentlichen)",
        "Das ist nur für dich, bitte nicht veroeffentlichen:",
        "Merci de ne pas publier.",
        "Ne publiez pas ceci svp.",
        "Por favor no publiquen esto.",
        "Per favore non pubblicate questo.",
        "Graag niet publiceren.",
        "Por favor não publiquem isto.",
        "Por favor nao publiquem isto",
    ],
)
@pytest.mark.parametrize("place", ["{wish} {answer}", "{answer} {wish}", "{answer}\n{wish}\n{answer}", "{wish}"])
def test_a_refusal_is_heard_wherever_it_stands(wish, place):
    assert find_outcome(place.format(wish=wish, answer=ANSWER)) == Refusal.REFUSED


@pytest.mark.parametrize(
    "wish",
    [
        "Anonymous please.",
        "Dont use my name please.",
        "I would rather stay anonymous.",
        "Keep my name out of it.",
        "Nur unter Pseudonym bitte.",
        "(ohne meinen Namen, bitte)",
        "Quote me if you like, but not by name.",
        "First name only.",
        "Initials only.",
        "Don't quote me by name.",
        "I don't want my name published.",
        "Sans mon nom svp.",
        "Sin mi nombre, por favor.",
        "Senza il mio nome, grazie.",
        "Zonder mijn naam aub.",
        "Sem o meu nome, por favor.",
    ],
)
def test_who_wants_to_stay_unnamed_is_heard(wish):
    assert find_outcome(f"{wish} {ANSWER}") == Refusal.UNNAMED
    assert find_outcome(f"{ANSWER} {wish}") == Refusal.UNNAMED


@pytest.mark.parametrize(
    "wish",
    [
        "Please ask me before quoting.",
        "On background only.",
        "If you want to use this, check with me first.",
        "Run it by me before you publish.",
        "Let me see the quote first.",
        "Only with my ok.",
        "Please don't publish before I've had a look at it.",
        "Bitte vor Abdruck rückfragen.",
        "Merci de me demander avant de publier.",
        "Pregúntame antes de publicarlo.",
        "Chiedetemi prima di pubblicare.",
        "Vraag het me eerst.",
        "Perguntem-me antes de publicar.",
    ],
)
def test_who_wants_to_be_asked_first_is_heard(wish):
    assert find_outcome(f"{wish} {ANSWER}") == Refusal.ASK_FIRST
    assert find_outcome(f"{ANSWER} {wish}") == Refusal.ASK_FIRST


@pytest.mark.parametrize(
    "text",
    [
        "The builder gave us no quote for the sauna, so we built it ourselves in 2019.",
        "I asked for three quotes; the cheapest was 38,000 euros.",
        "We stopped printing the menu in 2021; nobody asked for it.",
        "Never publish a post on a Friday: we lost 40 percent of our readers by that.",
        "Do not use stock photos in the article header. Readers notice.",
        "Our anonymous feedback box got 12 notes a year. Now people sign and we get 60.",
        "I keep my name out of the sender field; open rates rose by a third.",
        "The record for our house is 61 guests in a night.",
        "Background checks cost us 30 dollars each and found nothing.",
        "Wir haben nie ein Zitat ohne Rückfrage gedruckt, in zwölf Jahren.",
        "Feel free to quote me.",
        "You may use my name.",
        "Zitieren erlaubt.",
        "I don't mind being quoted.",
    ],
)
def test_prices_advice_and_a_yes_are_free(text):
    assert find_outcome(text) == "free"


@pytest.mark.parametrize(
    "text", ["(this not public, yes?)", "Permission to quote: denied.", "I never said you could not quote it"]
)
def test_what_looks_like_a_refusal_is_held(text):
    assert find_refusal(text) is not None


@pytest.mark.parametrize("sentence", ASKING, ids=[sentence["text"][:60] for sentence in ASKING])
def test_a_sentence_that_asks_for_something_is_never_free(sentence):
    if sentence["text"] in HELD_OTHERWISE:
        assert find_refusal(sentence["text"]) is not None
    else:
        assert find_outcome(sentence["text"]) == sentence["right"]


def test_of_the_sentences_that_ask_for_nothing_two_percent_are_held_at_most():
    held = [text for text in FREE if find_refusal(text) is not None]
    assert len(held) <= len(FREE) * 0.02, held


def test_the_strictest_of_several_wins():
    assert find_outcome("Ask me first. No names please. On second thought: do not quote me.") == Refusal.REFUSED
    assert find_outcome("No names please. And ask me first.") == Refusal.ASK_FIRST


def test_the_span_is_the_clause_that_shows_it():
    text = "We rewrote it in Go — “n\u00e9” \u200bPlease\xa0do\u200b not print this! — in nine months."
    found = find_refusal(text)
    assert text[found.start : found.end] == "Please\xa0do\u200b not print this"


def test_a_wrapped_line_is_read_on():
    text = "We moved four hundred sites over in a weekend and you may\nnot publish this anywhere, as it was luck."
    assert find_outcome(text) == Refusal.REFUSED


def test_only_a_plain_refusal_keeps_a_reply_out_today():
    assert asks_not_to_be_quoted("Please do not print this.")
    assert not asks_not_to_be_quoted("Anonymous please.")
    assert not asks_not_to_be_quoted("Ask me first.")


@given(st.sampled_from(ASKING), st.sampled_from(["upper", "curly", "spaces", "emoji", "decomposed"]))
@example(ASKING[0], "upper")
def test_how_it_is_typed_changes_nothing(sentence, way):
    typed = sentence["text"]
    if way == "upper":
        typed = typed.upper()
    elif way == "curly":
        typed = typed.replace("'", "’")
    elif way == "spaces":
        typed = typed.replace(" ", "  ")
    elif way == "emoji":
        typed = f"{typed} 🙏🏽"
    else:
        typed = "\u200b".join(typed)
    assert find_outcome(typed) == find_outcome(sentence["text"])


@given(st.sampled_from(ASKING), st.sampled_from(FREE), st.sampled_from([" ", "\n", "\n\n"]))
def test_what_stands_beside_it_frees_no_refusal(sentence, free, between):
    wish = sentence["text"] if sentence["text"][-1] in ".!?)" else f"{sentence['text']}."
    strictness = list(Refusal)
    asked = find_refusal(sentence["text"]).outcome
    for text in (f"{wish}{between}{free}", f"{free}{between}{wish}"):
        assert strictness.index(find_refusal(text).outcome) <= strictness.index(asked)


@given(
    st.text(alphabet=st.characters(exclude_categories=["Cs"])) | st.text(alphabet="no quote me please.,'\n-(é\u200bİß")
)
def test_a_span_lies_within_its_text(text):
    found = find_refusal(text)
    assert found is None or 0 <= found.start < found.end <= len(text)
