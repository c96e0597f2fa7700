"""Setting the virtual camera up: `plan` says what is to be done, `administrator` does it."""
