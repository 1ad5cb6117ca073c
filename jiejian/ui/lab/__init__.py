"""The cost lab: one page, several tools, one engine behind them all."""
