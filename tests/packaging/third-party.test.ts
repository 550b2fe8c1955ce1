import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { PROJECT } from '../run-command.ts';
import {
  bundledPackages,
  DEPLOYED_LICENCES,
  installed,
  isAllowed,
  type LockedPackage,
  lock,
  manifest,
  noticeOf,
  TOOL_LICENCES,
  thirdPartyPage,
} from './third-party.ts';

let bundled: string[];
beforeAll(async () => {
  bundled = await bundledPackages();
});

const licenceOf = (folder: string) => lock.packages[folder]?.license ?? 'none';

describe('the licences', () => {
  it('of what is deployed ask for a notice and no more, and no package has a NOTICE to hand on', () => {
    expect(bundled.length).toBeGreaterThan(20);
    expect(bundled.filter((folder) => !isAllowed(licenceOf(folder), DEPLOYED_LICENCES))).toEqual([]);
    expect(bundled.filter((folder) => noticeOf(folder) !== undefined)).toEqual([]);
  });

  it('of everything that npm installs are known and allowed', () => {
    expect(installed.length).toBeGreaterThan(500);
    expect(
      installed
        .filter(([, { license = 'none' }]) => !isAllowed(license, TOOL_LICENCES))
        .map(([folder, { license }]) => `${folder}: ${license}`),
    ).toEqual([]);
  });

  it('of what is deployed are those that the packages themselves name', () => {
    const own = (folder: string) =>
      (JSON.parse(readFileSync(join(PROJECT, folder, 'package.json'), 'utf8')) as LockedPackage).license;
    expect(bundled.map((folder) => `${folder}: ${own(folder)}`)).toEqual(
      bundled.map((folder) => `${folder}: ${licenceOf(folder)}`),
    );
  });

  it.each([
    ['MIT', true],
    ['(MIT OR GPL-3.0-only)', true],
    ['MIT AND GPL-3.0-only', false],
    ['GPL-3.0-only', false],
    ['SEE LICENSE IN LICENSE.md', false],
    ['none', false],
  ])('allow %s: %s', (expression, allowed) => {
    expect(isAllowed(expression, TOOL_LICENCES)).toBe(allowed);
  });

  it('stand in docs/third-party.md', async () => {
    await expect(thirdPartyPage(bundled)).toMatchFileSnapshot('../../docs/third-party.md');
  });
});

/** What is wrong with where a package comes from. */
const doubts = ([folder, { resolved, integrity }]: [string, LockedPackage]): string[] => [
  ...(/^sha512-[\w+/]{86}==$/.test(integrity ?? '') ? [] : [`${folder}: no integrity by SHA-512`]),
  ...(resolved === undefined || resolved.startsWith('https://registry.npmjs.org/') ? [] : [`${folder}: ${resolved}`]),
];

describe('package-lock.json', () => {
  it("pins every package by its hash, and takes each from npm's registry", () => {
    expect(lock.lockfileVersion).toBe(3);
    expect(installed.flatMap(doubts)).toEqual([]);
  });

  it.each<[string, LockedPackage]>([
    ['no hash', {}],
    ['a weak hash', { integrity: 'sha1-AAAAAAAAAAAAAAAAAAAAAAAAAAA=' }],
    ['a repository', { integrity: `sha512-${'A'.repeat(86)}==`, resolved: 'git+ssh://git@example.com/x.git#abc' }],
    ['another registry', { integrity: `sha512-${'A'.repeat(86)}==`, resolved: 'https://npm.example.com/x.tgz' }],
    ['plain HTTP', { integrity: `sha512-${'A'.repeat(86)}==`, resolved: 'http://registry.npmjs.org/x.tgz' }],
  ])('would be refused with %s', (_, found) => {
    expect(doubts(['node_modules/x', found])).toHaveLength(1);
  });

  it.each(['.', ...(manifest().workspaces ?? [])])(
    'is in step with the package.json of %s, which pins each version',
    (folder) => {
      const { dependencies = {}, devDependencies = {}, optionalDependencies = {} } = manifest(folder);
      const locked = lock.packages[folder === '.' ? '' : folder];
      expect({ dependencies, devDependencies, optionalDependencies }).toEqual({
        dependencies: locked?.dependencies ?? {},
        devDependencies: locked?.devDependencies ?? {},
        optionalDependencies: locked?.optionalDependencies ?? {},
      });
      const versions = Object.values({ ...dependencies, ...devDependencies, ...optionalDependencies });
      expect(versions.filter((version) => !/^(?:npm:\w+@)?\d+\.\d+\.\d+$/.test(version))).toEqual([]);
    },
  );

  it('has no package with an install script that package.json does not decide about', () => {
    const withScript = installed
      .filter(([, { hasInstallScript }]) => hasInstallScript)
      .map(([folder]) => folder.slice(folder.lastIndexOf('node_modules/') + 'node_modules/'.length));
    expect(Object.keys(manifest().allowScripts ?? {}).toSorted()).toEqual([...new Set(withScript)].toSorted());
  });
});

describe('the checks of pull requests', () => {
  const workflows = globSync('.github/workflows/*.yml', { cwd: PROJECT }).map((path) => ({
    path,
    text: readFileSync(join(PROJECT, path), 'utf8'),
  }));

  it('look for known weaknesses of what is deployed, once a week without any change, too', () => {
    const audits = workflows.filter(({ text }) => text.includes('npm audit --omit=dev --audit-level=low'));
    expect(audits.map(({ text }) => /^ {2}schedule:\n {4}- cron: /m.test(text))).toEqual([true]);
  });

  it('may read the repository, and where they write more than that they say what', () => {
    for (const { path, text } of workflows) expect(text, path).toMatch(/^permissions:\n {2}contents: read$/m);
  });
});
