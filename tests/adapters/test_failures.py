"""Why a call had no answer, in words, however often an SDK wrapped what was raised."""

import errno
import socket
import ssl

import pytest

from adapters.checks import NO_NETWORK, describe_failure


class NetworkError(Exception):
    """As an SDK calls it."""


def wrap(error):
    try:
        try:
            raise error
        except type(error) as inner:
            raise RuntimeError("All connection attempts failed") from inner
    except RuntimeError as outer:
        try:
            raise NetworkError from outer  # noqa: TRY301  # wrapped twice, as an SDK does
        except NetworkError as outermost:
            return outermost


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (socket.gaierror(-3, "Temporary failure in name resolution"), NO_NETWORK),
        (OSError(errno.ENETUNREACH, "Network is unreachable"), NO_NETWORK),
        (ConnectionRefusedError(111, "refused"), "nothing listens there"),
        (ssl.SSLCertVerificationError("bad"), "no safe connection: its certificate does not hold"),
        (TimeoutError(), "no answer in time"),
        (ConnectionResetError(104, "reset"), "the connection broke"),
        (KeyError("x"), "no usable answer"),
    ],
)
def test_a_failure_is_told_in_words(error, told):
    assert describe_failure(wrap(error)) == told
    assert describe_failure(error) == told
