# %% [markdown]
# # Define
# %%
class Model:
    count = 0
    registry = {}
    def __init__(self, name):
        Model.count += 1
        self.registry[name] = self
        self.name = name
def priced(x):
    priced.calls = getattr(priced, "calls", 0) + 1
    return x + priced.calls
# %% [markdown]
# # Build
# %%
first = Model("a")
one = priced(1)
# %% [markdown]
# # Train
# %%
second = Model("b")
names = [first.name, second.name]
# %% [markdown]
# # Evaluate
# %%
third = Model("c")
two = priced(1)
print(Model.count, sorted(third.registry), names, one, two, priced.calls)
