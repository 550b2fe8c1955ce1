import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { stageMistakes } from '../../resources/load-stage.ts';
import { projectCopy } from '../project-copy.ts';
import { sls, slsIn } from './sls.ts';

// A copy, as other tests look which stages and flows there are.
let project: string;

beforeAll(() => {
  project = projectCopy();
});

afterAll(() => rmSync(project, { recursive: true }));

/** Changes a file of the copy. */
function change(path: string, from: string | RegExp, to: string): void {
  const file = join(project, path);
  writeFileSync(file, readFileSync(file, 'utf8').replace(from, to));
}

describe('a mistake, through sls', () => {
  it('in the settings is sentences alone, on standard error, and a failure', async () => {
    // Prepare
    change('settings/dev.yml', /instanceId: .*/, 'instanceId: my-instance');
    change('settings/dev.yml', 'actionName:', 'actionNam:');
    // Act
    const { code, output, stdout } = await slsIn(project, 'package', '--stage', 'dev');
    // Assess
    expect(code).toBe(1);
    expect(stdout).toBe('');
    expect(output).toBe(
      'settings/dev.yml: karte.actionNam: found a field that does not exist, expected only those of domain/stage-file.ts; ' +
        'did you mean actionName?\n' +
        'settings/dev.yml: connect.instanceId: found "my-instance", expected a UUID in lower case, or create.\n',
    );
  });

  it("in a contact flow is the linter's sentence alone instead of a 400 at deployment", async () => {
    // Prepare
    change('contact-flows/call-me-queue.json', '"NextAction": "Is a call-back offered"', '"NextAction": "Nowhere"');
    // Act
    const { code, output, stdout } = await slsIn(project, 'package', '--stage', 'prod');
    // Assess
    expect(code).toBe(1);
    expect(stdout).toBe('');
    expect(output).toMatch(/^contact-flows\/call-me-queue\.json: block "Set Japanese voice".*Nowhere/);
    expect(output).not.toMatch(/Environment|Cannot resolve|^ {4}at /m);
  });

  it('of a deployment of examples is all of them', async () => {
    const { code, output, stdout } = await sls('deploy', '--stage', 'dev');
    expect(code).toBe(1);
    expect(stdout).toBe('');
    expect(output).toBe(
      stageMistakes('dev')
        .map((sentence) => `${sentence}\n`)
        .join(''),
    );
  });
});
