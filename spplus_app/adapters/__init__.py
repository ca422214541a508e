"""The outside world: files as people hand them over, mail, passwords hashed."""
