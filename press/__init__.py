"""Where data and files meet: asks the questions, hands the answers to ``exports``. Routes and commands call it."""
