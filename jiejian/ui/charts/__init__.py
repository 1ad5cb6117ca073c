"""Charts, each written once in Altair and kept as a specification without data.

Building and validating a chart costs more than a whole page; drawing a ready one with fresh
values is cheap. `base` holds what all share, `card` draws one with its words, table and downloads;
every other module is one kind of chart: a cached `_spec` and a function from figures to
(specification, values).
"""
