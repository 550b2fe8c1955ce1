/** The response of an operation in the format of AWS's query protocol: lists have `member`s. */
export const responseXml = (operation: string, answer: unknown): string =>
  `<${operation}Response><${operation}Result>${xmlOf(answer)}</${operation}Result></${operation}Response>`;

export const errorXml = (code: string, message: string): string =>
  `<ErrorResponse>${xmlOf({ Error: { Type: 'Sender', Code: code, Message: message } })}</ErrorResponse>`;

function xmlOf(value: unknown): string {
  if (Array.isArray(value)) return value.map((item) => `<member>${xmlOf(item)}</member>`).join('');
  if (typeof value === 'object' && value !== null) {
    return Object.entries(value)
      .filter(([, part]) => part !== undefined)
      .map(([name, part]) => `<${name}>${xmlOf(part)}</${name}>`)
      .join('');
  }
  return String(value).replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
