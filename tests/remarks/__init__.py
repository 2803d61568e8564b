"""批注归稿: what people mark on a proof comes back as places in the articles."""
