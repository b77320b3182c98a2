"""Ids that hold their time: 41 bits of milliseconds since November 2010, and 22 bits that tell them apart."""

from datetime import UTC, datetime, timedelta

_EPOCH = datetime(2010, 11, 4, 1, 42, 54, 657000, UTC)
_MILLISECOND = timedelta(milliseconds=1)


def make_first_id(moment: datetime) -> int:
    """The lowest id of a moment."""
    return (moment - _EPOCH) // _MILLISECOND << 22


def read_moment(id_: int) -> datetime:
    """When an id was made."""
    return _EPOCH + (id_ >> 22) * _MILLISECOND
