"""Look through what was answered, decide, bring more in."""
