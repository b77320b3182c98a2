"""What is brought in from files: rows as replies, what is known of them, what was said about quoting, what was pasted.

All of it is decided before anything is stored, so that it can be shown first; `desk.answers.imports` does both.
"""
