"""Twelve layouts by five people: every author's words are complete, and nothing is quoted that is not theirs."""

from datetime import UTC, datetime

import pytest

from adapters.mail.marking import MarkKind
from adapters.mail.translate import read_mail
from bot.quotes import find_own_words
from bot.quotes.read_back.joining import write_plus_address
from tests.servers.mail.dovecot import ADDRESS
from tests.servers.mail.layouts import CLOSINGS, LAYOUTS, NOT_BY_PEOPLE, PEOPLE, QUERY, expect, make_mail

AT = datetime(2026, 11, 16, 9, 0, tzinfo=UTC)
BY_PEOPLE = [layout for layout in LAYOUTS if layout not in NOT_BY_PEOPLE]


def read(sender, layout):
    return read_mail(make_mail(sender, layout, write_plus_address(ADDRESS, "habits"), AT), AT)


def own_words(mail):
    """The passages that are the author's, as they stand."""
    spans = find_own_words(1, mail.text, [(mark.start, mark.end) for mark in mail.marks])
    return [mail.text[span.start : span.end] for span in spans]


@pytest.mark.parametrize("sender", PEOPLE, ids=lambda sender: sender.address)
@pytest.mark.parametrize("layout", BY_PEOPLE)
def test_the_words_of_each_author_are_complete_and_nothing_else_is_theirs(sender, layout):
    assert own_words(read(sender, layout)) == [expect(sender, layout)]


@pytest.mark.parametrize("sender", PEOPLE, ids=lambda sender: sender.address)
@pytest.mark.parametrize("layout", NOT_BY_PEOPLE)
def test_what_nobody_wrote_is_told_as_what_it_is(sender, layout):
    assert read(sender, layout).automatic.kind == NOT_BY_PEOPLE[layout]


@pytest.mark.parametrize("sender", PEOPLE, ids=lambda sender: sender.address)
@pytest.mark.parametrize("layout", ["gmail", "outlook", "thunderbird", "agency", "html"])
def test_the_whole_text_is_kept(sender, layout):
    text = read(sender, layout).text
    assert sender.signature.splitlines()[-1] in text
    assert layout == "agency" or QUERY.splitlines()[1] in text


@pytest.mark.parametrize("sender", PEOPLE, ids=lambda sender: sender.address)
def test_who_somebody_is_stands_in_their_signature(sender):
    told = read(sender, "outlook").told
    assert told["signed_name"] == sender.name
    assert told.get("signed_role") in sender.signature
    assert told["signed_firm"] in sender.signature
    assert CLOSINGS[sender.language] not in told.values()


def test_a_signature_is_told_from_what_was_quoted():
    mail = read(PEOPLE[0], "gmail")
    assert [mark.kind for mark in mail.marks] == [MarkKind.SIGNATURE, MarkKind.QUOTED]
