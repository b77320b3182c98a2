"""Taking the name of somebody out of what is told."""

import pytest

from storage.erasing.names import remove_name

MARK = "(discord:7)"


@pytest.mark.parametrize(
    ("told", "left"),
    [
        ("Ada L (discord:7)", "somebody"),
        ("tea was proposed by Ada L (discord:7) and waits", "tea was proposed by somebody and waits"),
        ("Ada L (discord:7) approved tea", "somebody approved tea"),
        ("Bob (discord:71) approved tea", "Bob (discord:71) approved tea"),
        (
            "tea was approved by Bob (discord:71)\nAda (discord:7) did",
            "tea was approved by Bob (discord:71)\nsomebody did",
        ),
        (
            "Standing by (discord:7) approved tea, which was asked by Bob (discord:71)",
            "somebody approved tea, which was asked by Bob (discord:71)",
        ),
        ("tea was declined by Standing by (discord:7): no time", "tea was declined by somebody: no time"),
        ("asked by Ada (discord:7), paused by Ada (discord:7)", "asked by somebody, paused by somebody"),
        ("", ""),
    ],
)
def test_a_name_goes_and_what_was_done_stays(told, left):
    assert remove_name(told, MARK) == left


def test_a_document_keeps_its_shape():
    told = {"editor": "Ada (discord:7)", "numbers": [1, None, {"at": "Ada (discord:7)"}], "same": "Ada"}
    assert remove_name(told, MARK) == {"editor": "somebody", "numbers": [1, None, {"at": "somebody"}], "same": "Ada"}
