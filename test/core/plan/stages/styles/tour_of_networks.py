# %% [markdown]
# # Neural networks, a tour
# %%
import numpy as np
from tensorflow import keras
from tensorflow.keras import layers
from tensorflow.keras.datasets import mnist
# %% [markdown]
# ## A first look at a neural network
# %%
(train_images, train_labels), (test_images, test_labels) = mnist.load_data()
train_images.shape
# %%
train_images = train_images.reshape((60000, 28 * 28)).astype("float32") / 255
test_images = test_images.reshape((10000, 28 * 28)).astype("float32") / 255
# %%
model = keras.Sequential([layers.Dense(512, activation="relu"), layers.Dense(10, activation="softmax")])
model.compile(optimizer="rmsprop", loss="sparse_categorical_crossentropy", metrics=["accuracy"])
model.fit(train_images, train_labels, epochs=5, batch_size=128)
# %%
predictions = model.predict(test_images[0:10])
predictions[0].argmax()
# %% [markdown]
# ## The gears of neural networks: tensor operations
# %%
def relu(x):
    x = x.copy()
    for i in range(x.shape[0]):
        for j in range(x.shape[1]):
            x[i, j] = max(x[i, j], 0)
    return x
# %%
rng = np.random.default_rng(0)
gears = relu(rng.normal(size=(20, 100)))
small = gears[:3, :3]
print(small)
# %%
weights = rng.normal(size=(100, 4))
hidden = relu(gears @ weights)
print(hidden.shape, hidden.mean())
# %% [markdown]
# ## Geometry of tensors
# %%
angle = np.pi / 6
rotation = np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
turned = rotation @ np.array([[1.0, 0.0], [0.5, 2.0]])
print(turned)
# %%
shear = np.array([[1, 0.5], [0, 1]])
sheared = shear @ turned
print(sheared, np.linalg.det(sheared))
