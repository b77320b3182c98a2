"""Consent rules are enforced in every edition."""

import itertools
from dataclasses import replace

import pytest

from adapters.contract.capabilities import Capabilities
from bot.quotes import (
    WHY_NOT,
    Barrier,
    Edition,
    QuotingFacts,
    explain_barriers,
    find_barrier,
    find_current_consent,
    gives_away,
    wants_no_name,
)
from storage.states import ConsentState as C
from storage.states import ReplyState

OPEN = Capabilities(limits=(), forbidding_labels=frozenset({"!no-unauthenticated"}))
CONSENT_FIRST = Capabilities(limits=(), consent_first=True)
WHOLE = Capabilities(limits=(), whole_posts_only=True)
STANDING = ReplyState.STANDING


def both(leave, capabilities):
    return tuple(find_barrier(leave, capabilities, edition) for edition in (Edition.PRIVATE, Edition.PUBLIC))


def test_a_standing_reply_on_an_open_network_may_be_quoted():
    assert both(QuotingFacts(STANDING), OPEN) == (None, None)


@pytest.mark.parametrize("state", [state for state in ReplyState if state is not STANDING])
@pytest.mark.parametrize("consent", [None, C.GRANTED])
def test_what_does_not_stand_is_never_quoted_whatever_was_granted(state, consent):
    assert both(QuotingFacts(state, consent), OPEN) == (Barrier(state), Barrier(state))


@pytest.mark.parametrize(
    ("leave", "barrier"),
    [
        (QuotingFacts(STANDING, asked_out=True), Barrier.NO_QUOTE),
        (QuotingFacts(STANDING, C.GRANTED, asked_out=True), Barrier.NO_QUOTE),
        (QuotingFacts(STANDING, opted_out=True), Barrier.OPTED_OUT),
        (QuotingFacts(STANDING, do_not_quote=True), Barrier.DO_NOT_QUOTE),
        (QuotingFacts(STANDING, C.REFUSED), Barrier.REFUSED),
        (QuotingFacts(STANDING, C.WITHDRAWN), Barrier.WITHDRAWN),
        (QuotingFacts(STANDING, C.GRANTED_WITH_CHANGES), Barrier.WAITING),
        (QuotingFacts(STANDING, refused_elsewhere=True), Barrier.NO_QUOTE),
    ],
)
@pytest.mark.parametrize("capabilities", [OPEN, CONSENT_FIRST, WHOLE, None])
def test_a_no_holds_on_every_network_and_in_every_edition(leave, barrier, capabilities):
    assert both(leave, capabilities) == (barrier, barrier)


@pytest.mark.parametrize("consent", [None, C.UNASKED, C.ASKED, C.PUBLIC_NOTICE, C.PUBLIC_POST])
def test_where_consent_comes_first_nothing_else_will_do(consent):
    assert both(QuotingFacts(STANDING, consent), CONSENT_FIRST) == (Barrier.WAITING, Barrier.WAITING)


@pytest.mark.parametrize("consent", [C.GRANTED, C.GRANTED_ANONYMOUSLY])
def test_where_consent_comes_first_a_yes_opens_both_editions(consent):
    assert both(QuotingFacts(STANDING, consent), CONSENT_FIRST) == (None, None)


def test_a_yes_to_this_answer_outweighs_a_no_to_another():
    assert both(QuotingFacts(STANDING, C.GRANTED, refused_elsewhere=True), CONSENT_FIRST) == (None, None)


def test_a_label_keeps_a_reply_out_of_the_public_edition_alone():
    assert both(QuotingFacts(STANDING, labels=frozenset({"!no-unauthenticated"})), OPEN) == (None, Barrier.LABEL)
    assert both(QuotingFacts(STANDING, C.GRANTED, labels=frozenset({"!no-unauthenticated"})), OPEN) == (None, None)


def test_who_was_asked_and_has_not_answered_is_not_quoted_in_public():
    assert both(QuotingFacts(STANDING, C.ASKED), OPEN) == (None, Barrier.WAITING)


def test_words_from_nowhere_we_know_are_for_the_writer_until_their_author_agreed():
    assert both(QuotingFacts(STANDING), None) == (None, Barrier.WAITING)
    assert both(QuotingFacts(STANDING, C.GRANTED), None) == (None, None)


# ---------------------------------------------------------------- the notice

UNTOLD = QuotingFacts(STANDING, is_under_notice=False)
NOT_ASKED = QuotingFacts(STANDING, is_under_notice=False, is_asked=False)


def test_below_a_question_of_ours_without_a_notice_an_answer_waits():
    assert both(UNTOLD, OPEN) == (Barrier.WAITING, Barrier.WAITING)


def test_a_public_post_that_was_not_asked_is_for_the_writer_alone():
    assert both(NOT_ASKED, OPEN) == (None, Barrier.NOT_ASKED)


@pytest.mark.parametrize("facts", [UNTOLD, NOT_ASKED])
@pytest.mark.parametrize("consent", [C.GRANTED, C.GRANTED_ANONYMOUSLY, C.PUBLIC_POST])
def test_leave_opens_what_stood_under_no_notice(facts, consent):
    assert both(replace(facts, consent=consent), OPEN) == (None, None)


def test_an_editors_word_opens_nothing_but_what_was_not_asked():
    by_word = replace(NOT_ASKED, consent=C.PUBLIC_POST)
    assert both(by_word, CONSENT_FIRST) == (Barrier.WAITING, Barrier.WAITING)
    assert both(by_word, None) == (None, Barrier.WAITING)
    assert both(replace(by_word, is_public=False), OPEN) == (Barrier.WAITING, Barrier.WAITING)
    assert both(replace(by_word, asked_out=True), OPEN) == (Barrier.NO_QUOTE, Barrier.NO_QUOTE)
    assert both(replace(by_word, opted_out=True), OPEN) == (Barrier.OPTED_OUT, Barrier.OPTED_OUT)
    assert both(replace(by_word, labels=OPEN.forbidding_labels), OPEN) == (None, Barrier.LABEL)


def test_a_post_that_must_be_quoted_whole_is_not_quoted_with_somebody_elses_words():
    leave = QuotingFacts(STANDING, C.GRANTED, has_foreign_words=True)
    assert both(leave, WHOLE) == (Barrier.PARTLY_FOREIGN, Barrier.PARTLY_FOREIGN)
    assert both(leave, OPEN) == (None, None)


def test_the_public_edition_never_shows_what_the_private_one_may_not():
    for state, consent, label, opted, listed, out, elsewhere, foreign, told in itertools.product(
        ReplyState, [None, *C], [frozenset(), OPEN.forbidding_labels], *[[False, True]] * 5, [UNTOLD, NOT_ASKED, None]
    ):
        leave = QuotingFacts(state, consent, label, opted, listed, out, elsewhere, foreign)
        if told is not None:
            leave = replace(leave, is_under_notice=told.is_under_notice, is_asked=told.is_asked)
        for capabilities in (OPEN, CONSENT_FIRST, WHOLE, None):
            private, public = both(leave, capabilities)
            assert private is None or public is not None


# ---------------------------------------------------------------- the ledger

FIRST, SECOND = 1, 2


@pytest.mark.parametrize(
    ("ledger", "standing"),
    [
        ([], None),
        ([(SECOND, C.GRANTED)], C.GRANTED),
        ([(SECOND, C.ASKED), (SECOND, C.GRANTED)], C.GRANTED),
        ([(SECOND, C.GRANTED), (SECOND, C.WITHDRAWN)], C.WITHDRAWN),
        ([(SECOND, C.WITHDRAWN), (SECOND, C.GRANTED)], C.GRANTED),
        ([(FIRST, C.GRANTED)], None),  # a yes is to these words
        ([(FIRST, C.REFUSED)], C.REFUSED),  # a no is to all
        ([(FIRST, C.REFUSED), (SECOND, C.PUBLIC_NOTICE)], C.REFUSED),
        ([(FIRST, C.WITHDRAWN), (SECOND, C.ASKED)], C.WITHDRAWN),
        ([(FIRST, C.REFUSED), (SECOND, C.GRANTED)], C.GRANTED),
        ([(FIRST, C.REFUSED), (FIRST, C.GRANTED)], None),
        ([(SECOND, C.GRANTED), (FIRST, C.WITHDRAWN)], C.WITHDRAWN),
        ([(FIRST, C.ASK_FIRST)], C.ASK_FIRST),  # a wish is for all wordings
        ([(FIRST, C.ASK_FIRST), (FIRST, C.GRANTED)], C.ASK_FIRST),
        ([(FIRST, C.ASK_FIRST), (SECOND, C.GRANTED)], C.GRANTED),
        ([(SECOND, C.GRANTED), (SECOND, C.ASK_FIRST)], C.ASK_FIRST),
        ([(SECOND, C.GRANTED), (SECOND, C.HELD)], C.HELD),
        ([(SECOND, C.GRANTED), (SECOND, C.HELD), (SECOND, C.CLEARED)], C.GRANTED),
        ([(FIRST, C.HELD), (SECOND, C.CLEARED)], C.HELD),  # what was looked at is another wording
        ([(FIRST, C.HELD), (SECOND, C.HELD), (SECOND, C.CLEARED)], C.HELD),
        ([(FIRST, C.HELD), (SECOND, C.REFUSED)], C.REFUSED),
        ([(FIRST, C.HELD), (SECOND, C.REFUSED), (FIRST, C.CLEARED)], C.REFUSED),
        ([(FIRST, C.REFUSED), (SECOND, C.HELD), (SECOND, C.GRANTED)], C.GRANTED),
        ([(SECOND, C.UNNAMED)], None),
        ([(SECOND, C.GRANTED), (SECOND, C.UNNAMED)], C.GRANTED),
    ],
)
def test_the_ledger_says_what_stands_for_a_wording(ledger, standing):
    found = find_current_consent(ledger, SECOND)
    assert (found and found[1]) == standing
    assert found is None or ledger[found[0]][1] == standing


@pytest.mark.parametrize(
    ("ledger", "unnamed"),
    [
        ([], False),
        ([(FIRST, C.UNNAMED)], True),
        ([(FIRST, C.GRANTED_ANONYMOUSLY)], True),
        ([(FIRST, C.GRANTED), (SECOND, C.UNNAMED)], True),
        ([(FIRST, C.UNNAMED), (SECOND, C.ASKED)], True),
        ([(FIRST, C.UNNAMED), (SECOND, C.GRANTED)], False),
        ([(FIRST, C.UNNAMED), (SECOND, C.GRANTED_ANONYMOUSLY)], True),
    ],
)
def test_the_last_word_about_the_name_counts_whichever_wording_it_was_said_of(ledger, unnamed):
    assert wants_no_name(ledger) is unnamed


# ---------------------------------------------------------------- wishes


def test_what_may_be_a_refusal_and_who_wants_to_be_asked_wait_in_every_edition():
    for capabilities in (OPEN, CONSENT_FIRST, WHOLE, None):
        assert both(QuotingFacts(STANDING, C.HELD), capabilities) == (Barrier.HELD, Barrier.HELD)
        assert both(QuotingFacts(STANDING, C.ASK_FIRST), capabilities) == (Barrier.ASK_FIRST, Barrier.ASK_FIRST)


def test_an_unnamed_quote_that_a_search_finds_waits_for_its_authors_yes():
    unnamed = QuotingFacts(STANDING, C.UNNAMED, unnamed=True)
    assert both(unnamed, OPEN) == both(unnamed, WHOLE) == (Barrier.FINDABLE, Barrier.FINDABLE)
    assert both(QuotingFacts(STANDING, C.GRANTED, unnamed=True), OPEN) == (Barrier.FINDABLE, Barrier.FINDABLE)
    assert both(QuotingFacts(STANDING, C.GRANTED_ANONYMOUSLY, unnamed=True), OPEN) == (None, None)
    assert both(QuotingFacts(STANDING, C.GRANTED, unnamed=True, is_linked=False), None) == (None, None)
    assert both(QuotingFacts(STANDING, C.GRANTED, unnamed=True), CONSENT_FIRST) == (None, None)


def test_words_that_name_their_author_are_no_unnamed_quote():
    leave = QuotingFacts(STANDING, C.GRANTED_ANONYMOUSLY, unnamed=True, names_itself=True)
    assert both(leave, CONSENT_FIRST) == (Barrier.NAMES_ITSELF, Barrier.NAMES_ITSELF)


@pytest.mark.parametrize(
    ("words", "tells"),
    [
        ("We dropped it in 2019.", False),
        ("I am Mara and we dropped it.", True),
        ("- lindqvist", True),
        ("Ask @somebody about it.", True),
        ("See https://mara.example for more.", True),
        ("Write to mara@example.org.", True),
        ("We marathoned through it.", False),
    ],
)
def test_words_tell_who_wrote_them_by_a_name_or_an_address(words, tells):
    assert gives_away(words, ("Mara M. Lindqvist", "", "hq12")) is tells


def test_each_barrier_is_said_in_words():
    assert set(WHY_NOT) == set(Barrier)
    assert explain_barriers({Edition.PRIVATE: None, Edition.PUBLIC: None}) == ""
    assert "for you alone" in explain_barriers({Edition.PRIVATE: None, Edition.PUBLIC: Barrier.LABEL})
