"""How a mailbox is logged in to, on a real Dovecot: STARTTLS, and a password that a program prints."""

import sys
from datetime import UTC, datetime

import pytest

from adapters.contract.errors import Unauthorized, Unavailable
from adapters.mail import platform
from adapters.mail.mailbox import OpenMailbox
from tests.servers.mail.dovecot import PASSWORD
from tests.servers.mail.layouts import PEOPLE, make_mail

AT = datetime(2026, 11, 16, 9, 0, tzinfo=UTC)


def print_and_note(tmp_path, printed, code=0):
    """A program that prints, and notes that it ran."""
    noted = tmp_path / "ran"
    script = tmp_path / "helper.py"
    script.write_text(f"open({str(noted)!r}, 'a').write('.')\nprint({printed!r})\nraise SystemExit({code})\n")
    return [sys.executable, str(script)], noted


def read(dovecot, **changed):
    """The UIDs that are there."""
    with OpenMailbox(platform.settings.model_validate(dovecot.settings(**changed))) as box:
        return box.list_uids(0, None)


def test_starttls_encrypts_a_connection_before_the_password_goes(dovecot):
    dovecot.deliver(make_mail(PEOPLE[0], "plain", "quotes+habits@newsroom.example", AT))
    starttls = {"security": "starttls", "port": dovecot.plain}
    settings = platform.settings.model_validate(dovecot.settings(**starttls))
    with OpenMailbox(settings) as box:
        assert box._box.client.sock.cipher() is not None
        assert len(box.list_uids(0, None)) == 1


def test_starttls_does_not_trust_a_certificate_that_nobody_named(dovecot):
    with pytest.raises(Unavailable, match="cannot be reached"):
        read(dovecot, security="starttls", port=dovecot.plain, ca_file="")


def test_the_password_is_the_first_line_that_a_program_prints_anew_at_each_login(dovecot, tmp_path):
    command, noted = print_and_note(tmp_path, f"{PASSWORD}\nexpires in an hour")
    for times in (1, 2):
        assert read(dovecot, password=None, password_command=command) == []
        assert noted.read_text() == "." * times


def test_no_shell_reads_the_command(dovecot, tmp_path):
    with pytest.raises(Unauthorized, match="that gives the password"):
        read(dovecot, password=None, password_command=["echo; touch", str(tmp_path / "made")])
    assert not (tmp_path / "made").exists()


@pytest.mark.parametrize(("printed", "code"), [("", 0), (PASSWORD, 3)])
def test_a_program_that_fails_is_named_and_what_it_printed_is_not(dovecot, tmp_path, printed, code):
    command, _ = print_and_note(tmp_path, printed, code)
    with pytest.raises(Unauthorized, match=f"gave no password of quotes .it ended with {code}") as told:
        read(dovecot, password=None, password_command=command)
    assert PASSWORD not in str(told.value)


def test_a_wrong_password_of_a_program_is_refused_as_one(dovecot, tmp_path):
    command, _ = print_and_note(tmp_path, "wrong")
    with pytest.raises(Unauthorized, match="refused the login of quotes"):
        read(dovecot, password=None, password_command=command)
