"""What people say about being quoted: found by phrases, and where none foresaw it, by its shape."""

from bot.quotes.refusals.find import FoundRefusal, Refusal, asks_not_to_be_quoted, find_refusal

__all__ = ["FoundRefusal", "Refusal", "asks_not_to_be_quoted", "find_refusal"]
