"""How what matplotlib draws is written into a fingerprint: what it would look like, not what it remembers."""

import functools
import sys

from writing import ATOMS, Opaque

LOOK = (
    "get_xlim get_ylim get_xscale get_yscale get_text get_linestyle get_facecolor get_edgecolor get_color get_size_inches get_dpi "
    "get_position get_fontsize get_rotation get_linewidth get_axisbelow get_aspect get_autoscale_on get_zorder"
).split()
DATA = ("get_xdata", "get_ydata", "get_array", "get_offsets")


def figures(writer, value, depth):
    artists, axes = sys.modules.get("matplotlib.artist"), sys.modules.get("matplotlib.axis")
    if artists is None or axes is None:
        return False
    if writer.plain and type(value).__module__.startswith("matplotlib"):
        raise Opaque("more than data")
    if isinstance(value, artists.Artist):
        write_artist(writer, value, depth, axes.Axis)
        return True
    if type(value).__module__.startswith("matplotlib"):
        writer.text(type(value).__name__)
        return True
    return False


def write_artist(writer, artist, depth, axis_type):
    writer.text(type(artist).__name__, artist.get_visible(), artist.get_alpha(), artist.get_label())
    for name in LOOK:
        get = getattr(artist, name, None)
        if get is not None:
            try:
                writer.text(str(get()))
            except Exception:
                pass
    for name in DATA:
        get = getattr(artist, name, None)
        if get is not None:
            try:
                writer.write(get(), depth)
            except Exception:
                pass
    children = artist.get_children() if not isinstance(artist, axis_type) else (artist.label, artist.offsetText)
    if isinstance(artist, axis_type):
        write_axis(writer, artist, depth)
    for child in children:
        write_artist(writer, child, depth, axis_type)


def write_axis(writer, axis, depth):
    """Ticks are made when somebody asks for them, and that is slow: one of each kind stands for those that are alike."""
    for chooser in (axis.get_major_locator(), axis.get_minor_locator(), axis.get_major_formatter(), axis.get_minor_formatter()):
        writer.text(type(chooser).__name__)
        for name, value in sorted(vars(chooser).items()):
            if isinstance(value, functools.partial):
                value = value.args
            if isinstance(value, (*ATOMS, list, tuple, dict)) or type(value).__name__ == "ndarray":
                writer.write(value, depth)
    axis.get_major_ticks(1)
    axis.get_minor_ticks(1)
    for options, ticks in ((axis._major_tick_kw, axis.majorTicks), (axis._minor_tick_kw, axis.minorTicks)):
        writer.text(sorted((key, str(value)) for key, value in options.items()))
        writer.text(sorted({repr(tick_look(tick)) for tick in ticks}))


def tick_look(tick):
    label = tick.label1
    return label.get_rotation(), label.get_color(), label.get_fontsize(), label.get_visible(), tick.gridline.get_visible()
