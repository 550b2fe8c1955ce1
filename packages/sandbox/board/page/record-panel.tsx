import { useContext } from 'preact/hooks';
import type { CallRecord } from '../../../../domain/call-record.ts';
import type { Sentence } from '../../../../domain/outcome-row.ts';
import type { ContactView, RequestDetail } from '../protocol.ts';
import { addressOf } from './address.ts';
import { TEXTS } from './board-texts.ts';
import {
  CONTACT_FIELD_WORDS,
  callWords,
  EXECUTION_WORDS,
  INCOMING_WORDS,
  RECORD_WORDS,
  withRaw,
} from './code-words.ts';
import { useSay } from './language.tsx';
import { Foreign, Panel } from './parts.tsx';
import { ZoneContext } from './times.tsx';
import { fieldInWords, valueInWords } from './value-words.ts';

/** Everything that is kept of one request. */
export function CallRecordPanel({ detail }: { detail: RequestDetail | null }) {
  const say = useSay();
  return (
    <Panel id="record" title={TEXTS.record} help={TEXTS.recordHelp}>
      {detail === null ? (
        <p class="empty">{say(TEXTS.recordEmpty)}</p>
      ) : (
        <>
          {detail.record === null ? (
            <p class="empty">{say(TEXTS.recordNone)}</p>
          ) : (
            <RecordFields record={detail.record} />
          )}
          <h3>{say(TEXTS.contact)}</h3>
          {detail.contact === null ? (
            <p class="empty">{say(TEXTS.contactNone)}</p>
          ) : (
            <ContactFields contact={detail.contact} />
          )}
          {detail.executions.length > 0 && <Executions detail={detail} />}
        </>
      )}
    </Panel>
  );
}

/** Fields that name other requests and calls: each has a page. */
const LEADS_ON: ReadonlySet<string> = new Set<keyof CallRecord>([
  'tryOf',
  'tries',
  'triedAgainAs',
  'callBackOf',
  'calledBackBy',
]);

function RecordFields({ record }: { record: CallRecord }) {
  const say = useSay();
  const timeZone = useContext(ZoneContext);
  const known = Object.keys(RECORD_WORDS);
  const fields = Object.entries(record).map(([name, value]) => ({
    name,
    // A field that a later version of the record brings is shown by its name, behind the others.
    words: fieldInWords(name, record),
    text: say(valueInWords(name, value, { timeZone, record })),
    ...(LEADS_ON.has(name) && { leadsTo: [value].flat().map(String) }),
  }));
  const placeOf = ({ name, words }: Field) => (words ? known.indexOf(name) : known.length);
  return <Fields fields={fields.toSorted((a, b) => placeOf(a) - placeOf(b))} />;
}

function ContactFields({ contact }: { contact: ContactView }) {
  const say = useSay();
  const timeZone = useContext(ZoneContext);
  const { transcript: _, asksForKeys: __, over: ___, voicemail: ____, isIncoming, state, legs, ...facts } = contact;
  const agents = legs.flatMap(({ agent }) => agent ?? []).join(', ');
  const fields = Object.entries({
    state: say(withRaw(callWords(contact), state)),
    ...facts,
    ...(agents !== '' && { agents }),
  });
  return (
    <Fields
      fields={fields.map(([name, value]) => ({
        name,
        words: (isIncoming && INCOMING_WORDS[name]) || CONTACT_FIELD_WORDS[name],
        text: say(valueInWords(name, value, { timeZone })),
      }))}
    />
  );
}

interface Field {
  name: string;
  words: Sentence | undefined;
  text: string;
  /** Ids of the requests that the text names. */
  leadsTo?: readonly string[];
}

function Fields({ fields }: { fields: readonly Field[] }) {
  const say = useSay();
  return (
    <dl class="fields">
      {fields.map(({ name, words, text, leadsTo }) => (
        <div key={name}>
          <dt>
            {words && say(words)} <code>{name}</code>
          </dt>
          <dd>
            {leadsTo === undefined ? (
              <Foreign text={text} cut={1_000} />
            ) : (
              leadsTo.map((id) => (
                <a key={id} href={addressOf(id)}>
                  <Foreign text={id} cut={120} />{' '}
                </a>
              ))
            )}
          </dd>
        </div>
      ))}
    </dl>
  );
}

function Executions({ detail }: { detail: RequestDetail }) {
  const say = useSay();
  return (
    <>
      <h3>{say(TEXTS.executions)}</h3>
      <ul class="executions">
        {detail.executions.map((execution) => (
          <li key={execution}>
            <a href={addressOf(execution)} aria-current={execution === detail.execution ? 'true' : undefined}>
              <Foreign text={execution} cut={120} />
            </a>{' '}
            {execution === detail.execution && say(EXECUTION_WORDS[detail.status])}
          </li>
        ))}
      </ul>
    </>
  );
}
