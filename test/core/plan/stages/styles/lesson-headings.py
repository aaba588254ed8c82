# %% [markdown]
# # Lesson
# ## Learn Python in 15 minutes!
# %%
a = 3
b = a * 2
# %% [markdown]
# ## Types of data
# %%
words = [str(a), str(b)]
lengths = [len(word) for word in words]
# %% [markdown]
# ## Standard Scaler $\frac{x_i - \mu}{\sigma}$
# %%
mean = sum(lengths) / len(lengths)
scaled = [length - mean for length in lengths]
# %% [markdown]
# ## Making our own linear model
# %%
slope = scaled[0] / (a + b)
offset = mean - slope
# %% [markdown]
# ## Select subsets according to length
# %%
subset = [word for word in words if len(word) > offset]
open("subset.txt", "w").write(" ".join(subset))
print(subset)
# %% [markdown]
# ## Using the model
# %%
guess = slope * 4 + offset
open("guess.txt", "w").write(str(guess))
print(guess)
