// One execution environment of Lambda: loads a bundle in a fresh process, then runs its handler for each message, and tells
// what both took. Plain JavaScript, so that nothing has to be translated before the clock starts.
const atStart = cpuMs();
const { subscribe } = require('node:diagnostics_channel');
const { performance } = require('node:perf_hooks');

const [, , bundle, exported, aheadMs] = process.argv;
if (aheadMs !== '0') setClock(Number(aheadMs));
const before = mark();
const handler = require(bundle)[exported];
const loading = since(before);

/** Of the invocation that runs. */
let requests = [];
let askedAt;

// When the code asks, not when a connection is there: two requests at once are two at once while both connect.
subscribe('http.client.request.start', ({ request }) => {
  const target = String(request.getHeader('x-amz-target') ?? '');
  const sent = {
    operation: target.slice(target.indexOf('.') + 1) || `${request.method} ${request.path}`,
    from: performance.now(),
  };
  requests.push(sent);
  request.roadBench = sent;
  if (request.path.endsWith('/contact/outbound-voice')) {
    request.once('finish', () => {
      askedAt ??= mark();
      sent.asks = true;
    });
  }
});
subscribe('http.client.response.finish', ({ request }) => {
  request.roadBench.to = performance.now();
});

process.on('message', async ({ payload, context }) => {
  requests = [];
  askedAt = undefined;
  const begun = mark();
  const outcome = await outcomeOf(payload, context);
  const spent = since(begun);
  process.send({
    ...outcome,
    ...spent,
    asked: askedAt && difference(begun, askedAt),
    requests,
    maxRssMb: process.resourceUsage().maxRSS / 1024,
  });
});
process.once('disconnect', () => process.exit());
process.send({ nodeCpuMs: atStart, ...loading });

async function outcomeOf(payload, context) {
  try {
    return { result: (await handler(payload, { ...context, getRemainingTimeInMillis: () => 10_000 })) ?? null };
  } catch (error) {
    return { error: { name: error?.name ?? 'Error', message: String(error?.message ?? error) } };
  }
}

/** Lets time have passed since the calls before, without waiting for it. */
function setClock(ahead) {
  const RealDate = Date;
  globalThis.Date = class extends RealDate {
    constructor(...parts) {
      super(...(parts.length === 0 ? [RealDate.now() + ahead] : parts));
    }
    static now() {
      return RealDate.now() + ahead;
    }
  };
}

/** CPU time of all threads of this process, in milliseconds. */
function cpuMs() {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1_000;
}

function mark() {
  return { cpuMs: cpuMs(), idleMs: performance.eventLoopUtilization().idle, wallMs: performance.now() };
}

function since(begun) {
  return difference(begun, mark());
}

function difference(from, to) {
  return { cpuMs: to.cpuMs - from.cpuMs, idleMs: to.idleMs - from.idleMs, wallMs: to.wallMs - from.wallMs };
}
