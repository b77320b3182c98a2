"""Ask, adopt, run and take back questions."""
