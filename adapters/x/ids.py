"""Ids of posts hold the moment of their making: milliseconds since 2010-11-04, shifted by 22 bits."""

from datetime import UTC, datetime, timedelta

_EPOCH = datetime.fromtimestamp(0, UTC) + timedelta(milliseconds=1_288_834_974_657)
_MILLISECOND = timedelta(milliseconds=1)


def id_at(moment: datetime) -> int:
    """The smallest id that a post of `moment` (aware) can have; it need not be one of a post."""
    return max(0, (moment - _EPOCH) // _MILLISECOND) << 22


def moment_of(post_id: int) -> datetime:
    """When the post was made, aware UTC."""
    return _EPOCH + (post_id >> 22) * _MILLISECOND
