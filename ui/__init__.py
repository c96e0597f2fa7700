"""The window: a separate, thin program over `nasfe_cam`."""
