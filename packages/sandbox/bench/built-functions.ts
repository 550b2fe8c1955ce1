import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, join } from 'node:path';
import { promisify } from 'node:util';
import type { BuildOptions } from 'esbuild';
import { parse } from 'yaml';
import { PROJECT, type StateMachineDefinition } from '../service.ts';
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
  /** Its variables, for the stage `local`: the AWS SDK asks a port of this machine, with credentials of no worth. */
  environment: Readonly<Record<string, string>>;
  memoryMb: number;
  timeoutSeconds: number;
}

/** The functions of a commit, and what they run in. */
export interface BuiltFunctions {
  /** In words: which commit it is, and whose libraries. */
  says: string;
  /** Where the sources are. */
  folder: string;
  /** By their names in serverless.yml. */
  functions: ReadonlyMap<string, BuiltFunction>;
  /** Bundles other modules with the same options, or some of them changed: name → path, name → path of the bundle. */
  bundle(modules: Readonly<Record<string, string>>, over?: BuildOptions): Promise<Map<string, string>>;
  stateMachine(): StateMachineDefinition;
  /** Removes what was written. */
  dispose(): void;
}

/** What is read here of serverless.yml, of this commit or an older one. */
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
  /** A variable stands for a function that only some stages have: the stage `local` has none of them. */
  functions: Record<string, FunctionYml | string>;
  stepFunctions: { stateMachines: { callRequest: { definition: string } } };
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
 * @param port of the end points in the functions' environment
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
    const yml = parse(readFileSync(join(folder, 'serverless.yml'), 'utf8'), { logLevel: 'silent' }) as ServerlessYml;
    const options = esbuildOptions(folder, yml);
    const bundle = (modules: Readonly<Record<string, string>>, over: BuildOptions = {}) =>
      bundleModules(modules, folder, { ...options, outdir: output.path, ...over });
    const written = Object.entries(yml.functions).filter(
      (entry): entry is [string, FunctionYml] => typeof entry[1] === 'object',
    );
    const modules = Object.fromEntries(written.map(([name, { handler }]) => [name, join(folder, moduleOf(handler))]));
    const bundles = await bundle(modules);
    const environment = await environmentOf(folder, yml, port);
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
            environment: { ...environment, ...settings.environment },
            memoryMb: settings.memorySize ?? yml.provider.memorySize,
            timeoutSeconds: settings.timeout ?? yml.provider.timeout,
          },
        ]),
      ),
      bundle,
      stateMachine: () =>
        JSON.parse(
          readFileSync(join(folder, fileOf(yml.stepFunctions.stateMachines.callRequest.definition)), 'utf8'),
        ) as StateMachineDefinition,
      dispose,
    };
  } catch (error) {
    dispose();
    throw error;
  }
}

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

/** The options of serverless.yml that are esbuild's own, the plugins loaded. */
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

/** Bundles each module by itself, all in one run, which reads what they share once. */
async function bundleModules(
  modules: Readonly<Record<string, string>>,
  folder: string,
  options: BuildOptions,
): Promise<Map<string, string>> {
  // Its own esbuild, where it is another version than here.
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

/** What the commit's own code makes of its settings: as the framework loads them, and in a process of its own. */
async function environmentOf(folder: string, { custom }: ServerlessYml, port: number): Promise<Record<string, string>> {
  const script = `
    const load = require(${JSON.stringify(join(folder, fileOf(custom.stage)))});
    load({ options: {}, resolveVariable: async () => 'local' }).then(({ environment }) => {
      process.stdout.write(JSON.stringify(environment));
    });`;
  const { stdout } = await run(process.execPath, ['-e', script], {
    cwd: folder,
    env: { ...process.env, PORT: String(port) },
  });
  return JSON.parse(stdout) as Record<string, string>;
}
