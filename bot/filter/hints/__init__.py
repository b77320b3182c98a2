"""What a careful editor looks at besides style: facts with their evidence, of no weight."""
