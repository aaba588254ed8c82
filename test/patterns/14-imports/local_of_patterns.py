FACTOR = 9


def scale(x):
    return x * FACTOR
