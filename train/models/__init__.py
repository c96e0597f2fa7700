"""The networks of NASFE, one part per file, named as in the paper."""
