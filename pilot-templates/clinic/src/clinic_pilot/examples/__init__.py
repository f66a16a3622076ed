"""The worked examples. Each is one module that can be read as a lesson."""
