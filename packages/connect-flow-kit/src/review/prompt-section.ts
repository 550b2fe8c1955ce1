import { blockNamesOf } from '../block-name.ts';
import type { NamedFlow } from '../document.ts';
import type { CaseResult } from '../scenarios/run-scenario.ts';
import { promptsOf } from './block-content.ts';
import { code, markdown } from './escape.ts';
import { table } from './markdown-table.ts';
import { blocksInOrder, readingOrderOf } from './reading-order.ts';

/** Every prompt in the order a call reaches it, with the voices in which the scenarios hear it. */
export function promptSection(flow: NamedFlow, results: readonly CaseResult[]): string[] {
  const nameOf = blockNamesOf(flow.document);
  const voices = voicesHeard(flow.name, results);
  const rows = blocksInOrder(readingOrderOf(flow.document)).flatMap((action) => {
    const heard = [...(voices.get(action.Identifier) ?? ['not heard in any scenario'])].join('; ');
    return promptsOf(action).map((text) => [
      markdown(nameOf(action.Identifier)),
      heard,
      text.startsWith('<speak') ? code(text) : markdown(text),
    ]);
  });
  return rows.length === 0 ? [] : ['## What is said', table(['block', 'voice', 'text'], rows)];
}

function voicesHeard(flow: string, results: readonly CaseResult[]): Map<string, Set<string>> {
  const voices = new Map<string, Set<string>>();
  for (const line of results.flatMap(({ call }) => call.lines)) {
    if (line.kind !== 'step' || line.flow !== flow) continue;
    const { step } = line;
    if (step.kind !== 'say' && step.kind !== 'loop' && step.kind !== 'play') continue;
    const voice = step.kind === 'play' ? 'a recording' : markdown(`${step.voice}, ${step.engine}`);
    voices.set(step.block, (voices.get(step.block) ?? new Set()).add(voice));
  }
  return voices;
}
