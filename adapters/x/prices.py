"""What X bills, by unit: prices from the settings, and how many units a plan takes."""

from collections.abc import Mapping
from datetime import timedelta

from adapters.contract.platform import Tariff
from adapters.contract.sending import Draft
from adapters.x.settings import XSettings
from adapters.x.text import find_links

POST_READ = "post_read"
OWNED_READ = "owned_read"  # own timeline and mentions of the account that owns the developer app
USER_READ = "user_read"
POST_CREATE = "post_create"
POST_CREATE_WITH_LINK = "post_create_url"
POST_DELETE = "post_delete"  # X lists two prices of a deletion and does not say which is a post's: the dearer one

REACHES_BACK = timedelta(days=7)
"""The search of recent posts, the only way to replies to somebody else's post."""
QUOTED = 10
"""So many replies are read again, with their authors, before a digest is made: a guess for forecasts."""


def name_own_read(settings: XSettings) -> str:
    """The unit in which the account's own timeline and mentions are billed."""
    return OWNED_READ if settings.owns_app else POST_READ


def name_creation(text: str) -> str:
    """The unit in which posting `text` is billed."""
    return POST_CREATE_WITH_LINK if find_links(text) else POST_CREATE


def make_tariff(settings: XSettings) -> Tariff:
    """What an account with these settings pays."""
    own_read = name_own_read(settings)

    def bill_replies(replies: int, lasts: timedelta) -> Mapping[str, int]:
        """Each reply once, the count once a day (at most, after two weeks), and what a digest quotes read again."""
        days = lasts // timedelta(days=1) + 1
        quoted = min(replies, QUOTED)
        units = {POST_READ: quoted, USER_READ: quoted}
        return units | {own_read: units.get(own_read, 0) + replies + min(days, 30) + max(0, days - 30) // 7}

    def describe_owner(handle: str) -> str:
        price, dear = settings.price_owned_read, settings.price_read
        if settings.app_owner is None:
            return (
                f"X does not tell whether @{handle} owns the developer app, and counts its reads at ${dear:g} for now: "
                f"write app_owner, the account that the developer console belongs to; if it is @{handle}, "
                f"a read costs ${price:g}"
            )
        if settings.app_owner.lower() == handle.lower():
            return f"@{handle} owns the developer app: its own timeline and mentions cost ${price:g} a read"
        return (
            f"@{handle} does not own the developer app, @{settings.app_owner} does: each read costs ${dear:g} rather "
            f"than ${price:g}; an app of its own under developer.x.com makes it cheaper"
        )

    return Tariff(
        as_of=settings.prices_of,
        prices={
            POST_READ: _micros(settings.price_read),
            OWNED_READ: _micros(settings.price_owned_read),
            USER_READ: _micros(settings.price_user_read),
            POST_CREATE: _micros(settings.price_post),
            POST_CREATE_WITH_LINK: _micros(settings.price_post_with_link),
            POST_DELETE: _micros(settings.price_delete),
        },
        posting=frozenset({POST_CREATE, POST_CREATE_WITH_LINK, POST_DELETE}),
        monthly=_micros(settings.monthly_ceiling),
        daily=_micros(settings.daily_ceiling),
        reserve=_micros(settings.post_reserve),
        bill_draft=bill_draft,
        bill_replies=bill_replies,
        bill_adoption=lambda replies: {POST_READ: replies + min(replies, QUOTED), USER_READ: min(replies, QUOTED)},
        reaches_back=REACHES_BACK,
        describe_owner=describe_owner,
    )


def bill_draft(draft: Draft) -> Mapping[str, int]:
    """One creation a text; those with a link apart."""
    units: dict[str, int] = {}
    for text in (draft.root, *draft.thread):
        unit = name_creation(text)
        units[unit] = units.get(unit, 0) + 1
    return units


def _micros(dollars: float) -> int:
    return round(dollars * 1_000_000)
