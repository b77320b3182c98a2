"""What looks at several replies to one question: each takes the thread and answers with the terms of each reply."""
