"""Other people's architectures with random weights: they tell how long those take, nothing else."""
