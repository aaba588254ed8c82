/**
 * Every problem that Reprise can tell a user of. An id is never given another meaning.
 *
 * `exit` is the exit code: 2 the call or the input is wrong, 3 something that is needed is missing here,
 * 137 out of memory inside a limit, 138 the kernel died.
 *
 * RP10x notebooks · RP12x plans and conversion · RP14x calls and parameters · RP16x projects and proof ·
 * RP30x environments · RP32x engines and kernels · RP34x tracking · RP36x files and disks
 */
export const problems = {
  RP101: { exit: 2, title: "The notebook cannot be read" },
  RP102: { exit: 2, title: "The notebook is not JSON" },
  RP103: { exit: 2, title: "The file is not a notebook" },
  RP104: { exit: 2, title: "This version of the notebook format is not supported" },
  RP105: { exit: 2, title: "The notebook has no code cells" },
  RP106: { exit: 2, title: "The notebook is not in Python 3" },
  RP107: { exit: 2, title: "The text is no notebook that can be read" },
  RP121: { exit: 2, title: "There is no pipeline to draw" },
  RP120: { exit: 2, title: "The file holds no plan" },
  RP122: { exit: 2, title: "The plan does not fit the notebook" },
  RP125: { exit: 2, title: "The plan is of another notebook" },
  RP126: { exit: 2, title: "A command of IPython has no meaning outside of it" },
  RP127: { exit: 2, title: "There is no such target" },
  RP141: { exit: 2, title: "The call is wrong" },
  RP142: { exit: 2, title: "The notebook has no such parameter" },
  RP143: { exit: 2, title: "A parameter's value is of the wrong type" },
  RP144: { exit: 2, title: "What the call names cannot be read" },
  RP145: { exit: 2, title: "The configuration cannot be used" },
  RP146: { exit: 2, title: "The runs of a batch cannot be planned" },
  RP161: { exit: 2, title: "The folder is not a generated project" },
  RP162: { exit: 2, title: "The project's folder exists already" },
  RP163: { exit: 2, title: "A file would lie outside of the project" },
  RP321: { exit: 3, title: "A program or interpreter cannot be started" },
  RP322: { exit: 3, title: "The kernel did not start" },
  RP323: { exit: 3, title: "There is no container engine" },
  RP324: { exit: 3, title: "The container engine does not answer" },
  RP325: { exit: 3, title: "The container engine may not be used" },
  RP326: { exit: 3, title: "There is no GPU" },
  RP327: { exit: 3, title: "The image is missing" },
  RP328: { exit: 3, title: "The image has not the Python that is needed" },
  RP329: { exit: 3, title: "The container engine refused" },
  RP301: { exit: 3, title: "There is no uv, and none can be got" },
  RP302: { exit: 3, title: "There is no such Python" },
  RP303: { exit: 3, title: "No versions fit together" },
  RP304: { exit: 3, title: "A package is on no index" },
  RP305: { exit: 3, title: "The package index cannot be used" },
  RP306: { exit: 3, title: "The environment cannot be made" },
  RP307: { exit: 2, title: "The lock cannot be read" },
  RP308: { exit: 2, title: "The date is not a day" },
  RP309: { exit: 3, title: "The Python environment cannot be used" },
  RP310: { exit: 3, title: "There is no such kernel" },
  RP341: { exit: 2, title: "There is no such run" },
  RP342: { exit: 2, title: "The run's id is ambiguous" },
  RP343: { exit: 3, title: "The store of runs cannot be written" },
  RP344: { exit: 2, title: "The tracking address cannot be used" },
  RP347: { exit: 2, title: "There is nothing to resume" },
  RP361: { exit: 3, title: "The folder cannot be written to" },
  RP362: { exit: 3, title: "The disk is full" },
} as const satisfies Record<string, { exit: 2 | 3 | 137 | 138; title: string }>;

export type ProblemId = keyof typeof problems;
