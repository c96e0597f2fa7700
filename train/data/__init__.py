"""Aligned face crops: archives of them, and the training batches drawn from them."""
