import type { DoctorCheck } from '../../check.ts';
import { approvedOrigins } from '../../listings.ts';
import { idsOf } from '../../stage-answers.ts';

/** Where agents take the calls. */
export const SOFTPHONE_CHECKS: readonly DoctorCheck[] = [
  {
    id: 'approved-origins',
    title: 'The sites of the settings may embed the softphone',
    problem: 'A site of the settings may not embed the softphone',
    permissions: ['connect:ListApprovedOrigins'],
    async ask(account, stage) {
      const wanted = stage.file.connect.approvedOrigins;
      if (wanted.length === 0) return { state: 'fine', seen: 'connect.approvedOrigins is empty' };
      const { instanceId } = await idsOf(account, stage);
      const approved = await approvedOrigins(account, instanceId);
      const missing = wanted.filter((origin) => !approved.includes(origin));
      return missing.length === 0
        ? { state: 'fine', seen: wanted.join(', ') }
        : {
            state: 'problem',
            seen: `not approved: ${missing.join(', ')}`,
            nextStep: `Deploy the stage: npx sls deploy --stage ${stage.name}; docs/softphone.md says more.`,
          };
    },
  },
];
