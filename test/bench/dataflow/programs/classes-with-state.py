# %%
from dataclasses import dataclass, field
import copy
class Account:
    opened = 0
    log = []
    def __init__(self, owner, amount=0):
        self.owner = owner
        self._amount = amount
        type(self).opened += 1
    @property
    def amount(self):
        self.log.append("read")
        return self._amount
    @amount.setter
    def amount(self, value):
        self.log.append("write")
        self._amount = value
    def __iadd__(self, other):
        self._amount += other
        return self
    def __enter__(self):
        self._before = self._amount
        return self
    def __exit__(self, kind, problem, trace):
        if kind is not None:
            self._amount = self._before
        return True
# %%
class Savings(Account):
    rate = 0.5
    def grow(self):
        self.amount = self.amount * (1 + self.rate)
        return self
mine = Savings("me", 10)
yours = mine
theirs = copy.deepcopy(mine)
# %%
mine.amount = 20
mine += 5
seen = yours.amount
Savings.rate = 1
grown = yours.grow().amount
# %%
with mine as opened:
    opened += 100
    raise ValueError("undo")
after = mine.amount
logged = len(Account.log)
count = Savings.opened
# %%
@dataclass
class Basket:
    items: list = field(default_factory=list)
    prices: dict = field(default_factory=dict)
    def add(self, name, price):
        self.items.append(name)
        self.prices[name] = price
        return self
basket = Basket().add("pear", 2).add("fig", 3)
view = basket.items
basket.add("plum", 4)
many = len(view)
cost = sum(basket.prices.values())
# %%
def total(self):
    return sum(self.prices.values()) * Account.opened
Basket.total = total
everything = basket.total()
setattr(basket, "note", view)
basket.note.append("nut")
last = basket.items[-1]
