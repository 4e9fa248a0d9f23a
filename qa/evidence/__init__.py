"""Which sentences answer a question, whether every condition of it is met, and how surely."""
