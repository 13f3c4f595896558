"""The monitoring page, drawn: dense tables, alerts, funnel, small multiples. Data in, components out."""
