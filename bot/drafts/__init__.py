"""A new edition before it is public: read, compared, gone through by a person, published for its day, rolled back."""
