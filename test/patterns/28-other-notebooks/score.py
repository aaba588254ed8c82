score = model.score(scaled, orders["price"])
