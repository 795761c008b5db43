"""What clauses state and what they leave to other documents, by kind of value."""
