"""How often the verifier errs: sentences made out of clauses, each with one thing changed, and what becomes of them."""
