"""Only with a language model: the one that writes, the one that judges, and the breaker that leaves it alone."""
