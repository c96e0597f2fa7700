"""`python -m train.cli`, which torchrun needs."""

from train.cli.main import main

main()
