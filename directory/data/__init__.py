"""Facts that the knowledge rooms read; `make places` writes `places.csv` and `communities.csv` anew."""
