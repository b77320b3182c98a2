"""The text of a call-out says what services for journalists ask for, in the question's language."""

import pytest

from adapters.sandbox.settings import SandboxSettings
from bot.questions.call_out import write_call_out
from bot.questions.content import CALL_OUT, Content
from bot.questions.render import render
from bot.words import words
from tests.running import START

FULL = {
    "text": "What did you stop doing, and what happened?",
    "options": ("AMP", "Guest posts"),
    "why": "Say why.",
    "wanted": "People who run a site of their own.",
    "region": "Europe",
    "medium": "newsletter",
    "outlet": "The Loom",
    "asker": "Mara Jones",
    "deadline": "2026-12-03T17:00",
    "zone": "Europe/Berlin",
    "human_only": True,
    "link": "none",
}


def write(**more):
    return write_call_out(Content(**(FULL | more)), name="", address="quotes+amp@example.org")


def draw(**given):
    content = Content(text="Why?", outlet="The Loom", **given)
    return render(content, SandboxSettings().capabilities(), name="", place="", closes_at=START).root


def test_it_says_all_that_was_filled_in():
    text = write()
    for said in (
        "What did you stop doing",
        "1. AMP",
        "Say why.",
        "In your own words, please: two plain lines beat a polished page. Any language, mistakes welcome.",
        "Wanted: People who run a site of their own.",
        "Region: Europe",
        "Medium: newsletter",
        "Outlet: The Loom",
        "Asked by: Mara Jones",
        "Deadline: 3 Dec 2026, 17:00 (Europe/Berlin)",
        "One answer a person: the newest counts.",
        "nothing that a chat model wrote",
        "Credit by name and firm, no link.",
        "Nothing is quoted without your yes",
        "Answer to: quotes+amp@example.org",
    ):
        assert said in text


def test_it_has_no_hashtag_that_scrapers_listen_to():
    assert "#" not in write()


def test_a_hidden_outlet_is_nowhere_in_it():
    assert "Loom" not in write(hide_outlet=True)


def test_what_is_not_said_leaves_no_empty_line_behind():
    text = write_call_out(Content(text="Why?", outlet="The Loom"), name="")
    assert "\n\n\n" not in text
    assert "Region" not in text
    assert "Links" not in text
    assert ": \n" not in text


def test_it_speaks_the_language_of_the_question():
    text = write(language="de", pitches=2)
    assert "In Ihren eigenen Worten, bitte: zwei schlichte Zeilen sind besser als eine polierte Seite." in text
    assert "Nennung mit Name und Firma, kein Link." in text
    assert "Höchstens 2 Antworten je Person." in text


@pytest.mark.parametrize("link", ["none", "nofollow", "ours to decide"])
@pytest.mark.parametrize("language", ["en", "de"])
def test_what_becomes_of_links_is_said_in_posts_too(link, language):
    said = words(language)["post"]["links"][link]
    assert said in draw(link=link, language=language)
    assert said not in draw(language=language)


def test_a_question_that_was_stored_before_call_outs_is_read_and_keeps_its_name():
    stored = Content(text="Why?").model_dump(mode="json")
    for key in CALL_OUT:
        del stored[key]
    assert Content.model_validate(stored) == Content(text="Why?")
    assert Content.model_validate(stored).hash == Content(text="Why?").hash == "ed65367ee9281d2e"
    assert Content(text="Why?", link="none").hash != Content(text="Why?").hash
