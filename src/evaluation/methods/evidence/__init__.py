"""Evidence synthesis: findings coded with elements of frameworks, and their chapters."""
