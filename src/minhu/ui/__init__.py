"""Room ui: the look of the house; knows no domain word."""
