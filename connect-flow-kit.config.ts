import type { FlowKitConfig } from 'connect-flow-kit';
import { OWN_ATTRIBUTES } from './domain/own-attributes.ts';

/** What the commands of `npm run flows` know about this project. */
export default {
  command: 'npm run flows --',
  attributes: OWN_ATTRIBUTES,
  rulesPage: 'docs/flow-lint-rules.md',
  stages: {
    default: 'local',
    files: {
      folder: 'settings',
      flowValues: async (text, stage) => (await import('./resources/flow-stage.ts')).flowValuesIn(text, stage),
    },
    note: '"local" is the running npm start',
    // Loaded late: most commands need no stage.
    load: async (name) => (await import('./tools/flows/stage-with-ids.ts')).stageWithIds(name),
  },
} satisfies FlowKitConfig;
