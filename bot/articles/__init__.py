"""Articles before they are printed: their quotations, each checked against what was said."""

from bot.articles.paragraphs import Paragraph, UnreadableArticle
from bot.articles.quotation import Quotation, UnpairedMark
from bot.articles.quotations import find_quotations
from bot.articles.read import read_article

__all__ = ["Paragraph", "Quotation", "UnpairedMark", "UnreadableArticle", "find_quotations", "read_article"]
