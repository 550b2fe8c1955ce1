import { findingSentence } from '../lint.ts';
import { RULE_NOTES, type RuleNote } from '../rule-links.ts';
import type { LintedFile, LintReport, PlacedFinding } from './lint-report.ts';

/**
 * A report in SARIF 2.1.0, which code scanning services and editors read.
 *
 * @param version of this package
 * @param rulesPage the page of rules, a path or URL; SARIF takes URLs only
 * @see https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html
 */
export function lintSarif({ files }: LintReport, version: string, rulesPage: string | undefined): string {
  const log = {
    $schema: 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: 'connect-flow-kit',
            semanticVersion: version,
            rules: RULE_NOTES.map((rule) => descriptor(rule, rulesPage)),
          },
        },
        columnKind: 'utf16CodeUnits',
        invocations: [
          {
            executionSuccessful: files.every(({ unusable }) => unusable === undefined),
            toolExecutionNotifications: files.flatMap(notifications),
          },
        ],
        results: files.flatMap(results),
      },
    ],
  };
  return `${JSON.stringify(log, null, 2)}\n`;
}

function descriptor({ id, severity, title, why, source }: RuleNote, rulesPage: string | undefined) {
  const own = rulesPage === undefined ? undefined : `${rulesPage}#${id}`;
  // SARIF takes URLs only; a path is for people to read.
  const url = own !== undefined && /^https?:/.test(own) ? own : source;
  const pages = [
    ...(own === undefined ? [] : [{ name: 'About the rule', page: own }]),
    ...(source === undefined ? [] : [{ name: 'Where it is from', page: source }]),
  ];
  return {
    id,
    shortDescription: { text: `${title}.` },
    fullDescription: { text: why },
    help: {
      text: [`${title}. ${why}`, ...pages.map(({ name, page }) => `${name}: ${page}`)].join('\n'),
      markdown: [`${title}. ${why}`, ...pages.map(({ name, page }) => `[${name}](${page})`)].join('\n\n'),
    },
    ...(url !== undefined && { helpUri: url }),
    defaultConfiguration: { level: severity },
  };
}

const notifications = ({ file, unusable }: LintedFile) =>
  unusable === undefined
    ? []
    : [
        {
          level: 'error',
          message: { text: unusable },
          locations: [{ physicalLocation: { artifactLocation: at(file) } }],
        },
      ];

const results = ({ file, findings, silenced }: LintedFile) => [
  ...findings.map((finding) => result(file, finding)),
  ...silenced.map((finding) => ({
    ...result(file, finding),
    suppressions: [{ kind: 'external', status: 'accepted', justification: finding.reason ?? '' }],
  })),
];

function result(file: string, finding: PlacedFinding) {
  const { rule, severity, block, type, line, column } = finding;
  return {
    ruleId: rule,
    ruleIndex: RULE_NOTES.findIndex(({ id }) => id === rule),
    level: severity,
    message: { text: findingSentence(finding) },
    locations: [
      {
        physicalLocation: { artifactLocation: at(file), region: { startLine: line, startColumn: column } },
        ...(block !== undefined && {
          logicalLocations: [{ name: block, ...(type !== undefined && { kind: type }) }],
        }),
      },
    ],
  };
}

/** A path as SARIF has it: a relative one is relative to the folder in which the sources are checked out. */
function at(file: string): { uri: string; uriBaseId?: string } {
  const path = file.replaceAll('\\', '/');
  const uri = path.split('/').map(encodeURIComponent).join('/');
  if (path.startsWith('/')) return { uri: `file://${uri}` };
  if (/^[A-Za-z]:\//.test(path)) return { uri: `file:///${uri.replace('%3A', ':')}` };
  return { uri: uri.replace(/^(\.\/)+/, ''), uriBaseId: '%SRCROOT%' };
}
