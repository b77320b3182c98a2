"""An ODT as its reader sees it."""

import io
import zipfile

import pytest

from bot.articles import Paragraph, UnreadableArticle, read_article

NAMESPACES = " ".join(
    f'xmlns:{prefix}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for prefix, name in (("office", "office"), ("style", "style"), ("text", "text"), ("table", "table"), ("draw", "drawing"))
)  # fmt: skip
STYLES = """
<style:style style:name="Quotations" style:family="paragraph" style:display-name="Quotations"/>
<style:style style:name="Grey_20_box" style:family="paragraph" style:parent-style-name="Quotations"/>
<style:style style:name="Hidden" style:family="paragraph"><style:text-properties text:display="none"/></style:style>
"""
AUTOMATIC = """
<style:style style:name="P1" style:family="paragraph" style:parent-style-name="Grey_20_box"/>
<style:style style:name="P2" style:family="paragraph" style:parent-style-name="Hidden"/>
<style:style style:name="T1" style:family="text"><style:text-properties text:display="none"/></style:style>
<style:style style:name="T2" style:family="text"><style:text-properties style:text-line-through-style="solid"/></style:style>
<style:style style:name="T3" style:family="text"><style:text-properties style:text-line-through-style="none"/></style:style>
<style:style style:name="T4" style:family="text"><style:text-properties style:text-line-through-type="double"/></style:style>
"""


def write_content(body):
    return (
        f"<office:document-content {NAMESPACES}><office:automatic-styles>{AUTOMATIC}</office:automatic-styles>"
        f"<office:body><office:text>{body}</office:text></office:body></office:document-content>"
    )


def write_odt(body, manifest="<manifest/>", content=None):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        package.writestr(
            "styles.xml",
            f"<office:document-styles {NAMESPACES}><office:styles>{STYLES}</office:styles></office:document-styles>",
        )
        package.writestr("content.xml", write_content(body) if content is None else content)
        package.writestr("META-INF/manifest.xml", manifest)
    return file.getvalue()


def read(body):
    return read_article(write_odt(body), "draft.odt")


def read_texts(body):
    return [each.text for each in read(body)]


def test_quotations_are_known_by_the_chain_of_their_styles():
    body = '<text:p text:style-name="P1">We keep it.</text:p><text:p>Not this</text:p>'
    assert [each.is_quotation for each in read(body)] == [True, False]


@pytest.mark.parametrize("style", ["T1", "T2", "T4"])
def test_hidden_and_struck_text_is_not_read(style):
    body = (
        f'<text:p>We keep <text:span text:style-name="{style}">none <text:span>of </text:span></text:span>it</text:p>'
    )
    assert read_texts(body) == ["We keep it"]


def test_a_hidden_paragraph_is_not_read_and_a_line_taken_off_shows_text():
    assert read_texts('<text:p text:style-name="P2">Gone</text:p>') == []
    assert read_texts(
        '<text:p><text:span text:style-name="T2"><text:span text:style-name="T3">Seen</text:span></text:span></text:p>'
    ) == ["Seen"]
    assert read_texts('<text:p><text:hidden-paragraph text:is-hidden="true"/>Gone</text:p>') == []
    assert read_texts('<text:section text:display="none"><text:p>Gone</text:p></text:section>') == []


def test_deleted_text_and_comments_are_not_read():
    body = """<text:tracked-changes><text:changed-region><text:deletion><text:p>none of it</text:p></text:deletion>
    </text:changed-region></text:tracked-changes>
    <text:p>We <text:change text:change-id="1"/>keep<office:annotation><text:p>Really?</text:p></office:annotation>
    <text:change-start text:change-id="2"/>it<text:change-end text:change-id="2"/></text:p>"""
    assert read_texts(body) == ["We keep it"]


def test_notes_and_boxes_follow_the_text():
    body = """<text:p>One</text:p><text:p>We<draw:frame><draw:text-box><text:p>A box</text:p></draw:text-box></draw:frame>
asked<text:note><text:note-citation>1</text:note-citation><text:note-body><text:p>A note</text:p></text:note-body>
</text:note></text:p><text:h>Last</text:h>"""
    found = read(body)
    assert [(each.text, each.is_heading) for each in found] == [
        ("One", False),
        ("We asked", False),
        ("Last", True),
        ("A box", False),
        ("A note", False),
    ]
    assert found[-1].line == 2


def test_spaces_breaks_ruby_and_rows():
    assert read_texts('<text:p>a<text:s text:c="2"/>b<text:tab/>c<text:line-break/>d\n  e</text:p>') == ["a  b c\nd e"]
    ruby = "<text:ruby><text:ruby-base>漢字</text:ruby-base><text:ruby-text>かんじ</text:ruby-text></text:ruby>"
    assert read_texts(f"<text:p>この{ruby}です</text:p>") == ["この漢字です"]
    cell = "<table:table-cell><text:p>{}</text:p></table:table-cell>"
    row = f"<table:table-row>{cell.format('Ada')}{cell.format('“We keep it.”')}</table:table-row>"
    assert [each.row for each in read(f"<table:table>{row}{row}</table:table><text:p>After</text:p>")] == [
        1,
        1,
        2,
        2,
        0,
    ]


def test_a_document_in_one_file_is_read_too():
    flat = (
        f'<?xml version="1.0"?><office:document {NAMESPACES}><office:styles>{STYLES}</office:styles><office:automatic-styles>'
        f"{AUTOMATIC}</office:automatic-styles><office:body><office:text>"
        '<text:p text:style-name="P1">We keep it.</text:p></office:text></office:body></office:document>'
    )
    assert read_article(flat.encode(), "draft.fodt") == [Paragraph("We keep it.", 1, is_quotation=True)]


def test_what_cannot_be_read_is_told_in_one_sentence():
    with pytest.raises(UnreadableArticle, match="password"):
        read_article(write_odt("", "<manifest:encryption-data/>"), "draft.odt")
    with pytest.raises(UnreadableArticle, match="no whole ODT"):
        read_article(write_odt("", content="<text:p>"), "draft.odt")
    with pytest.raises(UnreadableArticle, match="no text document"):
        read_article(write_odt("", content="<a/>"), "draft.odt")
    with pytest.raises(UnreadableArticle, match="declares entities"):
        read_article(write_odt("", content='<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'), "draft.odt")
