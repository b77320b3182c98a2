"""Money as people read it."""

MICROS = 1_000_000


def show_money(micros: int) -> str:
    """`$5.00`, `$0.015`: cents, and as many more digits as there are, at most four."""
    digits = f"{micros / MICROS:.4f}"
    whole, _, part = digits.partition(".")
    return f"${whole}.{part[:2]}{part[2:].rstrip('0')}"
