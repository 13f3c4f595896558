"""The sheets of regions and territoires: what stands on them, as plain components and as sentences with their links."""
