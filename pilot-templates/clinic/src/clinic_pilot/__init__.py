"""The performance clinic: three measured lessons, and your own function beside them."""
