"""How long scoring takes, beside other scorers and beside only reading the files."""
