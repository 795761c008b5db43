/* The tokens of the package's own C engine, for tests/test_encoder.py: its tokenizer is private to its source file. */
#include "e5.c"

int tokens_of(e5_model *model, const char *text, int *ids, int most) {
    return tok_content(&model->tok, text, ids, most);
}
