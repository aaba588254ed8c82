# %% [markdown]
# # Traffic flow
# %%
import numpy as np
from IPython.display import HTML
from matplotlib import animation, pyplot
# %% [markdown]
# ## Upwind scheme
# %%
def flux(rho, u_max, rho_max):
    return rho * u_max * (1.0 - rho / rho_max)
# %%
x = np.linspace(0.0, 4.0, 100)
rho = np.where(x < 2.0, 10.0, 0.0)
for n in range(30):
    f = flux(rho, 1.0, 10.0)
    rho[1:] = rho[1:] - 0.01 / 0.04 * (f[1:] - f[:-1])
fig = pyplot.figure()
line = pyplot.plot(x, rho)[0]
# %%
history = [rho.copy()]
for n in range(10):
    f = flux(history[-1], 1.0, 10.0)
    history.append(history[-1] - 0.01 * np.gradient(f))
def update_plot(n):
    fig.suptitle(f"step {n}")
    line.set_ydata(history[n])
anim = animation.FuncAnimation(fig, update_plot, frames=10)
HTML(anim.to_html5_video())
# %% [markdown]
# ## Centred scheme
# %%
sigma = 0.5
centred = rho[1:-1] - sigma / 2 * (f[2:] - f[:-2])
line.set_ydata(np.append(centred, [0.0, 0.0]))
# %%
anim = animation.FuncAnimation(fig, update_plot, frames=5)
HTML(anim.to_html5_video())
# %% [markdown]
# ## References
#
# * Godunov, S.K. (1959), "A difference scheme".
#
# ---
#
# The cell below loads the style of the notebook.
# %%
css_file = "../styles/lesson.css"
HTML(open(css_file, "r").read())
