"""What a person sees: scores as tables, articles with their spans coloured, in the terminal and as HTML."""
