"""Dated and generated facts that the knowledge rooms read; `make places` regenerates `places.csv` and `communities.csv`."""
