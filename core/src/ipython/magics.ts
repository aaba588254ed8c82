import type { CommandMeaning } from "./translation.ts";

/** What is known of a magic. */
export interface Magic {
  /** Of a cell magic that runs its body, it is that of its line magic: running Python is what the other is for. */
  readonly meaning: CommandMeaning;
  /** Where the Python that it runs stands: behind its name, or below its line. */
  readonly runs?: readonly ("line" | "cell")[];
  /** Its line, behind the options, and its body run in a function of their own, as often as the clock allows. */
  readonly times?: true;
  /** Options before the statement that take the next word as their value (`%prun -s cumtime f()`). */
  readonly valuedOptions?: readonly string[];
  readonly binds?: Binding;
}

/**
 * Which names it binds in the notebook's namespace:
 *
 * - `any`: names that cannot be known from its text (`%run`, `%pylab`)
 * - `arguments`: every word that is no option (`%store -r x y`); `any` where there is none
 * - `first-argument`: the first word that is no option (`%%capture out`)
 * - `arrow`: the word before `<<` (`%%sql result << select ...`)
 * - a list: the words after these options (`%%bash --out text`, `%%R -o frame`), several where commas part them
 */
export type Binding = "any" | "arguments" | "first-argument" | "arrow" | readonly string[];

const shell: Magic = { meaning: "shell" };
const script: Magic = { meaning: "shell", binds: ["--out", "--err", "--proc", "--bg-out"] };
const display: Magic = { meaning: "display" };
const names: Magic = { meaning: "names" };
const setting: Magic = { meaning: "setting" };
const environment: Magic = { meaning: "environment" };
const foreign: Magic = { meaning: "foreign" };
const sql: Magic = { meaning: "foreign", binds: "arrow" };

/**
 * IPython's own magics (https://ipython.readthedocs.io/en/stable/interactive/magics.html) and those of extensions that
 * real notebooks load. A magic that is not here is of unknown meaning.
 */
export const magics: ReadonlyMap<string, Magic> = new Map(
  Object.entries<Magic>({
    time: { meaning: "python", runs: ["line", "cell"] },
    prun: { meaning: "python", runs: ["line", "cell"], valuedOptions: ["-l", "-s", "-T", "-D"] },
    lprun: { meaning: "python", runs: ["line", "cell"], valuedOptions: ["-f", "-m", "-D", "-T", "-s", "-u"] },
    memit: { meaning: "python", runs: ["line", "cell"], valuedOptions: ["-r", "-t", "-i"] },
    scalene: { meaning: "python", runs: ["line", "cell"] },
    capture: { meaning: "python", runs: ["cell"], binds: "first-argument" },
    mprun: { meaning: "python", runs: ["line"], valuedOptions: ["-f", "-T"] },
    timeit: { meaning: "timing-only", times: true, valuedOptions: ["-n", "-r", "-p"] },

    pip: environment,
    conda: environment,
    mamba: environment,
    micromamba: environment,
    uv: environment,

    matplotlib: display,
    config: display,
    precision: display,
    pprint: display,
    xmode: display,
    colors: display,
    who: display,
    who_ls: display,
    whos: display,
    pinfo: display,
    pinfo2: display,
    psearch: display,
    pdoc: display,
    pdef: display,
    psource: display,
    pfile: display,
    page: display,
    lsmagic: display,
    magic: display,
    quickref: display,
    history: display,
    hist: display,
    debug: display,
    tb: display,
    pwd: display,
    dhist: display,
    profile: display,
    notebook: display,
    watermark: display,
    tensorboard: display,
    version_information: display,
    output: display,
    opts: { meaning: "display", runs: ["cell"] },
    wandb: { meaning: "display", runs: ["cell"] },
    html: display,
    HTML: display,
    markdown: display,
    latex: display,
    svg: display,
    SVG: display,
    mermaid: display,
    javascript: foreign,
    js: foreign,

    reset: names,
    reset_selective: names,
    xdel: names,

    env: setting,
    set_env: setting,
    cd: setting,
    pushd: setting,
    popd: setting,
    bookmark: setting,
    load_ext: setting,
    reload_ext: setting,
    unload_ext: setting,
    autoreload: setting,
    aimport: setting,
    alias: setting,
    unalias: setting,
    autocall: setting,
    automagic: setting,
    autoawait: setting,
    autosave: setting,
    pdb: setting,
    gui: setting,
    logstart: setting,
    logstop: setting,
    rehashx: setting,
    dotenv: setting,
    tensorflow_version: setting,
    nb_black: setting,
    flake8_on: setting,
    pycodestyle_on: setting,

    writefile: { meaning: "file" },
    file: { meaning: "file" },
    save: { meaning: "file" },
    run: { meaning: "file", binds: "any" },
    // They put code into the cell, where their user may run it: a fresh run of the notebook does not.
    load: display,
    loadpy: display,
    store: { meaning: "file", binds: "arguments" },
    pylab: { meaning: "setting", binds: "any" },

    bash: script,
    sh: script,
    script,
    cmd: script,
    perl: script,
    ruby: script,
    pypy: script,
    python: script,
    python2: script,
    python3: script,
    powershell: script,
    system: shell,
    sx: shell,
    sc: { meaning: "shell", binds: "any" },
    "!": shell,
    "!!": shell,
    ls: shell,
    ll: shell,
    la: shell,
    cat: shell,
    cp: shell,
    mv: shell,
    rm: shell,
    mkdir: shell,
    rmdir: shell,
    head: shell,
    tail: shell,
    less: shell,
    more: shell,
    man: shell,

    sql,
    bigquery: { meaning: "foreign", binds: "first-argument" },
    R: { meaning: "foreign", binds: ["-o", "--output"] },
    julia: foreign,
    cython: { meaning: "foreign", binds: "any" },
    cython_inline: foreign,
    fortran: { meaning: "foreign", binds: "any" },
    octave: { meaning: "foreign", binds: ["-o"] },
    spark: foreign,
  }),
);

/** Programs that, in a shell line, install something. */
export const installCommand =
  /^\s*(?:sudo\s+|yes\s*\|\s*)*(?:\{?sys\.executable\}?\s+-m\s+|python[\d.]*\s+-m\s+)?(?:pip[\d.]*|conda|mamba|micromamba|uv|apt|apt-get|brew|npm|poetry)\s+(?:\S+\s+)?(?:install|add|uninstall|update|upgrade|sync)\b/;
