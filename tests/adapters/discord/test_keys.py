"""Ids on messages that were sent long ago: what stands in Discord must be found again by every later pullquote."""

import pytest

from adapters.discord.sending.keys import DESK, MEMBERS, read_id, write_id

SENT = {
    "pq:answer:7": ("answer", ("7",)),
    "pq:form:7": ("form", ("7",)),
    "pq:vote:7:1": ("vote", ("7", "1")),
    "pq:leave:leave-1:anonymous": ("leave", ("leave-1", "anonymous")),
    "pq:save:1310000000000000000": ("save", ("1310000000000000000",)),
}


@pytest.mark.parametrize("custom_id", SENT)
def test_an_id_of_members_never_changes(custom_id):
    act, args = SENT[custom_id]
    assert write_id(act, args) == custom_id
    assert read_id(custom_id, MEMBERS) == (act, args)
    assert read_id(custom_id, DESK) is None


def test_an_id_of_the_desk_never_changes():
    assert write_id("review-keep", (17, "", "", "ab12")) == "pq:desk:review-keep:17:::ab12"
    assert read_id("pq:desk:review-keep:17:::ab12", DESK) == ("review-keep", ("17", "", "", "ab12"))
    assert read_id("pq:desk:queue-back", DESK) == ("queue-back", ())
    assert read_id("pq:desk:review-keep:17", MEMBERS) is None
