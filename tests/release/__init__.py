"""签样付印: what was signed is what is printed, and whatever changed in between is named."""
