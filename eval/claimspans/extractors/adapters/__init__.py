"""One module for each kind of extractor URI."""
