"""Gold and predictions to pairs, counts, figures and tests."""
