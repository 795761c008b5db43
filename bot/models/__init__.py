"""Only with a language model: the one that writes, and the breaker that leaves it alone."""
