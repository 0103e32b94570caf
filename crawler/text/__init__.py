"""Plain text work that every station shares: folding with true offsets, sentences."""
