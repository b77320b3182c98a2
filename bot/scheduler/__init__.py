"""Config to rows, due moments to posts, and all steps in their order."""
