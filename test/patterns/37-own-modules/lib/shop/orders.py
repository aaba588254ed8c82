import pandas as pd

COLUMNS = ["day", "amount", "price"]


def read_orders(path):
    return pd.read_csv(path)[COLUMNS]


def clean(orders, most=50):
    """Caps the amounts where they are, and hands on the rows that are whole."""
    orders["amount"] = orders["amount"].clip(upper=most)
    return orders.dropna()
