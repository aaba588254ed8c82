# %%
import itertools
shift = 1
source = [5, 2, 8, 1, 9]
def shifted():
    for value in source:
        yield value + shift
def again():
    yield from (value * shift for value in source)
# %%
by_next = (value + shift for value in source)
by_loop = shifted()
by_zip = map(lambda value: value - shift, source)
by_in = again()
by_slice = itertools.chain((value for value in source if value > shift), shifted())
by_any = filter(lambda value: value > shift, source)
to_end = (value + shift for value in source)
by_two = (value + shift for value in source)
# %%
first = next(by_next)
for looped in by_loop:
    if looped > 2:
        break
zipped = list(zip("ab", by_zip))
found = 2 in by_in
sliced = list(itertools.islice(by_slice, 2))
some = any(value > 4 for value in by_any)
whole = sum(to_end)
second = next(by_two)
# %%
shift = 3
middle = next(by_two)
# %%
source.append(4)
shift = 20
third = next(by_two)
# %%
rest = list(by_two)
shift = 40
