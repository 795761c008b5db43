"""From a question to a cited answer: question, chain, gate, writers, verify, and the pages above them."""
