"""A post of the own timeline is known again by its words, its poll and its parent."""

import pytest

from adapters.contract.sending import Part, Reference, Role
from adapters.x.match import is_part

ROOT = Part("k-0", Role.ROOT, {"text": "R&D: why <b>?\n\nSee https://example.org/a and main.py."})
SHOWN = {
    "id": "9",
    "text": "R&amp;D: why &lt;b&gt;?\n\nSee https://t.co/aaaaaaaaaa and https://t.co/bbbbbbbbbb.",
    "entities": {
        "urls": [
            {"url": "https://t.co/aaaaaaaaaa", "expanded_url": "https://example.org/a", "display_url": "example.org/a"},
            {"url": "https://t.co/bbbbbbbbbb", "expanded_url": "http://main.py", "display_url": "main.py"},
        ]
    },
}
POLL = Part("k-0", Role.ROOT, {"text": "Do you?", "poll": {"options": ["Yes", "No"], "duration_minutes": 60}})
OPTIONS = {"options": [{"position": 2, "label": "No"}, {"position": 1, "label": "Yes"}]}
NOTICE = Part("k-1", Role.THREAD, {"text": "Replies may be quoted."})


def below(parent):
    return {"referenced_posts": [{"type": "replied_to", "id": parent}]}


def test_escapes_and_short_links_are_undone():
    assert is_part(SHOWN, None, ROOT, [])


@pytest.mark.parametrize("text", ["Do you?", "Do  you? ", "Do you?\n"])
def test_spaces_that_x_trims_do_not_matter(text):
    assert is_part({"id": "9", "text": text}, OPTIONS, POLL, [])


def test_accents_are_compared_composed():
    part = Part("k", Role.ROOT, {"text": "Cafe\N{COMBINING ACUTE ACCENT}?"})
    assert is_part({"id": "9", "text": "Caf\N{LATIN SMALL LETTER E WITH ACUTE}?"}, None, part, [])


@pytest.mark.parametrize(
    ("post", "poll"),
    [
        ({"id": "9", "text": "Do you not?"}, OPTIONS),
        ({"id": "9", "text": "Do you?"}, None),
        (
            {"id": "9", "text": "Do you?"},
            {"options": [{"position": 1, "label": "No"}, {"position": 2, "label": "Yes"}]},
        ),
        ({"id": "9", "text": "Do you?", **below("8")}, OPTIONS),
    ],
    ids=["other words", "no poll", "other order", "a reply"],
)
def test_what_differs_is_another_post(post, poll):
    assert not is_part(post, poll, POLL, [])


def test_the_same_notice_below_another_post_is_another_part():
    shown = {"id": "9", "text": "Replies may be quoted.", **below("7")}
    assert is_part(shown, None, NOTICE, [Reference("7")])
    assert not is_part(shown, None, NOTICE, [Reference("8")])
