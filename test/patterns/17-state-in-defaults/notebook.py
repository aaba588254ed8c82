# %% [markdown]
# # Define
# %%
rate = 0.5
def collect(x, seen=[]):
    seen.append(x)
    return len(seen)

def scaled(x, by=rate):
    return x * by

def counter():
    count = 0
    def step():
        nonlocal count
        count += 1
        return count
    return step
tick = counter()
# %% [markdown]
# # Use
# %%
collect("a")
rate = 2.0
first = scaled(10)
tick()
# %% [markdown]
# # Evaluate
# %%
collect("b")
print(collect("c"), first, scaled(10), tick(), rate)
