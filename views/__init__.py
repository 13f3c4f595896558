"""Pure functions: data in, something drawable out. They know neither where data come from nor who calls."""
