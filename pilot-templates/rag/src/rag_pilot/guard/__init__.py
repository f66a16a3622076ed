"""What stands between documents, people and a language model. Everything here works on text alone."""
