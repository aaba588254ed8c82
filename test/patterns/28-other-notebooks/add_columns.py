orders["price"] = orders["size"] * 3.0 + orders["age"]
orders = orders[orders["price"] > 0]
largest = orders["price"].max()
