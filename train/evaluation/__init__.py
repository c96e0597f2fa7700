"""Measures restoration: the tables of the paper and what it shows without numbers."""
