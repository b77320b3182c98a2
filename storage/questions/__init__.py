"""Questions, the posts that ask them, and the forms that wait for a yes."""
