"""The revision store loses nothing: whole revisions, numbers, damage, full disks, killed processes."""
