import json

from tests.bot.cli.test_leave import digests
from tests.bot.cli.test_replies import ids


def test_who_lacks_a_name_or_a_role_is_listed_with_a_text_to_send_and_the_command(asked):
    shown = " ".join(asked.done("credit").split())
    assert "ada: no name, no role" in shown
    assert "Hello ada, thank you for your answer to “What did you stop doing?” (“We dropped AMP" in shown
    assert "May we print your full name and what you do, and where?" in shown
    assert f'pullquote credit {ids(asked)["ada"]} --name "…" --role "…" --said-by' in shown
    assert "grace" not in shown


def test_an_answer_is_entered_with_who_said_so_and_stands_in_the_digest(asked):
    reply = ids(asked)["ada"]
    done = asked.done("credit", reply, "--name", "Ada Lovelace", "--role", "engineer", "--said-by", "Ada, by mail")
    assert "Ada Lovelace, engineer (said by Ada, by mail)" in done
    asked.done("credit", reply, "--organisation", "Analytical Engines", "--said-by", "her page")
    asked.done("digest", "--offline")
    said = digests(asked)
    assert "<bdi>Ada Lovelace</bdi></a></span>" in said
    assert "<bdi>engineer, Analytical Engines</bdi>" in said
    assert json.loads(asked.done("credit", "--json")) == []


def test_a_page_that_links_back_is_evidence_with_its_date(asked):
    reply = ids(asked)["ada"]
    assert "say which page links back" in asked("credit", reply, "--rel-me", "--said-by", "mara").err
    asked.done("credit", reply, "--link", "https://ada.example/", "--rel-me", "--said-by", "mara")
    asked.done("credit", reply, "--role", "engineer", "--said-by", "her page")
    asked.done("digest", "--offline", "--format", "markdown")
    assert "Their page [https&#58;//ada.example/](<https://ada.example/>) links back to the profile (seen" in digests(
        asked
    )
    asked.done("credit", reply, "--link", "https://other.example/", "--said-by", "mara")
    asked.done("digest", "--offline", "--format", "markdown")
    assert "other.example/>) links back" not in digests(asked)


def test_who_said_so_must_be_said(asked):
    reply = ids(asked)["ada"]
    assert "say who said so" in asked("credit", reply, "--name", "Ada Lovelace").err
    assert "say what is to be printed" in asked("credit", reply, "--said-by", "mara").err
    assert asked("credit", "--name", "Ada").code == 2


def test_who_wants_no_name_is_neither_asked_nor_named(asked):
    reply = ids(asked)["ada"]
    asked.done("credit", reply, "--name", "Ada Lovelace", "--said-by", "mara")
    asked.done("consent", reply, "anonymous")
    assert "nobody who may be quoted lacks" in asked.done("credit")
    asked.done("digest", "--offline")
    assert "Lovelace" not in digests(asked)


def test_the_words_are_those_of_the_question(pullquote):
    asked = '[questions.q]\ntext = "Was tun?"\nlanguage = "de"\n'
    pullquote.configure((pullquote.folder / "config.toml").read_text() + asked)
    said = "Wir haben AMP im März 2021 abgeschafft, weil niemand es las; der Umsatz stieg um 12 Prozent."
    pullquote.done("add", "q", "--author", "emmy", "--text", said, "--consent", "Ja, gern.")
    pullquote.done("digest", "q", "--offline")
    pullquote.done("keep", 1)
    shown = " ".join(pullquote.done("credit", "--question", "q").split())
    assert "Guten Tag emmy" in shown
    assert "Dürfen wir Ihren vollen Namen, was Sie tun und wo und eine Seite von Ihnen als Link drucken?" in shown
