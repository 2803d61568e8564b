"""What tests share: a face made in code, builders, letter pixels."""
