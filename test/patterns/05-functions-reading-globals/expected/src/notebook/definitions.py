"""Functions and classes of the notebook."""


def ratio(frame, ceiling):
    return frame["debt"] / frame["income"].clip(upper=ceiling)
