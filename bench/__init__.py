"""Benchmarks with public tools: the atlas against its peers, in one run on one machine."""
