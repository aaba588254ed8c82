import { preparePythonFormatter } from "@reprise/core/node";

// It needs longer than anything else that a conversion loads: it starts before the rest of the command line is loaded.
if (process.argv[2] === "convert") preparePythonFormatter();
