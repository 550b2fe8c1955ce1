import { existsSync, globSync, readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { build, type Plugin } from 'esbuild';
import { PROJECT } from '../run-command.ts';

const read = (path: string) => readFileSync(join(PROJECT, path), 'utf8');

/** A package as package-lock.json names it. @see https://docs.npmjs.com/cli/v11/configuring-npm/package-lock-json */
export interface LockedPackage {
  version?: string;
  resolved?: string;
  integrity?: string;
  license?: string;
  link?: boolean;
  hasInstallScript?: boolean;
}

interface Manifest {
  name?: string;
  version?: string;
  workspaces?: string[];
  dependencies?: Record<string, string>;
  devDependencies?: Record<string, string>;
  optionalDependencies?: Record<string, string>;
}

export const lock = JSON.parse(read('package-lock.json')) as {
  lockfileVersion: number;
  packages: Record<string, LockedPackage & Manifest>;
};

export const manifest = (folder = '.'): Manifest & { allowScripts?: Record<string, boolean> } =>
  JSON.parse(read(join(folder, 'package.json')));

/** What npm installed, this project's own packages left out: folder → package. */
export const installed: [folder: string, LockedPackage][] = Object.entries(lock.packages).filter(
  ([folder, { link }]) => folder.includes('node_modules/') && link !== true,
);

/** Licences without a duty beyond keeping the notice, in what is deployed and handed to browsers. */
export const DEPLOYED_LICENCES = ['0BSD', 'Apache-2.0', 'BSD-2-Clause', 'BSD-3-Clause', 'ISC', 'MIT', 'MIT-0'];
/**
 * The same and, for what only builds and tests, licences of files that nobody here changes or hands on.
 * @see https://spdx.org/licenses/
 */
export const TOOL_LICENCES = [...DEPLOYED_LICENCES, 'BlueOak-1.0.0', 'MPL-2.0', 'PSF-2.0', 'Python-2.0'];

/** Whether one of an SPDX expression's alternatives is allowed; `AND` is allowed where each part is. */
export const isAllowed = (expression: string, allowed: readonly string[]): boolean =>
  expression
    .replace(/^\((.*)\)$/, '$1')
    .split(' OR ')
    .some((alternative) => alternative.split(' AND ').every((licence) => allowed.includes(licence)));

/** Folders, such as `node_modules/@smithy/core`, of the packages that are in the functions' bundles. */
export async function bundledPackages(): Promise<string[]> {
  const [leaveOutOnDemand] = createRequire(import.meta.url)('../../resources/slim-bundles.cjs') as Plugin[];
  const { metafile } = await build({
    entryPoints: globSync('functions/*.ts', { cwd: PROJECT }),
    absWorkingDir: PROJECT,
    bundle: true,
    platform: 'node',
    target: 'node24',
    format: 'cjs',
    mainFields: ['module', 'main'],
    outdir: 'never-written',
    write: false,
    metafile: true,
    logLevel: 'error',
    plugins: leaveOutOnDemand ? [leaveOutOnDemand] : [],
  });
  const inputs = Object.values(metafile.outputs).flatMap(({ inputs: files }) => Object.entries(files));
  const folders = inputs
    .filter(([, { bytesInOutput }]) => bytesInOutput > 0)
    .flatMap(([path]) => /node_modules\/.*(?<=node_modules\/)(?:@[^/]+\/)?[^/]+/.exec(path)?.[0] ?? []);
  return [...new Set(folders)].toSorted();
}

interface PackageJson {
  name: string;
  license: string;
  author?: string | { name: string };
  repository?: string | { url: string };
}

/** A NOTICE file, which the Apache licence wants handed on; undefined where there is none. */
export const noticeOf = (folder: string): string | undefined =>
  readdirSync(join(PROJECT, folder)).find((name) => /^notice/i.test(name));

/** A line of the page: package, licence, who holds the rights, where its sources are. */
function row(folder: string): string {
  const { name, license, author, repository } = JSON.parse(read(join(folder, 'package.json'))) as PackageJson;
  const licence = ['LICENSE', 'LICENSE.txt'].find((file) => existsSync(join(PROJECT, folder, file)));
  const line = licence && /^\s*(Copyright (?:\(c\) )?\d{4}.*)$/m.exec(read(join(folder, licence)))?.[1];
  const holder = line ?? (typeof author === 'string' ? author : author?.name) ?? '';
  const url = (typeof repository === 'string' ? repository : (repository?.url ?? '')).replace(/^git\+|\.git$/g, '');
  return `| \`${name}\` | ${license} | ${holder.replace(/ <[^>]*>/, '')} | [sources](${url}) |`;
}

/** docs/third-party.md. */
export function thirdPartyPage(bundled: readonly string[]): string {
  const others = new Map<string, string[]>();
  for (const [folder, { license = '' }] of installed) {
    if (isAllowed(license, DEPLOYED_LICENCES)) continue;
    const name = folder.slice(folder.lastIndexOf('node_modules/') + 'node_modules/'.length);
    others.set(license, [...new Set([...(others.get(license) ?? []), `\`${name}\``])].toSorted());
  }
  return `# What of others is in this project

日本語の要約は末尾にあります。

Written from package-lock.json and the bundles by \`npx vitest run tests/packaging/third-party.test.ts --update\`, which also fails for a
licence that is not allowed. Versions are those of package-lock.json: \`npm sbom --omit=dev --sbom-format=spdx\` (or \`cyclonedx\`) prints
them as a bill of materials.

## In the functions

These are in the bundles that \`sls deploy\` puts into your account. All are under licences that ask for no more than that their notice stays with a
copy. Running them in an account of your own hands nobody a copy; anyone who hands the bundles or this project on (to a customer, say) adds this page and
the licence files of these packages. None of them has a NOTICE file, whose text the
[Apache licence](https://www.apache.org/licenses/LICENSE-2.0) would want handed on, too; a test says so when one gets it.

| package | licence | rights | |
| --- | --- | --- | --- |
${bundled.map(row).join('\n')}

## In the pop-up

The pop-up's script is handed to every visitor. Its first line names this project (MIT) and what is inside: libphonenumber-js (MIT), and metadata of
[libphonenumber](https://github.com/google/libphonenumber) (© Google, Apache-2.0), of which the countries that the stage may call are left.

## What only builds and tests

Nothing of it is deployed or handed on. Beside the licences above (${DEPLOYED_LICENCES.join(', ')}) these are allowed:

| licence | packages |
| --- | --- |
${[...others]
  .toSorted(([a], [b]) => a.localeCompare(b, 'en'))
  .map(([licence, names]) => `| ${licence} | ${names.join(', ')} |`)
  .join('\n')}

## 日本語の要約

デプロイされる関数に含まれる第三者のパッケージは、上の表がすべてです。いずれも、著作権表示とライセンス文を残すことだけを求めるライセンス (MIT、MIT-0、Apache-2.0) です。ご自身の AWS アカウントで動かす限り、第三者への配布にはあたりません。お客様などに引き渡す場合は、このページと各パッケージのライセンスファイルを添えてください。NOTICE ファイルを持つパッケージはありません。ポップアップのスクリプトは訪問者のブラウザーに配布されるため、先頭の行に、含まれるもの (libphonenumber-js と libphonenumber のメタデータ) とそのライセンスを記しています。ビルドとテストだけに使うパッケージは配布されません。許可していないライセンスのパッケージが加わると、テストが失敗します。バージョンの一覧 (SBOM) は \`npm sbom --omit=dev --sbom-format=spdx\` で出力できます。
`;
}
