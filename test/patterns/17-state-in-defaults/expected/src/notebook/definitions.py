"""Functions and classes of the notebook."""


def collect(x, seen=[]):
    seen.append(x)
    return len(seen)


def counter():
    count = 0

    def step():
        nonlocal count
        count += 1
        return count

    return step
