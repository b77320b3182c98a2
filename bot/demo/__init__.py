"""The demo of `pullquote demo`: a week of questions and replies, written for it, and the people who play it."""
