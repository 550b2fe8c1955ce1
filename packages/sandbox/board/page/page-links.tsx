import type { Sentence } from '../../../../domain/outcome-row.ts';
import { useSay } from './language.tsx';

/** The pages that the local stack serves to people. */
const PAGES = {
  board: { address: '/', name: { ja: '発信ボード', en: 'Call board' } },
  dashboard: { address: '/dashboard', name: { ja: 'ダッシュボード', en: 'Dashboard' } },
  operator: { address: '/operator', name: { ja: 'オペレーター用', en: 'Operator page' } },
} as const satisfies Record<string, { address: string; name: Sentence }>;
const LEGEND: Sentence = { ja: 'ほかの画面', en: 'Other pages' };

/** Links from one page to the others. */
export function PageLinks({ from }: { from: keyof typeof PAGES }) {
  const say = useSay();
  return (
    <nav class="page-links" aria-label={say(LEGEND)}>
      {Object.entries(PAGES).map(
        ([page, { address, name }]) =>
          page !== from && (
            <a key={page} href={address}>
              {say(name)}
            </a>
          ),
      )}
    </nav>
  );
}
