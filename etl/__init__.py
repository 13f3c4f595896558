"""From raw files to ``geodata/published``: fetch, extract, build, check, publish.

Knows nothing of the app but the contract.
"""
