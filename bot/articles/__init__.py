"""Articles before they are printed: their quotations, each checked against what was said."""

from bot.articles.paragraphs import Paragraph, UnreadableArticle
from bot.articles.quotations import Quotation, find_quotations
from bot.articles.read import read_article

__all__ = ["Paragraph", "Quotation", "UnreadableArticle", "find_quotations", "read_article"]
