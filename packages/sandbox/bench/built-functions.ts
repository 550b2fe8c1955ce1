import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, join } from 'node:path';
import { promisify } from 'node:util';
import type { BuildOptions } from 'esbuild';
import { parse } from 'yaml';
import { resolveVariables } from '../serverless-variables.ts';
import { PROJECT, type StateMachineDefinition, type TableProperties } from '../service.ts';
import { type ProjectOfRef, projectOfRef } from './project-of-ref.ts';
import { temporaryFolder } from './temporary-folder.ts';

const run = promisify(execFile);

/** One function as a deployment would run it. */
interface BuiltFunction {
  /** Its source, an absolute path. */
  module: string;
  /** Its bundle, a CommonJS file. */
  file: string;
  /** The name under which the bundle exports the handler. */
  export: string;
  /** Its variables, for the stage `local`: the AWS SDK connects to a port of this machine, with dummy credentials. */
  environment: Readonly<Record<string, string>>;
  memoryMb: number;
  timeoutSeconds: number;
}

/** The functions of a commit, and the environment they run in. */
export interface BuiltFunctions {
  /** Description: which commit it is, and whose libraries. */
  says: string;
  /** Where the sources are. */
  folder: string;
  /** By their names in serverless.yml. */
  functions: ReadonlyMap<string, BuiltFunction>;
  /** Bundles other modules with the same options, some of which may be changed: name → path, name → path of the bundle. */
  bundle(modules: Readonly<Record<string, string>>, over?: BuildOptions): Promise<Map<string, string>>;
  stateMachine(): StateMachineDefinition;
  tables(): TableProperties[];
  /** Removes what was written. */
  dispose(): void;
}

/** The parts of serverless.yml that are read here, for this commit or an older one. */
interface ServerlessYml {
  custom: {
    /** `${file(…)}` of the module that loads the settings of a stage. */
    stage: string;
    esbuild: BuildOptions & {
      /** The module that exports the plugins. */
      plugins?: string;
      packager?: string;
      exclude?: string[];
      outputFileExtension?: string;
      outputWorkFolder?: string;
    };
  };
  provider: { timeout: number; memorySize: number };
  /** Null: a function that the stage does without. */
  functions: Record<string, FunctionYml | null>;
  /** A path as `${file(…)}`, or the state machine itself. */
  stepFunctions: { stateMachines: { callRequest: { definition: string | StateMachineDefinition } } };
}

interface FunctionYml {
  handler: string;
  timeout?: number;
  memorySize?: number;
  environment?: Record<string, string>;
}

/**
 * Bundles the functions as `sls package` does, without the framework, which takes seconds to start.
 *
 * @param ref a commit, tag or branch, built by its own serverless.yml; the files as they are now if there is none
 * @param port of the endpoints in the functions' environment
 */
export async function bundlesOf(ref: string | undefined, port: number): Promise<BuiltFunctions> {
  const project = ref === undefined ? projectHere() : await projectOfRef(ref);
  const output = temporaryFolder('built-functions-');
  const dispose = () => {
    output.remove();
    project.dispose();
  };
  try {
    const { folder } = project;
    const raw = readYaml(join(folder, 'serverless.yml')) as ServerlessYml;
    const stage = await stageOf(folder, raw, port);
    const resolved = (value: unknown) => resolveVariables(value, { ...raw, custom: { ...raw.custom, stage } }, STAGE);
    const yml = resolved(raw) as ServerlessYml;
    const options = esbuildOptions(folder, yml);
    const bundle = (modules: Readonly<Record<string, string>>, over: BuildOptions = {}) =>
      bundleModules(modules, folder, { ...options, outdir: output.path, ...over });
    const written = Object.entries(yml.functions).filter((entry): entry is [string, FunctionYml] => entry[1] !== null);
    const modules = Object.fromEntries(written.map(([name, { handler }]) => [name, join(folder, moduleOf(handler))]));
    const bundles = await bundle(modules);
    return {
      says: project.libraries === '' ? project.commit : `${project.commit}, ${project.libraries}`,
      folder,
      functions: new Map(
        written.map(([name, settings]) => [
          name,
          {
            module: modules[name] ?? '',
            file: bundles.get(name) ?? '',
            export: settings.handler.slice(settings.handler.lastIndexOf('.') + 1),
            environment: { ...stage.environment, ...settings.environment },
            memoryMb: settings.memorySize ?? yml.provider.memorySize,
            timeoutSeconds: settings.timeout ?? yml.provider.timeout,
          },
        ]),
      ),
      bundle,
      stateMachine: () => {
        const { definition } = yml.stepFunctions.stateMachines.callRequest;
        if (typeof definition === 'object') return definition;
        return JSON.parse(readFileSync(join(folder, fileOf(definition)), 'utf8')) as StateMachineDefinition;
      },
      tables: () => {
        const { Resources } = resolved(readYaml(join(folder, 'resources/tables.yml'))) as {
          Resources: Record<string, { Properties: TableProperties }>;
        };
        return Object.values(Resources).map(({ Properties }) => Properties);
      },
      dispose,
    };
  } catch (error) {
    dispose();
    throw error;
  }
}

/** The stage whose settings the functions get. */
const STAGE = 'local';

/** Tags such as !GetAtt are CloudFormation's; nothing that is read here has one. */
const readYaml = (path: string): unknown => parse(readFileSync(path, 'utf8'), { logLevel: 'silent' });

const projectHere = (): ProjectOfRef => ({
  folder: PROJECT,
  commit: 'the files as they are now',
  libraries: '',
  dispose: () => undefined,
});

const moduleOf = (handler: string): string => `${handler.slice(0, handler.lastIndexOf('.'))}.ts`;

/** The path in `${file(…)}`. */
function fileOf(variable: string): string {
  const path = /^\$\{file\(([^)]+)\)\}$/.exec(variable)?.[1];
  if (path === undefined) throw new Error(`serverless.yml: expected a file, found ${variable}`);
  return path;
}

/** The esbuild options in serverless.yml, with the plugins loaded. */
function esbuildOptions(folder: string, { custom }: ServerlessYml): BuildOptions {
  const {
    plugins,
    packager: _,
    exclude: __,
    outputFileExtension: ___,
    outputWorkFolder: ____,
    ...own
  } = custom.esbuild;
  return plugins === undefined ? own : { ...own, plugins: createRequire(join(folder, 'x'))(join(folder, plugins)) };
}

/** Bundles each module separately, all in one run, which reads shared files once. */
async function bundleModules(
  modules: Readonly<Record<string, string>>,
  folder: string,
  options: BuildOptions,
): Promise<Map<string, string>> {
  // Its own esbuild, if the version differs from the one here.
  const { build } = createRequire(join(folder, 'package.json'))('esbuild') as typeof import('esbuild');
  const { metafile } = await build({
    ...options,
    entryPoints: { ...modules },
    outExtension: { '.js': '.cjs' },
    absWorkingDir: folder,
    metafile: true,
    logLevel: 'error',
  });
  return new Map(Object.keys(metafile.outputs).map((path) => [basename(path, '.cjs'), join(folder, path)]));
}

/** The part of a commit's stage data that every commit has; `${self:custom.stage.…}` may ask for more. */
interface StageOfCommit {
  environment: Record<string, string>;
}

/** What the commit's own code makes of its settings: as the framework loads them, and in a separate process. */
async function stageOf(folder: string, { custom }: ServerlessYml, port: number): Promise<StageOfCommit> {
  const script = `
    const load = require(${JSON.stringify(join(folder, fileOf(custom.stage)))});
    load({ options: {}, resolveVariable: async () => ${JSON.stringify(STAGE)} }).then((stage) => {
      process.stdout.write(JSON.stringify(stage));
    });`;
  const { stdout } = await run(process.execPath, ['-e', script], {
    cwd: folder,
    env: { ...process.env, PORT: String(port) },
  });
  return JSON.parse(stdout) as StageOfCommit;
}
