"""Takes values out of a running Python as plain data, so that two runs can be compared without either of them.

It is loaded into the notebook's kernel and around a stage of the generated project; neither is changed for it. It imports
nothing outside the standard library: what it says of numpy, pandas or torch objects it asks of those objects themselves.
"""
