"""Every quotation mark of a text is accounted for: pair, inner pair, apostrophe, unit, or told as left over."""

import time

import pytest

from bot.articles import Paragraph, find_quotations
from bot.articles.quotations import read_quotations
from tests.bot.articles.voices import PAIRS


def read(text):
    """The quotations of paragraphs that stand apart by an empty line, and the marks that are left over."""
    paragraphs = [Paragraph(paragraph, 2 * number + 1) for number, paragraph in enumerate(text.split("\n\n"))]
    quotations, unpaired = read_quotations(paragraphs)
    return [each.text for each in quotations], [(each.mark, each.line) for each in unpaired]


@pytest.mark.parametrize("marks", PAIRS, ids="".join)
@pytest.mark.parametrize(
    "draft", ["Ada said: {0}We keep it.{1}", "{0}We keep it.{1} said Ada", "Ada wrote {0}We keep it.{1}, then left."]
)
def test_every_pair_encloses_a_quotation(marks, draft):
    assert read(draft.format(*marks)) == (["We keep it."], [])


@pytest.mark.parametrize("marks", PAIRS, ids="".join)
def test_marks_within_belong_to_the_quotation_around_them(marks):
    opening, closing, inner_opening, inner_closing = marks
    words = f"She said {inner_opening}keep it all{inner_closing} and left us."
    assert read(f"Ada: {opening}{words}{closing} Then nothing.") == ([words], [])


@pytest.mark.parametrize(
    ("text", "quoted"),
    [
        ('Ada: "My boss said "keep it" and left."', ['My boss said "keep it" and left.']),
        ("Ada: ‘The clients’ sites fell, all of them.’", ["The clients’ sites fell, all of them."]),
        ("Ada: 'The clients' sites fell, all of them.'", ["The clients' sites fell, all of them."]),
        ('Ada: "The 14" screen went first."', ['The 14" screen went first.']),
        ("Ada: “The 27” screen went first.”", ["The 27” screen went first."]),
        ('"We stopped in 2021" and a 14" screen', ["We stopped in 2021"]),
        ("In 2021“We keep it,” said Ada.", ["We keep it,"]),
        ("王伟说“我们停止了。”他补充道。", ["我们停止了。"]),
        ('王伟说"我们停止了。"他补充道。', ["我们停止了。"]),
        ("健は「やめました。」と言った。", ["やめました。"]),
        ("เขากล่าวว่า“เราหยุดแล้ว”แล้วก็ไป", ["เราหยุดแล้ว"]),
        ('בצה״ל אמרו ש"הפסקנו עכשיו"', ["הפסקנו עכשיו"]),
        ("Ada: “One.\n\nTwo.” Then “three”.", ["One.", "Two.", "three"]),
        ("Ada: “One.\n“Two.”", ["One.", "Two."]),
        ("Ada: « Un.\n\n» Deux. » Puis", ["Un.", "Deux."]),
        ("’Tis the readers’ ’90s, the links' value, ich hab' it, rock ’n’ roll, 6'2\" and 14″", []),
        ("Home >> Blog >> 5 << 6 and one,, two", []),
    ],
)  # fmt: skip
def test_each_mark_has_its_role(text, quoted):
    assert read(text) == (quoted, [])


@pytest.mark.parametrize(
    ("text", "unpaired"),
    [
        ("Text.\n\nAda: “We keep it.\n\nShe went home.", [("“", 3)]),
        ("Ada: We keep it.” She went.", [("”", 1)]),
        ('Ada: "We keep it. She went.', [('"', 1)]),
        ("Ada: 'We keep it. She went.", [("'", 1)]),
        ("Ada: `We keep it. She went.", [("`", 1)]),
        ("Ada: << We keep it. She went.", [("<<", 1)]),
        ("Ada: “We “keep” it and left.\n\nThen nothing.", [("“", 1)]),
        ("Ada: “We “keep it,” she said.", [("“", 1)]),
        ("「やめました", [("「", 1)]),
    ],
)  # fmt: skip
def test_what_is_left_over_is_told_with_its_line(text, unpaired):
    assert read(text)[1] == unpaired


def test_a_quotation_of_two_paragraphs_has_its_speaker_at_both():
    paragraphs = [Paragraph("“One.", 1), Paragraph("Two,” said Ada.", 3)]
    assert [(each.after, each.is_part) for each in find_quotations(paragraphs)] == [(" said Ada.", True)] * 2


@pytest.mark.parametrize("text", ["“a” 'b " * 7_000, "“a " * 20_000, '"a" ' * 10_000, "‘a’b " * 10_000])
def test_twenty_thousand_marks_take_seconds_and_no_minutes(text):
    began = time.process_time()
    read_quotations([Paragraph(text, 1)])
    assert time.process_time() - began < 6  # 1 to 1.5 where nothing else runs
