import type { AccountState } from './account-state.ts';

/** The parameters of a request: path, query and body in one, under AWS's names. */
export type Input = Readonly<Record<string, unknown>>;

/** One operation of an AWS service, as the account double implements it. Throws `AccountRefusal`. */
export type Operation = (state: AccountState, input: Input) => unknown;

/** A response that is not only a JSON document. */
export class AnswerWithHeaders {
  readonly body: unknown;
  readonly headers: Readonly<Record<string, string>>;
  constructor(body: unknown, headers: Readonly<Record<string, string>>) {
    this.body = body;
    this.headers = headers;
  }
}

/** An error under the name by which the AWS SDK knows it. */
export class AccountRefusal extends Error {
  override readonly name: string;
  readonly status: number;
  constructor(name: string, message: string, status = 400) {
    super(message);
    this.name = name;
    this.status = status;
  }
}

/** One page of a list, starting at NextToken, in the named field. */
export function page(
  { pageSize }: AccountState,
  { NextToken }: Input,
  field: string,
  items: readonly unknown[],
): Record<string, unknown> {
  const from = Number(NextToken ?? 0);
  const to = from + pageSize;
  return { [field]: items.slice(from, to), ...(to < items.length && { NextToken: String(to) }) };
}
