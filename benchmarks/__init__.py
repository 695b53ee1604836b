"""What a build costs, against doing the same by hand: `make bench` writes results.md."""
