"""What a plan costs, by the prices of the settings."""

from datetime import timedelta

import pytest

from adapters.contract.sending import Draft
from adapters.x.prices import make_tariff
from adapters.x.settings import XSettings
from tests.adapters.x.test_settings import KEYS

WEEK = timedelta(days=7)


def make(**changes):
    return make_tariff(XSettings(**KEYS, **{"app_owner": "pullquote"} | changes))


def price(tariff, units):
    return tariff.price(units) / 1_000_000


def test_a_link_costs_thirteen_times_as_much_as_a_post():
    tariff = make()
    assert price(tariff, tariff.bill_draft(Draft("Do you?", ("Replies may be quoted.",)))) == pytest.approx(0.03)
    assert price(tariff, tariff.bill_draft(Draft("See https://example.org."))) == pytest.approx(0.2)


def test_a_week_with_thirty_replies_costs_cents():
    tariff = make()
    reads = tariff.bill_replies(30, WEEK)
    assert reads == {"owned_read": 38, "post_read": 10, "user_read": 10}
    assert price(tariff, reads) == pytest.approx(0.188)


def test_who_does_not_own_the_app_pays_five_times_as_much():
    dear, cheap = make(app_owner=None), make()
    assert dear.bill_replies(30, WEEK) == {"post_read": 48, "user_read": 10}
    assert dear.price({"post_read": 38}) == 5 * cheap.price({"owned_read": 38})


@pytest.mark.parametrize(
    ("owner", "told"),
    [
        (None, "X does not tell whether @pullquote owns the developer app"),
        ("PullQuote", "@pullquote owns the developer app"),
        ("boss", "@pullquote does not own the developer app, @boss does"),
    ],
)
def test_who_owns_the_app_is_told(owner, told):
    assert told in make(app_owner=owner).describe_owner("pullquote")


def test_adopting_is_told_before_it_is_paid():
    tariff = make()
    assert price(tariff, tariff.bill_adoption(200)) == pytest.approx(200 * 0.005 + 10 * 0.005 + 10 * 0.01)
    assert tariff.reaches_back == WEEK
