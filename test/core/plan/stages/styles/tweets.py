# %%
import re
import nltk
import pandas as pd
from nltk.corpus import stopwords
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import classification_report, confusion_matrix, f1_score
from sklearn.model_selection import train_test_split, GridSearchCV
nltk.download("stopwords")
# %%
df = pd.read_csv("tweets.csv", encoding="latin-1")
df.columns = ["target", "id", "text"]
# %%
df.target.value_counts()
# %% [markdown]
# ### Cleaning the tweets
# %%
stop = set(stopwords.words("english"))
def clean(t):
    t = t.lower()
    t = re.sub(r"http\S+", "", t)
    t = re.sub(r"@\w+", "", t)
    return " ".join(w for w in t.split() if w not in stop)
# %%
df["clean"] = df.text.apply(clean)
df["len"] = df.clean.str.len()
df = df[df.len > 0]
# %% [markdown]
# ### Word clouds
# %%
from wordcloud import WordCloud
import matplotlib.pyplot as plt
wc = WordCloud(max_words=100).generate(" ".join(df.clean))
plt.imshow(wc)
plt.axis("off")
# %% [markdown]
# ### Vectorize
# %%
tfidf = TfidfVectorizer(ngram_range=(1, 2), min_df=5)
X = tfidf.fit_transform(df.clean)
y = df.target
# %%
X_tr, X_te, y_tr, y_te = train_test_split(X, y, stratify=y)
# %% [markdown]
# ### Logistic regression
# %%
grid = GridSearchCV(LogisticRegression(max_iter=500), {"C": [0.1, 1, 10]}, scoring="f1_macro", cv=3)
grid.fit(X_tr, y_tr)
clf = grid.best_estimator_
grid.best_params_
# %% [markdown]
# ### How did we do?
# %%
p = clf.predict(X_te)
print(classification_report(y_te, p))
f1_score(y_te, p, average="macro")
# %%
import joblib
joblib.dump((tfidf, clf), "model.joblib")
# %% [markdown]
# ### Try it
# %%
def predict(text):
    return clf.predict(tfidf.transform([clean(text)]))[0]
predict("what a lovely day")
