import { blockNamesOf } from '../block-name.ts';
import type { FlowDocument } from '../document.ts';
import { notesOf } from '../exchange/notes.ts';
import { markdown } from './escape.ts';
import { table } from './markdown-table.ts';

/** People's notes in the flow designer; nothing if there are none. */
export function noteSection(flow: FlowDocument): string[] {
  const nameOf = blockNamesOf(flow);
  const rows = notesOf(flow).flatMap(({ actionId, content }) =>
    typeof content === 'string' && content.trim() !== ''
      ? [[typeof actionId === 'string' && actionId !== '' ? markdown(nameOf(actionId)) : 'none', markdown(content)]]
      : [],
  );
  return rows.length === 0 ? [] : ['## Notes', table(['block', 'note'], rows)];
}
