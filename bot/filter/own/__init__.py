"""What an installation adds to the filter without a fork: phrases in its config, rules in its packages."""
