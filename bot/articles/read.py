"""An article as paragraphs of plain text, whatever file it came in."""

from bot.articles.paragraphs import Paragraph, UnreadableArticle

LARGEST = 20 * 1024 * 1024


def read_article(data: bytes, name: str = "") -> list[Paragraph]:
    """The paragraphs of an article in order. name: its file name; without a known ending its first bytes decide.

    Raises UnreadableArticle.
    """
    if len(data) > LARGEST:
        raise UnreadableArticle(f"the draft is larger than {LARGEST // 2**20} MiB; save it without its pictures")
    ending = name.casefold().rpartition(".")[2]
    if ending == "docx" or data.startswith(b"PK\x03\x04"):
        from bot.articles.readers.docx import read_docx

        return read_docx(data)
    if ending in ("odt", "doc", "rtf", "pdf", "pages") or data.startswith((b"%PDF", b"{\\rtf", b"\xd0\xcf\x11\xe0")):
        raise UnreadableArticle(
            "this kind of file is not read; save the draft as .docx, .html, .md or .txt, or paste it"
        )
    text = _decode(data)
    if ending in ("html", "htm", "xhtml") or _looks_like_html(text):
        from bot.articles.readers.html import read_html

        return read_html(text)
    from bot.articles.readers.markdown import read_markdown

    return read_markdown(text)


def _decode(data: bytes) -> str:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", errors="replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise UnreadableArticle(f"the draft is not UTF-8 at byte {error.start}; save it as UTF-8") from error


def _looks_like_html(text: str) -> bool:
    beginning = text[:2000].casefold()
    return any(tag in beginning for tag in ("<!doctype html", "<html", "<body", "<p>", "<p ", "</p>"))
