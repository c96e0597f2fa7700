"""Searches the fusion network's architecture (section 3.1 of the long version)."""
