"""Question answering over your own documents, with citations, a benchmark and a gate."""
