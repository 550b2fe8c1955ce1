import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readEnvironment } from '../../adapters/function-environment.ts';
import { checkStage, loadStage, type StageOverrides } from '../../resources/load-stage.ts';
import { PROJECT } from '../run-command.ts';
import { dev, twoQueues } from './stage-of-dev.ts';

describe('the stage files of the repository', () => {
  it.each(['dev', 'prod', 'local'])('%s is complete, and its functions can read their environment', (stage) => {
    const { environment, file } = loadStage(stage);
    expect(readEnvironment(environment).settings.connect.instanceId).toBe(file.connect.instanceId);
    expect(Object.values(environment).every((value) => typeof value === 'string')).toBe(true);
  });

  it('may begin with the byte order mark of an editor', () => {
    const folder = mkdtempSync(join(tmpdir(), 'stages-'));
    writeFileSync(join(folder, 'dev.yml'), `\uFEFF${readFileSync(join(PROJECT, 'settings/dev.yml'), 'utf8')}`);
    expect(loadStage('dev', 4545, folder).file).toEqual(loadStage('dev').file);
    rmSync(folder, { recursive: true });
  });

  it('may begin with a byte order mark, as editors of Windows write one', () => {
    // Prepare
    const folder = mkdtempSync(join(tmpdir(), 'settings-'));
    writeFileSync(join(folder, 'dev.yml'), `\uFEFF${readFileSync(join(PROJECT, 'settings/dev.yml'), 'utf8')}`);
    // Act
    const { file } = loadStage('dev', undefined, folder);
    // Assess
    rmSync(folder, { recursive: true });
    expect(file).toEqual(loadStage('dev').file);
  });

  it('tells the functions every group of the file, without what only packaging reads', () => {
    const { environment, file } = loadStage('prod');
    const told = readEnvironment(environment).settings;
    const { region, karte, create, protectTables, logRetentionDays, alarmTopicArn, alarms, availability, ...groups } =
      file;
    const { contactFlow, flowValues, flowVersions, approvedOrigins, ...connect } = file.connect;
    expect(told).toEqual({ ...groups, connect });
  });

  it('tells the functions that availability is told, and not to whom', () => {
    const origins = Array.from({ length: 100 }, (_, index) => `https://${index}.shops.example.com`);
    const { environment, file } = loadStage('dev', undefined, undefined, { availability: { origins } });
    expect(file.availability).toEqual({ origins });
    expect(readEnvironment(environment).settings).toEqual({
      ...readEnvironment(loadStage('dev').environment).settings,
      tellsAvailability: true,
    });
  });

  it('marks the stage local alone as local', () => {
    const marks = ['dev', 'prod', 'local'].map(
      (stage) => readEnvironment(loadStage(stage).environment).settings.isLocal,
    );
    expect(marks).toEqual([undefined, undefined, true]);
  });

  it('points only the functions of the stage local at this machine', () => {
    expect(loadStage('local', 4999).environment.AWS_ENDPOINT_URL_CONNECT).toBe('http://127.0.0.1:4999/aws/connect');
    expect(Object.keys(loadStage('dev').environment).filter((name) => name.startsWith('AWS_'))).toEqual([]);
  });

  it('fills in what a stage leaves out', () => {
    const { request, routing, callingHours, ...required } = dev;
    const file = checkStage({ ...required, routing: { default: 'support' } }, 'dev');
    expect(file.callingHours).toEqual({ start: '08:00', end: '21:00', timeZone: 'Asia/Tokyo' });
    expect(file.request).toMatchObject({ countries: ['JP'], userTypes: ['member', 'visitor'], maxAgeSeconds: 300 });
    expect(file.karte.actionName).toBe('karte_ivr_call_request');
  });

  it('keeps voicemails from agents and asks for no ring time-out in a stage that says nothing of either', () => {
    const { ringTimeoutSeconds, pressToConnect, ...connect } = dev.connect;
    expect(checkStage({ ...dev, connect }, 'dev').connect).toMatchObject({
      ringTimeoutSeconds: null,
      pressToConnect: true,
    });
  });

  it.each(['dev', 'prod'])('keeps voicemails from agents in %s, whose phones ring for as long as they can', (stage) => {
    expect(loadStage(stage).file.connect).toMatchObject({ ringTimeoutSeconds: null, pressToConnect: true });
  });

  it('guards a stage that says nothing of guards', () => {
    // Prepare
    const { request, whenClosed, limits, pacing, agents, signature, ...required } = dev;

    // Act
    const file = checkStage(required, 'dev');

    // Assess
    expect(file).toMatchObject({
      request: { numberTypes: ['mobile', 'fixed', 'voip'], allowedPrefixes: [], refusedPrefixes: [] },
      whenClosed: { do: 'refuse', maxDelaySeconds: 57_600, callWithinSeconds: 7_200 },
      limits: {
        callsPerNumberPerDay: 3,
        callsPerDay: 1000,
        requestsPerMinute: 60,
        maxConcurrentCalls: 10,
        coolDownSeconds: 600,
      },
      pacing: { callsPerSecond: 2, burst: 5, keptForJitter: 1 },
      agents: { pools: [['support']], maxContactsWaiting: 0 },
      signature: { mode: 'off', secretName: null },
    });
  });

  it('lets all queues share their agents where no pools are named', () => {
    expect(checkStage(twoQueues({}), 'dev').agents.pools).toEqual([['support', 'sales']]);
    const pools = [['sales'], ['support']];
    expect(checkStage(twoQueues({ agents: { pools } }), 'dev').agents.pools).toEqual(pools);
  });

  it('takes rules from the narrow to the wide, and one for anyone who is carried as other', () => {
    const rules = [
      { userType: 'member', inquiryType: '料金', queue: 'support' },
      { userType: 'member', queue: 'support' },
      { inquiryType: '料金', queue: 'support' },
      { userType: 'other', queue: 'support' },
    ];
    expect(checkStage({ ...dev, routing: { default: 'support', rules } }, 'dev').routing.rules).toEqual(rules);
  });

  it('takes hours over midnight and the whole day', () => {
    for (const [start, end] of [
      ['22:00', '02:00'],
      ['00:00', '24:00'],
      ['09:00', '00:00'],
    ]) {
      const callingHours = { start, end, timeZone: 'Asia/Tokyo' };
      expect(checkStage({ ...dev, callingHours }, 'dev').callingHours).toEqual(callingHours);
    }
  });

  it('names the tables and the queue of the stage', () => {
    expect(loadStage('dev').environment).toMatchObject({
      GUARDS_TABLE: 'karte-connect-call-dev-guards',
      LEASES_TABLE: 'karte-connect-call-dev-leases',
      WAITING_ROOM_TABLE: 'karte-connect-call-dev-waiting-room',
      RELEASE_QUEUE: 'karte-connect-call-dev-release',
    });
  });
});

describe('settings laid over a stage file', () => {
  const settingsOf = (overrides: StageOverrides) =>
    readEnvironment(loadStage('local', 4545, undefined, overrides).environment).settings;

  it('change what they name and nothing else', () => {
    // Act
    const settings = settingsOf({
      limits: { callsPerDay: 5000, coolDownSeconds: 0 },
      callingHours: { start: '09:00' },
      agents: { pools: [['visitors'], ['members']] },
    });

    // Assess
    const unchanged = settingsOf({});
    expect(settings).toEqual({
      ...unchanged,
      limits: { ...unchanged.limits, callsPerDay: 5000, coolDownSeconds: 0 },
      callingHours: { ...unchanged.callingHours, start: '09:00' },
      agents: { ...unchanged.agents, pools: [['visitors'], ['members']] },
    });
  });

  it('are checked like the file', () => {
    expect(messageOf(() => settingsOf({ limits: { callsPerDay: 0 } }))).toContain('limits.callsPerDay: found 0');
  });
});

function messageOf(run: () => unknown): string {
  try {
    run();
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
  throw new Error('nothing was refused');
}
