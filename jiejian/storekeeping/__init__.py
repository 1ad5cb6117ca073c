"""What an operator does with a data folder: the commands of `python -m jiejian.store`."""
