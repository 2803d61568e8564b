"""The way of an issue as a whole: built again, on many cores, and where something breaks on the way."""
