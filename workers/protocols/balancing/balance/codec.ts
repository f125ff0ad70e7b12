/**
 * Messages as HTTP/1.1 (RFC 9112): requests and health checks as GET or, with a body, POST; answers with the status that
 * they have. What HTTP has no field for stands in `X-` fields, as with real proxies. Names and keys are percent-encoded,
 * so that all of it is ASCII and a character is a byte.
 */
import type { Message, Status } from './state.ts';

type RequestMessage = Extract<Message, { readonly kind: 'Request' }>;
type ResponseMessage = Extract<Message, { readonly kind: 'Response' }>;

const LINE = '\r\n';
const PROXY = 'Via: 1.1 balancer\r\n';
/** RFC 9110, section 15. */
const phrases: { readonly [status in Status]: string } = { 200: 'OK', 429: 'Too Many Requests', 500: 'Internal Server Error', 502: 'Bad Gateway', 503: 'Service Unavailable', 504: 'Gateway Timeout' };

/** Letters, digits, `.`, `_`, `~` and `-` stand for themselves (RFC 3986, section 2.3). Half of a pair of code units has no encoding. */
function encoded(text: string): string {
  return /^[\w.~-]*$/.test(text) ? text : encodeURIComponent(text.replace(/\p{Surrogate}/gu, '\ufffd'));
}

function requestHead({ client, request, key, demand, attempt, leg, stream, bytes, answer }: RequestMessage): string {
  const start = bytes > 0 ? 'POST' : 'GET';
  const length = bytes > 0 ? `Content-Length: ${bytes}\r\n` : '';
  return `${start} /?key=${encoded(key)} HTTP/1.1\r\nHost: service\r\n${leg === 2 ? PROXY : ''}X-Request-Id: ${encoded(client)}/${request}\r\nX-Attempt: ${attempt}\r\nX-Stream: ${stream}\r\nX-Work: ${demand}\r\nX-Answer: ${answer}\r\n${length}\r\n`;
}

function responseHead({ client, request, attempt, leg, stream, status, server, queue, bytes }: ResponseMessage): string {
  return `HTTP/1.1 ${status} ${phrases[status]}\r\n${server === '' ? '' : `Server: ${encoded(server)}\r\n`}${leg === 4 ? PROXY : ''}X-Request-Id: ${encoded(client)}/${request}\r\nX-Attempt: ${attempt}\r\nX-Stream: ${stream}\r\nX-Queue: ${queue}\r\nContent-Length: ${bytes}\r\n\r\n`;
}

/** Everything before the body. */
export function headOf(message: Message): string {
  switch (message.kind) {
    case 'Request':
      return requestHead(message);
    case 'Response':
      return responseHead(message);
    case 'HealthCheck':
      return `GET /health HTTP/1.1\r\nHost: service\r\nX-Check: ${message.number}\r\n\r\n`;
    case 'HealthReply':
      return `HTTP/1.1 200 OK\r\nX-Check: ${message.number}\r\nX-Queue: ${message.queue}\r\nContent-Length: 0\r\n\r\n`;
  }
}

/** Bytes of the body. */
export function bodyOf(message: Message): number {
  return message.kind === 'Request' || message.kind === 'Response' ? message.bytes : 0;
}

/** The whole message. Nobody reads its body: it is as long as it says. */
export function encode(message: Message): string {
  return headOf(message) + 'x'.repeat(bodyOf(message));
}

type Fields = ReadonlyMap<string, string>;

/**
 * The message that a text is.
 * @throws Error with what is wrong and what was expected
 */
export function decode(text: string): Message {
  const end = text.indexOf(LINE + LINE);
  if (end < 0) throw new Error('the header does not end: expected an empty line');
  const [start = '', ...lines] = text.slice(0, end).split(LINE);
  const fields: Fields = new Map(lines.map(fieldOf));
  const bytes = fields.has('content-length') ? numberOf(fields, 'content-length') : 0;
  const rest = text.length - end - 2 * LINE.length;
  if (rest !== bytes) throw new Error(`the body has ${rest} bytes; expected ${bytes}`);
  return start.startsWith('HTTP/') ? responseOf(start, fields, bytes) : requestOf(start, fields, bytes);
}

function fieldOf(line: string): readonly [string, string] {
  const [, name, value] = /^([\w-]+): (.*)$/.exec(line) ?? [];
  if (name === undefined || value === undefined) throw new Error(`"${line}" is no header field; expected "Name: value"`);
  return [name.toLowerCase(), value];
}

function valueOf(fields: Fields, name: string): string {
  const value = fields.get(name);
  if (value === undefined) throw new Error(`the field ${name} is missing`);
  return value;
}

function numberOf(fields: Fields, name: string): number {
  const value = valueOf(fields, name);
  if (!/^\d+$/.test(value)) throw new Error(`${name} is "${value}"; expected a whole number`);
  return Number(value);
}

function identityOf(fields: Fields): { readonly client: string; readonly request: number; readonly attempt: number; readonly stream: number } {
  const id = valueOf(fields, 'x-request-id');
  const [, client, request] = /^([^/]*)\/(\d+)$/.exec(id) ?? [];
  if (client === undefined || request === undefined) throw new Error(`x-request-id is "${id}"; expected CLIENT/NUMBER`);
  return { client: decodeURIComponent(client), request: Number(request), attempt: numberOf(fields, 'x-attempt'), stream: numberOf(fields, 'x-stream') };
}

function requestOf(start: string, fields: Fields, bytes: number): Message {
  if (start === 'GET /health HTTP/1.1') return { kind: 'HealthCheck', number: numberOf(fields, 'x-check') };
  const [, key] = /^(?:GET|POST) \/\?key=([^ ]*) HTTP\/1\.1$/.exec(start) ?? [];
  if (key === undefined) throw new Error(`"${start}" is no request; expected GET or POST, a key, and HTTP/1.1`);
  return { kind: 'Request', ...identityOf(fields), leg: fields.has('via') ? 2 : 1, key: decodeURIComponent(key), demand: numberOf(fields, 'x-work'), bytes, answer: numberOf(fields, 'x-answer') };
}

const statuses: readonly Status[] = [200, 429, 500, 502, 503, 504];

function responseOf(start: string, fields: Fields, bytes: number): Message {
  const status = statuses.find((one) => start === `HTTP/1.1 ${one} ${phrases[one]}`);
  if (status === undefined) throw new Error(`"${start}" is no answer; expected HTTP/1.1 and one of ${statuses.join(', ')}`);
  const queue = numberOf(fields, 'x-queue');
  if (fields.has('x-check')) return { kind: 'HealthReply', number: numberOf(fields, 'x-check'), queue };
  return { kind: 'Response', ...identityOf(fields), leg: fields.has('via') ? 4 : 3, status, server: decodeURIComponent(fields.get('server') ?? ''), queue, bytes };
}
