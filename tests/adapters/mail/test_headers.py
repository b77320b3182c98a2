"""To which question a mail went, whether a person wrote it, and which mails it answers."""

from email import message_from_string

import pytest

from adapters.mail.headers import (
    Addressed,
    find_addressed,
    find_automatic,
    is_recipient,
    list_answered,
    list_marked,
    read_value,
)
from bot.quotes.read_back.joining import write_plus_address, write_subject

OURS = "quotes@example.org"


def make(headers, body="Words."):
    return message_from_string(f"{headers}\n\n{body}")


def test_the_address_that_is_written_is_the_address_that_is_read():
    for slug, token in (("habits", ""), ("first-job-2", "k3x9")):
        mail = make(f"To: {write_plus_address(OURS, slug, token)}")
        assert find_addressed(mail, OURS) == (Addressed(slug, token),)
    subject = write_subject("Re: hello", "first-job-2", "k3x9")
    assert list_marked(make(f"Subject: {subject}")) == (Addressed("first-job-2", "k3x9"),)
    assert list_marked(make("Subject: Re: hello [habits]")) == (Addressed("habits"),)


@pytest.mark.parametrize(
    "header",
    [
        "Delivered-To: quotes+habits@example.org",
        "X-Original-To: QUOTES+Habits@Example.ORG",
        'To: "Ask, us" <quotes+habits@example.org>, ada@example.org',
        "Cc: undisclosed:;,\n <quotes+habits@example.org>",
    ],
)
def test_it_is_found_wherever_servers_write_it_down(header):
    assert find_addressed(make(header), OURS) == (Addressed("habits"),)


@pytest.mark.parametrize(
    "address",
    [
        "myquotes+habits@example.org",
        "quotes+habits@example.org.evil.example",
        "quotes@example.org",
        "quotes+@example.org",
    ],
)
def test_what_only_looks_like_it_is_not_ours(address):
    assert find_addressed(make(f"To: {address}"), OURS) == ()


def test_a_line_break_in_an_encoded_word_begins_no_header():
    mail = make("Subject: =?utf-8?q?Hello=0D=0ATo:_quotes+habits@example.org?=")
    assert find_addressed(mail, OURS) == ()
    assert read_value(mail, "Subject") == "Hello To: quotes+habits@example.org"


def test_the_mails_that_it_answers_come_nearest_first():
    mail = make("References: <1@a> <2@b>\n <3@c>\nIn-Reply-To: <3@c>")
    assert list_answered(mail) == ("3@c", "2@b", "1@a")


def test_the_bare_address_is_a_recipient_too():
    assert is_recipient(make("To: <Quotes@example.org>"), OURS)
    assert not is_recipient(make("To: notquotes@example.org"), OURS)


@pytest.mark.parametrize(
    ("headers", "kind"),
    [
        ("Auto-Submitted: auto-replied", "automatic"),
        ("Auto-Submitted: auto-generated; owner-email=x@example.org", "automatic"),
        ("X-Autoreply: yes", "automatic"),
        ("Precedence: auto_reply", "automatic"),
        ("Return-Path: <>", "automatic"),
        ("From: Qwoted <no-reply@qwoted.example>\nList-Unsubscribe: <https://qwoted.example>", "list"),
        ("From: digest@haro.example\nPrecedence: bulk", "list"),
    ],
)
def test_what_nobody_wrote_is_known_by_its_headers(headers, kind):
    assert find_automatic(make(headers)).kind == kind


@pytest.mark.parametrize(
    "headers",
    [
        "From: ada@example.org\nAuto-Submitted: no",
        "From: ada@example.org\nList-Id: <quotes.example.org>\nPrecedence: list",  # a group handed it on
        "From: Norep Lyell <norep@example.org>",
    ],
)
def test_a_person_is_a_person(headers):
    assert find_automatic(make(headers)) is None
