"""Orders of a shop."""

from .orders import clean, read_orders
