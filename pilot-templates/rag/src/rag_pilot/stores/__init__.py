"""Vector stores: one port, one module per store, each framework at home in its own module."""
