/**
 * What a project tells the commands: the default export of `connect-flow-kit.config.ts` (or `.mjs`, `.js`) in its root
 * folder. The README has a full example. Everything is optional, and so is the file: without it, files can be checked, heard and compared.
 */
export interface FlowKitConfig {
  /** How the commands are called, for help texts and advice; by default this package's own executable. */
  command?: string;
  /** Relative to the project's root folder. */
  folders?: Partial<FlowFolders>;
  /** Contact attributes that whatever starts the calls sets, so that the project's flows may read them. */
  attributes?: Iterable<string>;
  /** Where the rules of the linter can be read, a path or URL: each finding links to its section of the page. */
  rulesPage?: string;
  /** Instances that the flows are deployed to; needed by `export` and `import`. */
  stages?: FlowStages;
}

/** The default of `folders.flows`. */
export const FLOW_FOLDER = 'contact-flows';

/** Name of the file, in the folder of the flows, in which a team lists the findings it lives with. */
export const LINT_FILE = 'lint.yml';

export interface FlowFolders {
  /** One `<name>.json` for each flow. By default `contact-flows`. */
  flows: string;
  /** Scenario files, `.yml`. By default `scenarios` in the folder of the flows. */
  scenarios: string;
  /** Review pages are written here. By default `review` in the folder of the flows. */
  review: string;
  /** `export` writes here, into a folder for each stage. By default `exported-flows`. */
  exported: string;
}

export interface FlowStages {
  /** Reads a stage. Throws an error with `isUsersMistake: true` if there is none of this name: only its message is shown. */
  load(name: string): FlowStage | Promise<FlowStage>;
  /** The stage whose texts `simulate` speaks unless told otherwise. */
  default?: string;
  /** Where the settings of the stages are, so that `diff` compares what is heard with those of both versions. */
  files?: StageFiles;
  /** What people should know about the stages, for help texts: `"local" is the running npm start`. */
  note?: string;
}

/** A folder with a file of YAML or JSON for each stage. */
interface StageFiles {
  /** Relative to the project's root folder. */
  folder: string;
  /** The `flowValues` in the text of such a file; none if it cannot be read, as may be the case for an old version. */
  flowValues(text: string, stage: string): FlowValues['flowValues'] | Promise<FlowValues['flowValues']>;
}

/** What a stage gives to its flows. */
export interface FlowStage extends FlowValues {
  /** Region of the instance, such as `ap-northeast-1`. */
  region: string;
  /** Id of the Amazon Connect instance, a UUID. */
  instanceId: string;
  /** URL of a local stack that responds instead of Amazon Connect and accepts any credentials. */
  endpoint?: string | undefined;
  /** Where its `flowValues` are written, for the advice to add one. */
  valuesAt: ValuesAt;
  /**
   * Names that customers of this stage should not hear: of the company the flows were written for. `export` reports where they
   * are heard.
   */
  foreignNames?: readonly string[];
  /** The name of a flow of the project on the instance. */
  deployedName(flow: string): string;
  /**
   * Reads the ids that only the deployed stage has, to replace those here: of an instance and queues that its
   * deployment creates. Used by `export`, `import` and other commands that need the instance. Throws an error with
   * `isUsersMistake: true` if they cannot be read.
   */
  madeIds?(): Promise<Pick<FlowStage, 'instanceId' | 'queues'>>;
  /** What to do if the instance does not respond, as an imperative; by default what AWS needs. */
  ifUnreachable?: string | undefined;
  /** What to do if a flow is not on the instance yet, as an imperative. */
  ifNotDeployed: string;
}

/** What `${…}` may name in the flows of a stage, besides the flows themselves. */
export interface FlowValues {
  /** Name → id. `support` is written as `${SupportQueue}`. */
  queues: Readonly<Record<string, string>>;
  /** Name of the queue that `${DefaultQueue}` refers to. */
  defaultQueue: string;
  /** Token → text, id or ARN that the stage chooses; `silence` for a recording that it does not have. */
  flowValues: Readonly<Record<string, string>>;
  /**
   * Token → name of a Lambda function that the stage deploys with its flows; null if it does not: blocks that call it are left
   * out there, and calls continue as if it had failed.
   */
  functions?: Readonly<Record<string, string | null>>;
}

/** A setting and the file it is in: `connect.flowValues` of `settings/dev.yml`. */
export interface ValuesAt {
  setting: string;
  file: string;
}
