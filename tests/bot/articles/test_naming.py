"""Whom a draft names as the speaker of a quotation."""

import re
import time
import tomllib
from pathlib import Path

import pytest

from bot.articles import Paragraph, find_quotations, read_article
from bot.articles.naming import KnownPeople, NamedSpeaker, Naming, Person, find_naming

ADA = Person(("Ada Lovelace",), "ada.sandbox.example")
GRACE = Person(("Grace Hopper",), "grace")
ALAN = Person(("Alan Turing",), "alan")


def naming(text, author=ADA, index=0, others=(GRACE, ALAN)):
    paragraphs = [Paragraph(each, 1, each.startswith("> ")) for each in text.split("\n\n")]
    return find_naming(find_quotations(paragraphs)[index], author, [each for each in others if each != author])


@pytest.mark.parametrize(
    "text",
    [
        "“We keep it,” said Ada Lovelace.",
        "“We keep it,” Ada Lovelace said.",
        "“We keep it,” says Ada.",
        "“We keep it,” says Lovelace, who once worked with Grace Hopper.",
        "“We keep it,” wrote Dr. Ada Lovelace.",
        "“We keep it,” wrote the engineer Ada Lovelace.",
        "“We keep it,” wrote @ada.",
        "“We keep it,” wrote @ada.sandbox.example.",
        "“We keep it,” wrote ada.sandbox.example on Monday.",
        "Ada Lovelace, who looks after the pages, said: “We keep it.”",
        "Ada Lovelace (sandbox): “We keep it.”",
        "According to Ada Lovelace it is simple: “We keep it.”",
        "Not so for Ada’s team. “We keep it,” she said.",
        "“We keep it” is what Ada Lovelace answered.",
        "„Wir behalten es“, sagt Ada Lovelace.",
        "Ada Lovelace schreibt: „Wir behalten es.“",
        "« On le garde », dit Ada Lovelace.",
        "“We keep it.”\n— Ada Lovelace",
        "Ada Lovelace looks after the pages.\n\n“We keep it,” she said.",
        "Grace Hopper said “we do”. Ada Lovelace said “we do not”.",
        "“We do”, says Grace Hopper. Ada Lovelace keeps going “because we can.”",
    ],
)
def test_the_author_is_recognised_however_they_are_named(text):
    index = 1 if "Grace Hopper said" in text or "says Grace" in text else 0
    assert naming(text, index=index).naming is Naming.RIGHT


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("“We keep it,” said Grace Hopper.", "Grace Hopper"),
        ("“We keep it,” said Grace Hopper, a friend of Ada Lovelace.", "Grace Hopper"),
        ("“We keep it,” said Ada Byron.", "Ada Byron"),
        ("“We keep it,” said Ada Lovlace.", "Ada Lovlace"),
        ("“We keep it,” said Mary Shelley.", "Mary Shelley"),
        ("“We keep it,” wrote @grace.", "@grace"),
        ("Grace Hopper, not Ada, said: “We keep it.”", "Grace Hopper"),
        ("Alan Turing: “We keep it.”", "Alan Turing"),
        ("It was the turn of Grace Hopper. “We keep it,” she said.", "Grace Hopper"),
        ("“We keep it.”\n— Grace Hopper", "Grace Hopper"),
        ("„Wir behalten es“, sagte Grace Hopper.", "Grace Hopper"),
    ],
)
def test_somebody_else_is_told_by_name(text, name):
    found = naming(text)
    assert (found.naming, found.name) == (Naming.WRONG, name)


def test_of_two_quotations_each_has_its_own_speaker():
    text = "“We keep it,” said Ada Lovelace. “We do not,” said Grace Hopper."
    assert naming(text, ADA, 0).naming is Naming.RIGHT
    assert naming(text, GRACE, 1).naming is Naming.RIGHT
    assert naming(text, GRACE, 0).naming is Naming.WRONG
    assert naming(text, ADA, 1).naming is Naming.WRONG


@pytest.mark.parametrize("text", ["“We keep it,” she said.", "One of them said: “We keep it.”", "“We keep it.”"])
def test_nobody_named_is_told_apart_from_a_wrong_name(text):
    assert naming(text).naming is Naming.UNNAMED


def test_a_profile_with_a_first_name_alone_cannot_contradict_a_full_one():
    assert naming("“We keep it,” said Ada Lovelace.", Person(("ada 🐘",), "x17")).naming is Naming.RIGHT


def test_a_handle_without_a_name_is_enough():
    assert naming("“We keep it,” said Ada Lovelace.", Person((), "adalovelace.sandbox.example")).naming is Naming.RIGHT


def test_a_name_in_another_script_is_recognised():
    assert (
        naming("“We keep it,” said Софья Ковалевская.", Person(("Софья Ковалевская",), "sofja")).naming is Naming.RIGHT
    )


# ---------------------------------------------------------------- a table of drafts

SAID = "We keep it whatever they say to us"
PEOPLE = KnownPeople([
    ADA, GRACE, ALAN, Person(("Mara Vogel",), "@mara"), Person(("Zoé Lefèvre",), "zoe"), Person(("王伟",), "wang"), Person((), "marvin")
])  # fmt: skip
DRAFTS = tomllib.loads(Path(__file__).with_name("namings.toml").read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    ("wanted", "draft"), [(wanted, draft) for wanted, drafts in DRAFTS.items() for draft in drafts]
)
def test_the_name_beside_a_quotation_is_read_wherever_it_stands(wanted, draft):
    article = read_article(re.sub(r"Q(?![a-z])", SAID, draft, count=1).encode(), "draft.md")
    quotation = next(each for each in find_quotations(article) if SAID in each.text)
    assert find_naming(quotation, ADA, [], PEOPLE, article).naming == wanted.replace("none", "unnamed")


@pytest.mark.parametrize(
    "draft",
    [
        f"<figure><blockquote><p>{SAID}.</p></blockquote><figcaption>Mara Vogel, engineer</figcaption></figure>",
        f"<blockquote><p>{SAID}.</p></blockquote><p><cite>Mara Vogel</cite></p>",
        f"<table><tr><td>Mara Vogel</td><td>“{SAID}.”</td></tr><tr><td>Ada Lovelace</td><td>“No.”</td></tr></table>",
        f"<table><tr><td>“{SAID}.”</td><td>Mara Vogel</td></tr><tr><td>“No.”</td><td>Ada Lovelace</td></tr></table>",
        f"<dl><dt>Mara Vogel</dt><dd>“{SAID}.”</dd><dt>Ada Lovelace</dt><dd>“No.”</dd></dl>",
        f"<h3>Mara Vogel</h3><blockquote>{SAID}.</blockquote><h3>Ada Lovelace</h3>",
    ],
)
def test_the_name_beside_a_quotation_is_read_in_html_too(draft):
    article = read_article(draft.encode(), "draft.html")
    quotation = next(each for each in find_quotations(article) if SAID in each.text)
    assert find_naming(quotation, ADA, [], PEOPLE, article) == NamedSpeaker(Naming.WRONG, "Mara Vogel")


def test_a_whole_workspace_of_people_costs_a_look_up_a_word():
    letters = "abcdefghij"
    names = [f"{''.join(letters[int(digit)] for digit in str(number))} Byron".title() for number in range(20_000)]
    crowd = KnownPeople(Person((name,)) for name in names)
    text = f"“We keep it,” said {names[19]}. " + "And so it went on, Day after Day. " * 2_000 + "Ada " * 20_000
    began = time.process_time()
    assert find_naming(find_quotations([Paragraph(text, 1)])[0], ADA, [], crowd).name == names[19]
    assert time.process_time() - began < 3
