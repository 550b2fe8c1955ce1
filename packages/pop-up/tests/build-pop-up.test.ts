import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import vm from 'node:vm';
import { gzipSync } from 'node:zlib';
import { beforeAll, describe, expect, it } from 'vitest';
import { loadStage } from '../../../resources/load-stage.ts';
import { PROJECT } from '../../../tests/run-command.ts';
import { CALLER_NUMBER } from '../../account/checks/doctor/pop-up-checks.ts';
import { buildVisualIvr, SCRIPT_LIMIT, type VisualIvr } from '../build-pop-up.ts';
import { phoneMetadata } from '../phone-metadata.ts';

const gzip = (text: string): number => gzipSync(text, { level: 9 }).length;

let dev: VisualIvr;

beforeAll(async () => {
  dev = await buildVisualIvr('dev');
});

describe('the script', () => {
  it('is one classic script in ASCII that makes no global names', () => {
    // Prepare
    const page = vm.createContext({});
    const before = Object.getOwnPropertyNames(vm.runInContext('globalThis', page));
    // Act: without a document, it cannot get far
    expect(() => vm.runInContext(dev.script, page)).toThrow(/document|window/);
    // Assess
    expect(Object.getOwnPropertyNames(vm.runInContext('globalThis', page))).toEqual(before);
    expect(dev.script.match(/.{0,20}[^\t\n\x20-\x7e].{0,20}/u)?.[0]).toBeUndefined();
  });

  it('tells the doctor which number it names', () => {
    expect(CALLER_NUMBER.exec(dev.script)?.[1]).toBe(loadStage('dev').file.connect.sourcePhoneNumber);
  });

  it('names licences in its first line, and nothing of this machine', () => {
    const [first = ''] = dev.script.split('\n');
    expect(first).toMatch(/^\/\*! karte-connect-call: MIT\. .*libphonenumber-js.*MIT.*Apache-2\.0 \*\/$/);
    expect(dev.script).not.toContain(PROJECT);
    expect(dev.script).not.toContain('sourceMappingURL');
  });

  it.each(['#{', '[[', '{{', '{%', '{#', '<%', '${', '</script', '<!--'])(
    'holds no %s, which KARTE would take',
    (mark) => {
      expect(dev.script.toLowerCase()).not.toContain(mark);
    },
  );

  it('weighs at most 19 KB without the phone rules, whose weight is said', () => {
    const { script, scriptWithoutPhoneRules, embed, phoneRules } = dev.sizes;
    expect(scriptWithoutPhoneRules).toBeLessThanOrEqual(SCRIPT_LIMIT);
    expect(SCRIPT_LIMIT).toBe(19_000);
    expect(script).toBe(gzip(dev.script));
    expect(embed).toBe(gzip(dev.embed));
    expect(scriptWithoutPhoneRules + phoneRules).toBe(script);
    // The library and its metadata are in neither by mistake.
    expect(phoneRules).toBeGreaterThan(10_000);
    expect(phoneRules).toBeLessThan(20_000);
  });

  it('keeps to its limit where the stage has eight inquiry types', async () => {
    const inquiryTypes = [
      '料金・お支払いについて',
      '解約のお手続きについて',
      'KARTE Datahubについて',
      '配送状況の確認',
      '返品・交換のご相談',
      '法人契約のお見積もり',
      'アカウントの設定変更',
      '採用に関するお問い合わせ',
    ];
    const { sizes } = await buildVisualIvr(loadStage('dev', undefined, undefined, { request: { inquiryTypes } }));
    expect(sizes.scriptWithoutPhoneRules).toBeLessThanOrEqual(SCRIPT_LIMIT);
  });

  it('is the same for KARTE and for any other page', () => {
    expect(dev.embed).toBe(dev.script);
  });
});

describe('what the script knows of its stage', () => {
  it('is the number that calls and which numbers are called', async () => {
    // Prepare
    const stage = loadStage('dev', undefined, undefined, {
      connect: { sourcePhoneNumber: '+81312345678' },
      request: { allowedPrefixes: ['+8190'], refusedPrefixes: ['+8190999'] },
    });
    // Act
    const { script } = await buildVisualIvr(stage);
    // Assess
    for (const fact of ['"+81312345678"', '["+8190"]', '["+8190999"]']) expect(script).toContain(fact);
  });

  it('is nothing else of its settings', () => {
    const { karte, connect } = loadStage('dev').file;
    for (const secret of [karte.eventBusName, karte.actionName, connect.instanceId, ...Object.values(connect.queues)]) {
      expect(dev.script).not.toContain(secret);
    }
  });

  it('may be that of another country', async () => {
    const { script, sizes } = await buildVisualIvr(
      loadStage('dev', undefined, undefined, { request: { countries: ['JP', 'US'] } }),
    );
    expect(script).toContain('countries:["JP","US"]');
    expect(sizes.scriptWithoutPhoneRules).toBeLessThan(dev.sizes.scriptWithoutPhoneRules + 50);
    expect(sizes.phoneRules).toBeGreaterThan(dev.sizes.phoneRules);
  });

  it('is a mistake where the stage has one', async () => {
    await expect(buildVisualIvr('nowhere')).rejects.toThrow('there is no stage "nowhere"');
  });
});

describe("KARTE's other two tabs", () => {
  it.each([
    ['HTML', 'template', 'template.html'],
    ['CSS', 'style', 'style.css'],
  ] as const)('are their sources as they are: %s', (_, tab, file) => {
    expect(dev[tab]).toBe(readFileSync(join(PROJECT, 'packages/pop-up/karte', file), 'utf8'));
  });
});

describe('the metadata of telephone numbers', () => {
  it.each([
    ['Japan', ['JP'] as const, ['JP']],
    ['a country beside Japan, whose services are known everywhere', ['KR'] as const, ['KR', 'JP']],
    ['countries that share a calling code', ['GB', 'JP'] as const, ['GB', 'GG', 'IM', 'JE', 'JP']],
  ])('is whole for what the stage calls, and nothing but calling codes for the rest: %s', (_, countries, whole) => {
    // Act
    const text = phoneMetadata(countries);
    // Assess
    const metadata = JSON.parse(text) as { countries: object; nonGeographic: Record<string, unknown[]> };
    expect(Object.keys(metadata.countries).sort()).toEqual([...whole].sort());
    expect(metadata.nonGeographic).toMatchObject({ 1: ['1'], 7: ['7'], 800: ['800'] });
    expect(metadata.nonGeographic).not.toHaveProperty('81');
    expect(text).not.toContain('[[');
  });
});
