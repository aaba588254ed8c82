import { failed, testCalls } from "./calls.ts";

testCalls([
  {
    name: "the graph is JSON",
    args: "graph tidy.ipynb --json",
    exit: 0,
    fields: {
      schema: "reprise.graph/1",
      outcome: "ok",
      nodes: [
        { id: "c0", cell: 0 },
        { id: "c1", cell: 1 },
        { id: "c2", cell: 2 },
      ],
      order: { document: [0, 1, 2], recorded: [0, 1, 2] },
    },
  },
  {
    name: "edges name what crosses",
    args: "graph tidy.ipynb --json",
    exit: 0,
    says: /\{"from":"c1","to":"c2","kind":"value","name":"scaled","certainty":"must"/,
  },
  { name: "the graph is mermaid", args: "graph tidy.ipynb", exit: 0, says: /^flowchart TD\n/ },
  { name: "the graph is dot", args: "graph tidy.ipynb --format dot", exit: 0, says: /^digraph[\s\S]*->/ },
  { name: "the graph is a picture", args: "graph tidy.ipynb --format svg", exit: 0, says: /^<svg [\s\S]*<\/svg>\s*$/ },
  {
    name: "statements can be the nodes",
    args: "graph tidy.ipynb --by statement --json",
    exit: 0,
    says: /"id":"(s|c)?0[.:]1"/,
  },
  { name: "stages can be the nodes", args: "graph tidy.ipynb --by stage --json", exit: 0, says: /"stage":"\w+"/ },
  {
    name: "a slice keeps what a name needs, no others",
    args: "graph messy.ipynb --slice total --json",
    exit: 0,
    fields: { nodes: [{ cell: 0 }, { cell: 1 }] },
  },
  {
    name: "a slice of a cell is taken too",
    args: "graph messy.ipynb --slice 2 --json",
    exit: 0,
    fields: { nodes: [{ cell: 2 }] },
  },
  {
    name: "a slice of a name that nothing binds is refused",
    args: "graph tidy.ipynb --slice nobody --json",
    exit: 2,
    fields: failed("RP141"),
  },
  {
    name: "stages of what cannot be converted are refused",
    args: "graph messy.ipynb --by stage --json",
    exit: 2,
    fields: failed("RP121"),
  },
]);
