"""Articles before they are printed: their quotations, each checked against what was said."""

from bot.drafts.article import Paragraph, UnreadableDraft, read_article
from bot.drafts.quotations import Quotation, find_quotations

__all__ = ["Paragraph", "Quotation", "UnreadableDraft", "find_quotations", "read_article"]
