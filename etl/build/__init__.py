"""One module a product: tidy tables in, published files out."""
