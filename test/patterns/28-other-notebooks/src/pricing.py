"""Prices, as the shop has them."""
from dataclasses import dataclass

TAX = 1.19


@dataclass
class Discount:
    rate: float

    def of(self, price):
        return price * (1 - self.rate)


def with_tax(price):
    return price * TAX
