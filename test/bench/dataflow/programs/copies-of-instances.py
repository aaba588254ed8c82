# %%
import copy
factor = 2
other = 3
third = 4
class E:
    def __init__(self, s):
        self.s = s
    @property
    def price(self):
        return self.s * factor
    @property
    def worth(self):
        return self.s * other
    def double(self):
        return self.s * third
# %%
one = [E(1), E(2)]
kept = copy.deepcopy(one)
# %%
a = [k.price for k in kept]
# %%
b = getattr(one[0], "".join(["pri", "ce"]))
# %%
c = [getattr(k, n) for k in one for n in ["price", "worth"]]
# %%
d = getattr(one[0], "dou" + str("ble"))()
# %%
e = copy.copy(one)[0].price
# %%
g = sorted(one, key=lambda k: k.price)
# %%
from operator import attrgetter, methodcaller
h = max(one, key=attrgetter("price"))
# %%
i = {"x": E(3)}["x"].price
j = list(map(methodcaller("double"), one))
# %%
class P:
    def __init__(self, options):
        self.options = copy.deepcopy(options)
    def summary(self):
        return [o.price for o in self.options]
p = P(one)
# %%
q = p.summary()
