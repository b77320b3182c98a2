"""A DOCX as its reader sees it, whatever word processor wrote it."""

import io
import time
import zipfile

import pytest

from bot.articles import Paragraph, UnreadableArticle, find_quotations, read_article

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
MC = "http://schemas.openxmlformats.org/markup-compatibility/2006"
RELATION = '<Relationship Id="r{0}" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/{1}" Target="{2}"/>'


def text(words, properties=""):
    return f'<w:r>{properties and f"<w:rPr>{properties}</w:rPr>"}<w:t xml:space="preserve">{words}</w:t></w:r>'


def paragraph(content, style="", mark=""):
    style = style and f'<w:pStyle w:val="{style}"/>'
    return f"<w:p><w:pPr>{style}<w:rPr>{mark}</w:rPr></w:pPr>{content if '<' in content else text(content)}</w:p>"


def style(identity, name, parent="", properties="", kind="paragraph"):
    based = parent and f'<w:basedOn w:val="{parent}"/>'
    return f'<w:style w:type="{kind}" w:styleId="{identity}"><w:name w:val="{name}"/>{based}{properties}</w:style>'


def relations(**targets):
    rows = "".join(RELATION.format(number, kind, target) for number, (kind, target) in enumerate(targets.items()))
    return f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{rows}</Relationships>'


def write_docx(body, styles="", namespace=W, **notes):
    """A package. notes: footnotes and endnotes by number."""
    root = f'xmlns:w="{namespace}" xmlns:mc="{MC}"'
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("[Content_Types].xml", "<Types/>")
        package.writestr("_rels/.rels", relations(officeDocument="word/text.xml"))
        package.writestr(
            "word/_rels/text.xml.rels", relations(styles="/word/looks.xml", **{kind: f"{kind}.xml" for kind in notes})
        )
        package.writestr("word/looks.xml", f"<w:styles {root}>{styles}</w:styles>")
        package.writestr("word/text.xml", f"<w:document {root}><w:body>{body}</w:body></w:document>")
        for kind, each in notes.items():
            rows = "".join(f'<w:{kind[:-1]} w:id="{number}">{note}</w:{kind[:-1]}>' for number, note in each.items())
            package.writestr(f"word/{kind}.xml", f"<w:{kind} {root}>{rows}</w:{kind}>")
    return file.getvalue()


def read(body, styles="", **more):
    return read_article(write_docx(body, styles, **more), "draft.docx")


def read_texts(body, styles="", **more):
    return [each.text for each in read(body, styles, **more)]


# ---------------------------------------------------------------- quotations by style


@pytest.mark.parametrize(
    ("identity", "name"),
    [
        ("Quote", "Quote"),
        ("IntenseQuote", "Intense Quote"),
        ("Zitat", "Quote"),
        ("Quotations", "Quotations"),
        ("BlockText", "Block Text"),
        ("Blockzitat", "Blockzitat"),
        ("Citation", "Citation"),
        ("Cita", "Cita"),
        ("Citazione", "Citazione"),
        ("Citaat", "Citaat"),
        ("Cytat", "Cytat"),
        ("Pullquote", "Pull-quote"),
        ("a7", "引用文"),
    ],
)
def test_a_paragraph_in_a_style_for_quotations_is_one(identity, name):
    (found,) = read(paragraph("We keep it all.", identity), style(identity, name))
    assert found.is_quotation


def test_a_style_based_on_one_for_quotations_is_one_too():
    styles = style("Quote", "Quote") + style("Mine", "Grey box", "Quote") + style("Yours", "Large", "Mine")
    assert [each.is_quotation for each in read(paragraph("a b", "Yours") + paragraph("c d"), styles)] == [True, False]


@pytest.mark.parametrize("name", ["Quote Author", "Zitatgeber", "Quote Source", "Heading 1", "Normal", "List Bullet"])
def test_a_style_for_the_speaker_or_for_other_text_is_none(name):
    styles = style("Quote", "Quote") + style("X", name, "Quote" if "uote" in name else "")
    (found,) = read(paragraph("Ada Lovelace", "X"), styles)
    assert not found.is_quotation


def test_styles_based_on_each_other_in_a_circle_end():
    styles = style("A", "One", "B") + style("B", "Two", "A")
    assert read_texts(paragraph("Some words", "A"), styles) == ["Some words"]


def test_a_style_that_is_nowhere_described_is_known_by_its_id():
    assert [each.is_quotation for each in read(paragraph("a b", "Quote") + paragraph("c d", "Normal"))] == [True, False]


def test_headings_are_known():
    styles = style("H", "heading 2") + style("L", "My level", "", '<w:pPr><w:outlineLvl w:val="1"/></w:pPr>')
    assert [each.is_heading for each in read(paragraph("a", "H") + paragraph("b", "L") + paragraph("c"), styles)] == [
        True,
        True,
        False,
    ]


# ---------------------------------------------------------------- what is not printed


@pytest.mark.parametrize("hidden", ["<w:vanish/>", "<w:strike/>", '<w:dstrike w:val="true"/>', '<w:vanish w:val="1"/>'])
def test_hidden_and_struck_text_is_not_read(hidden):
    assert read_texts(paragraph(text("We keep ") + text("none of ", hidden) + text("it"))) == ["We keep it"]


@pytest.mark.parametrize("shown", ['<w:vanish w:val="0"/>', '<w:strike w:val="false"/>', "<w:webHidden/>", "<w:b/>"])
def test_text_that_is_said_not_to_be_hidden_is_read(shown):
    assert read_texts(paragraph(text("We keep ") + text("all of ", shown) + text("it"))) == ["We keep all of it"]


def test_styles_hide_text_too():
    hide = "<w:rPr><w:vanish/></w:rPr>"
    styles = (
        style("Note", "Note", "", hide)
        + style("Aside", "Aside", "", hide, "character")
        + style("Sub", "Sub", "Aside", "", "character")
    )
    styled = '<w:rStyle w:val="Sub"/>'
    assert read_texts(paragraph("Never shown", "Note"), styles) == []
    assert read_texts(paragraph(text("We keep ") + text("none of ", styled) + text("it")), styles) == ["We keep it"]
    # given by both, they cancel each other; what the text itself says counts before both
    assert read_texts(paragraph(text("Seen", styled), "Note"), styles) == ["Seen"]
    assert read_texts(paragraph(text("Seen", '<w:vanish w:val="0"/>'), "Note"), styles) == ["Seen"]


@pytest.mark.parametrize("change", ["del", "moveFrom"])
def test_deleted_and_moved_text_is_not_read_whatever_element_it_stands_in(change):
    gone = f'<w:{change} w:id="1">{text("none of ")}<w:r><w:delText>it</w:delText></w:r></w:{change}>'
    moved = f'<w:moveTo w:id="2">{text("it")}</w:moveTo><w:ins w:id="3">{text(" all")}</w:ins>'
    assert read_texts(paragraph(text("We keep ") + gone + moved)) == ["We keep it all"]


def test_a_paragraph_whose_end_is_deleted_goes_on_in_the_next():
    body = paragraph("“We keep ", mark='<w:del w:id="1"/>') + paragraph("it all,” said Ada.") + paragraph("Then")
    assert read(body) == [Paragraph("“We keep it all,” said Ada.", 1), Paragraph("Then", 3)]
    assert read_texts(paragraph("The last", mark='<w:del w:id="1"/>')) == ["The last"]


def test_a_deleted_row_is_not_read():
    def row(content, properties=""):
        return f"<w:tr><w:trPr>{properties}</w:trPr><w:tc>{paragraph(content)}</w:tc></w:tr>"

    rows = [row("Stays"), row("Goes", '<w:del w:id="1"/>'), row("Hidden", "<w:hidden/>"), row("Too")]
    body = f"<w:tbl>{''.join(rows)}</w:tbl>"
    assert [(each.text, each.row) for each in read(body + paragraph("After"))] == [
        ("Stays", 1),
        ("Too", 4),
        ("After", 0),
    ]


def test_the_instruction_of_a_field_is_not_read_and_its_result_is():
    def step(kind):
        return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'

    inner = step("begin") + text("PAGE") + step("separate") + text("7") + step("end")
    field = step("begin") + text("IF ") + inner + text(" “no”") + step("separate") + text("it") + step("end")
    assert read_texts(paragraph(text("We keep ") + field + text(" all"))) == ["We keep it all"]
    open_ended = paragraph(text("Broken ") + step("begin")) + paragraph("Still read")
    assert read_texts(open_ended) == ["Broken", "Still read"]


def test_of_ruby_the_words_are_read_and_not_how_to_say_them():
    ruby = f"<w:ruby><w:rt>{text('かんじ')}</w:rt><w:rubyBase>{text('漢字')}</w:rubyBase></w:ruby>"
    assert read_texts(paragraph(text("この") + f"<w:r>{ruby}</w:r>" + text("です"))) == ["この漢字です"]


# ---------------------------------------------------------------- where text stands


def test_notes_are_read_after_the_text_with_the_line_that_calls_them():
    def call(kind, number):
        return f'<w:r><w:{kind}Reference w:id="{number}"/></w:r>'

    body = (
        paragraph("First")
        + paragraph(text("We asked") + call("footnote", 2) + text(" many") + call("endnote", 5))
        + paragraph(f'<w:del w:id="9">{call("footnote", 3)}</w:del>')
    )
    found = read(
        body,
        footnotes={-1: paragraph("A line"), 2: paragraph("“We keep it.”"), 3: paragraph("Gone")},
        endnotes={5: paragraph("Last")},
    )
    assert found == [
        Paragraph("First", 1),
        Paragraph("We asked many", 2),
        Paragraph("“We keep it.”", 2),
        Paragraph("Last", 2),
    ]


def test_a_text_box_is_read_once_and_beside_the_text():
    box = f"<w:txbxContent>{paragraph('“In a box.”')}</w:txbxContent>"
    both = f"<mc:AlternateContent><mc:Choice>{box}</mc:Choice><mc:Fallback>{box}</mc:Fallback></mc:AlternateContent>"
    body = paragraph(text("“We keep") + f"<w:r>{both}</w:r>") + paragraph("it all,” said Ada.")
    assert read_texts(body) == ["“We keep", "it all,” said Ada.", "“In a box.”"]
    hidden = paragraph(text("Seen") + f"<w:r><w:rPr><w:vanish/></w:rPr>{box}</w:r>")
    assert read_texts(hidden) == ["Seen"]


def test_breaks_hyphens_symbols_and_content_controls():
    run = '<w:r><w:t>a</w:t><w:br/><w:t>b</w:t><w:tab/><w:t>c</w:t><w:noBreakHyphen/><w:t>d</w:t><w:sym w:char="201D"/></w:r>'
    control = f'<w:sdt><w:sdtPr><w:alias w:val="x"/></w:sdtPr><w:sdtContent>{text("e")}</w:sdtContent></w:sdt>'
    tabs = '<w:tabs><w:tab w:val="left"/></w:tabs>'
    assert read_texts(f"<w:p><w:pPr>{tabs}</w:pPr>{run}{control}</w:p>") == ["a\nb c-d”e"]


def test_the_strict_kind_is_read_as_the_common_one():
    strict = "http://purl.oclc.org/ooxml/wordprocessingml/main"
    (found,) = read(paragraph("We keep it.", "Quote"), style("Quote", "Quote"), namespace=strict)
    assert found == Paragraph("We keep it.", 1, is_quotation=True)


# ---------------------------------------------------------------- bombs


def spend(body):
    began = time.process_time()
    found = find_quotations(read(body))
    return found, time.process_time() - began


def test_paragraphs_nested_a_hundred_deep_cost_no_more_than_their_text():
    body = "<w:p><w:r>" * 120 + "<w:t>a</w:t>" * 200_000 + "</w:r></w:p>" * 120
    assert len(write_docx(body)) < 45_000
    _, seconds = spend(body)
    assert seconds < 4  # 0.7 measured; the quadratic reader took over 33


def test_fields_that_never_end_cost_no_more_than_their_text():
    field = '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
    _, seconds = spend(paragraph(field * 3) * 30_000)
    assert seconds < 6


def test_entities_of_its_own_are_refused():
    file = io.BytesIO()
    bomb = '<!DOCTYPE l [<!ENTITY a "lol"><!ENTITY b "&a;&a;">]>'
    with zipfile.ZipFile(file, "w") as package:
        package.writestr("[Content_Types].xml", "<Types/>")
        package.writestr("word/document.xml", f'{bomb}<w:document xmlns:w="{W}"><w:body>&b;</w:body></w:document>')
    with pytest.raises(UnreadableArticle, match="declares entities"):
        read_article(file.getvalue(), "draft.docx")


def test_nesting_without_end_is_refused():
    with pytest.raises(UnreadableArticle, match="nested deeper"):
        read("<w:sdt>" * 5_000 + "</w:sdt>" * 5_000)


def test_a_damaged_part_is_told_in_one_sentence():
    with pytest.raises(UnreadableArticle, match="no whole DOCX"):
        read("<w:p>")
