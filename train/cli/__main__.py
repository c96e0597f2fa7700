"""`python -m train.cli`, which torchrun needs."""

from train.cli import main

main()
