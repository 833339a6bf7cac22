"""Strings in, offsets out: normalisation, tokens, sentences, numbers, dates, quotes. Knows no label, file or schema."""
