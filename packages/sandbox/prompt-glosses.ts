import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import * as z from 'zod';

const GLOSSES = z.strictObject({
  sentences: z.array(z.strictObject({ ja: z.string(), en: z.string() })),
  values: z.record(z.string(), z.string()),
});

/** `${Token}` of a stage, or `$['Attributes']['name']` of a contact, whose value is spoken. */
const VARIABLE = /\$\{\w+\}|\$(?:\['\w+'\])+|\$(?:\.\w+)+/g;

/** A sentence spoken by the flows, with its English translation. */
interface Gloss {
  /** Matches the whole of what is spoken; a group for each variable. */
  spoken: RegExp;
  /** By the index of its group. */
  variables: readonly string[];
  en: string;
}

/**
 * Glosses of what the contact flows say, from contact-flows/glosses.yml.
 *
 * @returns a function that turns what was spoken, variables filled in, into English; undefined if no sentence is known
 */
function promptGlosses(text: string): (spoken: string) => string | undefined {
  const { sentences, values } = GLOSSES.parse(parse(text));
  const glosses = sentences.map(glossOf);
  const inEnglish = (value: string) => (Object.hasOwn(values, value) ? (values[value] ?? value) : value);
  return (spoken) => {
    for (const { spoken: form, variables, en } of glosses) {
      const found = form.exec(spoken.trim());
      if (!found) continue;
      const filled = en.replace(VARIABLE, (name) => inEnglish(found[variables.indexOf(name) + 1] ?? name));
      return filled.trim();
    }
    return undefined;
  };
}

function glossOf({ ja, en }: { ja: string; en: string }): Gloss {
  const variables = ja.match(VARIABLE) ?? [];
  const parts = ja.split(VARIABLE).map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  return { spoken: new RegExp(`^${parts.join('(.*?)')}$`, 's'), variables, en };
}

let ofThisProject: ReturnType<typeof promptGlosses> | undefined;

/** The gloss of a sentence that the shipped flows say; undefined for any other. */
export function glossOfPrompt(spoken: string): string | undefined {
  ofThisProject ??= promptGlosses(readFileSync(join(import.meta.dirname, '../../contact-flows/glosses.yml'), 'utf8'));
  return ofThisProject(spoken);
}
