"""The claims ledger: each announced figure beside what the data give."""
