import { parseArgs } from 'node:util';
import { UsageError, wholeNumber } from 'connect-flow-kit/command-line';
import { type CallsLog, dynamoCallsLog, requestOfContact } from '../../../adapters/calls-log.ts';
import { markdownTable } from '../simulation/simulation-report.ts';
import { KEPT_DAYS, RECORDS_OF_TODAY, type TableOfRecords, tableOfRecords } from './log-records.ts';
import { writeLogSection } from './performance-page.ts';
import { partsOfRef } from './project-of-ref.ts';

const HELP = `How many requests to DynamoDB a query of the call log takes, and how many read units, in tables of 1,000 to 100,000 records:
${RECORDS_OF_TODAY} from today, the others from the ${KEPT_DAYS - 1} days before. Runs against the DynamoDB of the local stack, over HTTP.

  npm run bench -- log [--records 1000,10000] [--against REF] [--write]

  --records N,…   sizes of the table (default 1000,10000,100000)
  --against REF   compare with the call log of an older commit, which reads the whole table
  --write         write the section of docs/performance.md; needs --against
`;

/** What people look up, and how each log is queried. */
interface Question {
  says: string;
  ask(log: CallsLog, table: TableOfRecords): Promise<unknown>;
  /** For a log that has only `all` and `one`. */
  askOlder(log: Pick<CallsLog, 'all' | 'one'>, table: TableOfRecords): Promise<unknown>;
}

const QUESTIONS: readonly Question[] = [
  {
    says: 'list: latest 20',
    async ask(log) {
      for await (const { records } of log.pages()) if (records.length > 0) return;
    },
    askOlder: (log) => log.all(),
  },
  {
    says: 'list --since, stats: all of today',
    async ask(log, { today }) {
      let count = 0;
      for await (const { records } of log.pages(today)) count += records.length;
      if (count !== RECORDS_OF_TODAY) throw new Error(`${count} records of today`);
    },
    askOlder: (log) => log.all(),
  },
  {
    says: 'show, by request id',
    ask: (log, { documents, guardsTable, someId }) =>
      Promise.all([log.one(someId), requestOfContact(guardsTable, documents, someId)]),
    askOlder: (log, { someId }) => log.one(someId),
  },
  {
    says: 'show, by an inquiry number of today',
    ask: (log, { numberOfToday }) => log.withInquiryNumber(numberOfToday),
    askOlder: (log) => log.all(),
  },
  {
    says: 'show, by an unknown inquiry number',
    ask: (log) => log.withInquiryNumber('57240000'),
    askOlder: (log) => log.all(),
  },
];

/** `npm run bench -- log` */
export async function benchLog(args: string[]): Promise<void> {
  const { values } = parseArgs({
    args,
    options: {
      records: { type: 'string', default: '1000,10000,100000' },
      against: { type: 'string' },
      write: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) return void process.stdout.write(HELP);
  if (values.write && values.against === undefined) throw new UsageError('--write needs --against and a commit');
  const sizes = values.records.split(',').map((size) => wholeNumber('--records', size, RECORDS_OF_TODAY, 1_000_000));
  const older = values.against === undefined ? undefined : await partsOfRef(values.against);
  try {
    const olderLog = older && (await import(`${older.folder}/adapters/calls-log.ts`));
    const costs = await measure(sizes, olderLog?.dynamoCallsLog);
    const table = markdownTable(
      ['query', 'call log', ...sizes.map((size) => size.toLocaleString('en'))],
      rowsOf(costs, older?.commit),
    );
    console.log(`Requests to DynamoDB, and read units, by records in the table\n\n${table}`);
    if (values.write && older) writeLogSection(sectionOf(table, older.commit));
  } finally {
    older?.dispose();
  }
}

interface Cost {
  requests: number;
  units: number;
}

/** Question → log → the cost in each size of the table. */
type Costs = Map<string, { now: Cost[]; older: Cost[] }>;

type OlderLog = (tableName: string, documents: TableOfRecords['documents']) => Pick<CallsLog, 'all' | 'one'>;

async function measure(sizes: readonly number[], olderLog: OlderLog | undefined): Promise<Costs> {
  const costs: Costs = new Map(QUESTIONS.map(({ says }) => [says, { now: [], older: [] }]));
  for (const size of sizes) {
    const table = await tableOfRecords(size);
    try {
      const { callsTable, documents, costOf } = table;
      for (const { says, ask, askOlder } of QUESTIONS) {
        const log = dynamoCallsLog(callsTable, documents, KEPT_DAYS);
        costs.get(says)?.now.push(await costOf(() => ask(log, table)));
        if (olderLog) {
          costs.get(says)?.older.push(await costOf(() => askOlder(olderLog(callsTable, documents), table)));
        }
      }
    } finally {
      await table.close();
    }
  }
  return costs;
}

const rowsOf = (costs: Costs, commit: string | undefined): string[][] =>
  [...costs].flatMap(([says, { now, older }]) => [
    [says, 'this version', ...now.map(inWords)],
    ...(commit === undefined ? [] : [['', commit, ...older.map(inWords)]]),
  ]);

const inWords = ({ requests, units }: Cost): string =>
  `${requests.toLocaleString('en')}, ${units.toLocaleString('en')} units`;

const sectionOf = (table: string, commit: string): string =>
  `Written by \`npm run bench -- log --against ${commit} --write\`: how many requests to DynamoDB a query of the call log takes, and how many read
units, by the number of records in the table; ${RECORDS_OF_TODAY.toLocaleString('en')} of them are from today, the others from the ${KEPT_DAYS - 1} days before. \`npm run calls\` queries an index by day;
${commit} read the whole table, page by page, for every query except one by request id. An inquiry number is looked up day by day, so one that does not
exist costs one request of half a unit for each day that records are kept.

${table}`;
