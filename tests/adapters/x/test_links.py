"""Links that people copy, in whatever client they read."""

import pytest

from adapters.registry import recognise
from adapters.x.links import parse_link


@pytest.mark.parametrize("host", ["x.com", "mobile.twitter.com", "fxtwitter.com", "vxtwitter.com", "xcancel.com"])
def test_a_post_is_known_by_the_link_of_any_page_that_shows_it(host):
    link = f"https://{host}/ada/status/123?s=20"
    assert recognise(link).name == "x"
    assert parse_link(link) == "123"


def test_another_page_with_such_a_path_is_nobodys():
    assert recognise("https://twitter.com.example/ada/status/123") is None
