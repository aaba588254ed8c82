"""How many displays of one cell nbclient keeps: displays.py COUNT."""

import sys

import nbclient
import nbformat

count = int(sys.argv[1])
source = f"from IPython.display import display\nfor at in range({count}):\n    display(at)"
notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(source)])
nbclient.NotebookClient(notebook, kernel_name="python3", iopub_timeout=60).execute()
print(len(notebook.cells[0].outputs))
