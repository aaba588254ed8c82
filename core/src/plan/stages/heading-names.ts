import { snakeCase } from "../names.ts";

/** What headings say of a stage, in the order in which they are asked. */
const byHeading: readonly (readonly [RegExp, string])[] = [
  [
    /\b(explor|eda\b|visuali[sz]|plots?\b|charts?\b|report|summary|conclusion|(first|quick|closer)? ?looks? (at|into)\b)/i,
    "report",
  ],
  [/\b(train\W*(and\W+|\/)?(test|val)|(train|data|test) ?split)/i, "features"],
  [
    /\b(evaluat|cross-?\s?validat|results?\b|scor(?!ed\b)|metrics?\b|performance|hold-?out|testing\b|how (far|good|well))/i,
    "evaluate",
  ],
  [/\b(train|fit(ting)?\b|learn|tun(e|ing)|grid search|hyper-?param)/i, "train"],
  [/\b(feature|pre-?process|clean|prepar|transform|engineer|encod|imput|token|split|wrangl)/i, "features"],
  [/\b(load|ingest|import(ing)? (the )?data|read|fetch|download|get (the )?data|data ?sets?\b)/i, "ingest"],
  [/\b(model|classifier|regressor|network|architecture)/i, "train"],
  [/\b(predict|forecast|inference)/i, "evaluate"],
  [/\bdata\b/i, "ingest"],
];

/**
 * What a heading says the stage is; `report` for one that is there to be looked at. A question asks how good something
 * is, if it says anything: `How many columns are in the dataset?` loads none.
 */
export function saidBy(heading: string | undefined): string | undefined {
  const said = heading === undefined ? undefined : byHeading.find(([words]) => words.test(heading))?.[1];
  return said !== "evaluate" && /\?\W*$/.test(heading ?? "") ? undefined : said;
}

/** True where a heading speaks of training first, and then of how good that is: `Train and evaluate`. */
export function speaksOfTrainingFirst(heading: string): boolean {
  const training = heading.search(/\b(train(ing)?|fit(ting)?)\b/i);
  return training !== -1 && !/\b(evaluat|cross-?\s?validat|scor|test)/i.test(heading.slice(0, training));
}

const words = (text: string): ReadonlySet<string> => new Set(text.split(" "));

/** A heading that begins with one of these asks or tells something: none of its words is a name. */
const asking = words(
  "what how is are was why does do did can could which who when where should will if this these we i it no not dont so but something ok good great assign go whats hows whos wheres whens whys thats theres isnt arent doesnt didnt cant",
);
/** Behind one of these stands what a name can do without: `simulation` of `Simulation under the null`. */
const joining = words(
  "of in on for with without by to from into under over using via at as the a an that and or vs per k n it them its have has which whose according based",
);
const filling = words(
  "just the a an our own my your now then lets let step part section some finally first next see take look",
);
/** What says nothing of a stage by itself: `find` of `Find the best tree`, `number` of `Number of wins by map`. */
const halves = words(
  "get find make show print plot draw display visualize visualise see view use create add calculate compute divide process define build set take keep check try run apply go assign change select present return delete remove allow hide choose improve compare convert replace update perform use analyze analyse examine inspect investigate extract handle identify implement initialize obtain optimize organize measure fix turn method approach example exercise question task problem case attempt number count list kind type call construct demonstrate generalize illustrate introduce try introduction overview background goal goals aim motivation",
);
/** `missing values` of `Dealing with missing values`. */
const doingSomething =
  /^\W*(deal|work|play|cop|look|start|experiment)(ing)? (with|at|on|into)\b(?! (it|this|that|them)\b)/i;
/** `$x_i$` and `$$x$$`, as Markdown has formulas; amounts of money are none. */
const formula = /\$\$[^$]*\$\$|\$(?=\S)[^$]*(?<=\S)\$(?!\d)/g;
/** What a step does as a verb, by the form that headings have it in; what is a thing by itself stays (`clustering`). */
const verbs: ReadonlyMap<string, string> = new Map(
  (
    "adding=add allowing=allow analyzing=analyze analysing=analyse applying=apply building=build calculating=calculate " +
    "calling=call constructing=construct demonstrating=demonstrate generalizing=generalize generalising=generalize " +
    "illustrating=illustrate inserting=insert introducing=introduce trying=try using=use " +
    "changing=change checking=check choosing=choose cleaning=clean combining=combine comparing=compare " +
    "computing=compute converting=convert counting=count creating=create defining=define deleting=delete " +
    "displaying=display downloading=download dropping=drop evaluating=evaluate examining=examine exploring=explore " +
    "exporting=export extracting=extract filling=fill filtering=filter finding=find fitting=fit fixing=fix " +
    "generating=generate getting=get grouping=group handling=handle hiding=hide identifying=identify " +
    "implementing=implement importing=import improving=improve initializing=initialize inspecting=inspect " +
    "investigating=investigate joining=join loading=load making=make measuring=measure merging=merge " +
    "obtaining=obtain optimizing=optimize organizing=organize performing=perform plotting=plot predicting=predict " +
    "preparing=prepare printing=print reading=read removing=remove renaming=rename replacing=replace running=run " +
    "saving=save selecting=select setting=set showing=show simulating=simulate solving=solve sorting=sort " +
    "splitting=split transforming=transform turning=turn updating=update validating=validate viewing=view " +
    "visualizing=visualize visualising=visualise writing=write"
  )
    .split(" ")
    .map((pair) => pair.split("=") as [string, string]),
);
/** `prepare the splits` of `Import scikit-learn and prepare the splits`: imports are no step of a pipeline. */
const importing = /^\W*import(ing|s)?\b(?!.*\bdata\b)(?:.*?\band\b\s*|.*$)/i;
/** What says nothing beside these either: `only` of `Print only the occupation column`. */
const restricting = words("only all each every same new different several many both any another");
/** More than `i`, which is a word. */
const roman = /^(?=[ivx]{2})x{0,3}(ix|iv|v?i{0,3})$/;
/** Words that every stage could be called by. */
const vague = words(
  "imports libraries work code notebook main cell cells stage misc stuff thing things other others more rest first second third fourth fifth last begin start end one two three four five six seven eight nine ten",
);

/**
 * Names in the words of a heading, at most three words each, the shorter first: `train` and `train_harder_data` for `Train
 * on harder data`. None where it has no words that a stage could be called by.
 */
export function namesOfHeading(heading: string): readonly string[] {
  return [...new Set(partsAtColon(heading).flatMap(namesOfPart))];
}

function namesOfPart(part: string): readonly string[] {
  const whole = part
    .replace(formula, " ")
    .replace(/^\W*using\b/i, "")
    .replace(/\ba\/b\b/i, "ab")
    .replace(/\b(\d)D\b/g, "$1d")
    .replace(doingSomething, "")
    .replace(importing, "");
  const all = snakeCase(whole).split("_").filter(Boolean);
  while (all.length > 1 && (filling.has(all[0] as string) || isNumber(all[0]) || roman.test(all[0] as string)))
    all.shift();
  const [first] = all;
  if (first === undefined || asking.has(first) || isNumber(first)) return [];
  if (joining.has(first) && first.length > 1) return [];
  all[0] = verbs.get(first) ?? first;
  // `make_linear_regression` of `Making our own linear regression`.
  if (halves.has(all[0])) while (all.length > 2 && filling.has(all[1] as string)) all.splice(1, 1);
  const end = all.findIndex((word, at) => at > 0 && (joining.has(word) || isNumber(word)));
  const telling = all.filter((word, at) => at === 0 || !(joining.has(word) || filling.has(word) || isNumber(word)));
  const names = [end === -1 ? all : all.slice(0, end), telling].map((words) => words.slice(0, 3).join("_"));
  return [...new Set(names)].filter((name) => name.length > 1 && name.length <= 30 && !isHalf(name));
}

/**
 * `Simpson's paradox` of `Simpson's paradox: two restaurants`, and then the rest: two words or more in front of a colon
 * are what it is. What only counts or says that something comes (`Strategy 2: periodic dosing`, `Example: housing`) is not.
 */
function partsAtColon(heading: string): readonly string[] {
  const [, front = "", behind = ""] = /^([^:]*):\s+(.*)$/.exec(heading) ?? [];
  const words = snakeCase(front).split("_").filter(Boolean);
  const last = words.at(-1) ?? "";
  if (behind !== "" && (isNumber(last) || roman.test(last) || isHalf(words.join("_")))) return [behind, front];
  return (front.match(/\p{L}{2,}/gu) ?? []).length > 1 ? [front, behind] : [heading];
}

/** True for a name in which nothing says what it is about. */
function isHalf(name: string): boolean {
  const [first = "", ...others] = name.split("_");
  return halves.has(first) && others.every((word) => restricting.has(word));
}

/** False for a name that every stage could have: `work`, `second_part`, `ii`. */
export function tellsSomething(name: string): boolean {
  return name.split("_").some((word) => !vague.has(word) && !filling.has(word) && !isNumber(word) && !roman.test(word));
}

function isNumber(word: string | undefined): boolean {
  return word !== undefined && /^\d/.test(word);
}
