"""校样: what people look at."""
