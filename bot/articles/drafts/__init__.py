"""What a writer does with a checked draft: sees it marked, takes words over, vouches for some, has it watched."""
