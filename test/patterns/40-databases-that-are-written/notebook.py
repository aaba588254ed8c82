# %% [markdown]
# # Fill the database
# %%
import sqlite3
import pandas as pd
from sklearn.datasets import load_iris

iris = load_iris(as_frame=True).frame.rename(columns=lambda name: name.replace(" (cm)", "").replace(" ", "_"))
con = sqlite3.connect("iris.db")
iris.to_sql("iris", con, index=False, if_exists="replace")
# %%
cursor = con.cursor()
cursor.execute("delete from iris where petal_length < 1.2")
con.commit()
con.close()
# %% [markdown]
# # Train on what the database holds
# %%
from sklearn.linear_model import LogisticRegression

again = sqlite3.connect("iris.db")
rows = pd.read_sql("select * from iris order by rowid", again)
model = LogisticRegression(max_iter=1000).fit(rows.drop(columns="target"), rows["target"])
accuracy = model.score(rows.drop(columns="target"), rows["target"])
print(len(rows), round(accuracy, 3))
# %% [markdown]
# # Evaluate by class
# %%
rows["predicted"] = model.predict(rows.drop(columns="target"))
wrong = rows[rows["predicted"] != rows["target"]]
by_class = rows.groupby("target")["predicted"].agg(["count", "mean"])
by_class
