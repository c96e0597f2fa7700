"""Measurements, one command each; `python benchmarks/NAME.py --help` says what each takes."""
