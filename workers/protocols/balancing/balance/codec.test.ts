// HTTP/1.1 as it goes over the wire: read back, and read by Node's own parser.
import fc from 'fast-check';
import http from 'node:http';
import net, { type AddressInfo, type Server } from 'node:net';
import { afterEach, describe, expect, test } from 'vitest';
import { decode, encode } from './codec.ts';
import { sizeOf } from './size.ts';
import type { Message, Status } from './state.ts';

const count = fc.nat(10_000_000);
const name = fc.oneof(fc.stringMatching(/^[A-Z]\d{1,3}$/), fc.string({ minLength: 1, unit: 'grapheme' }));
const whose = { client: name, request: count, attempt: fc.integer({ min: 1, max: 9 }), stream: count, bytes: fc.nat(3000) };
const message: fc.Arbitrary<Message> = fc.oneof(
  fc.record({ kind: fc.constant('Request' as const), ...whose, leg: fc.constantFrom(1 as const, 2 as const), key: fc.oneof(name, fc.constant('')), demand: fc.nat(Number.MAX_SAFE_INTEGER), answer: count }),
  fc.record({ kind: fc.constant('Response' as const), ...whose, leg: fc.constantFrom(3 as const, 4 as const), status: fc.constantFrom<Status>(200, 429, 500, 502, 503, 504), server: fc.oneof(name, fc.constant('')), queue: count }),
  fc.record({ kind: fc.constant('HealthCheck' as const), number: count }),
  fc.record({ kind: fc.constant('HealthReply' as const), number: count, queue: count }),
);

test('a message is as long as its size says, in bytes', () => {
  fc.assert(
    fc.property(message, (one) => {
      expect(encode(one).length).toBe(sizeOf(one));
      expect(new TextEncoder().encode(encode(one)).length).toBe(sizeOf(one));
    }),
  );
});

test('what was encoded is decoded to the same', () => {
  fc.assert(
    fc.property(message, (one) => {
      expect(decode(encode(one))).toEqual(one);
    }),
  );
});

const request: Message = { kind: 'Request', client: 'C1', request: 12, attempt: 2, leg: 2, stream: 34, key: 'user-17', demand: 20_000_000, bytes: 0, answer: 1000 };
const response: Message = { kind: 'Response', client: 'C1', request: 12, attempt: 2, leg: 3, stream: 34, status: 503, server: 'S4', queue: 7, bytes: 5 };

test('a request, to be read', () => {
  expect(encode(request).split('\r\n')).toEqual(['GET /?key=user-17 HTTP/1.1', 'Host: service', 'Via: 1.1 balancer', 'X-Request-Id: C1/12', 'X-Attempt: 2', 'X-Stream: 34', 'X-Work: 20000000', 'X-Answer: 1000', '', '']);
});

test('an answer, to be read', () => {
  expect(encode(response).split('\r\n')).toEqual(['HTTP/1.1 503 Service Unavailable', 'Server: S4', 'X-Request-Id: C1/12', 'X-Attempt: 2', 'X-Stream: 34', 'X-Queue: 7', 'Content-Length: 5', '', 'xxxxx']);
});

test.each([
  ['GET / HTTP/1.1', 'does not end'],
  ['GET / HTTP/1.1\r\n\r\n', 'is no request'],
  ['HTTP/1.1 418 I am a teapot\r\nX-Queue: 0\r\n\r\n', 'is no answer'],
  [`${encode(response)}x`, 'the body has 6 bytes; expected 5'],
  [encode(request).replace('X-Stream: 34', 'X-Stream: many'), 'expected a whole number'],
  [encode(request).replace('X-Stream: 34\r\n', ''), 'x-stream is missing'],
  [encode(request).replace('C1/12', 'C1'), 'expected CLIENT/NUMBER'],
  [encode(request).replace('Host: service', 'Host'), 'is no header field'],
])('%j is refused', (text, problem) => expect(() => decode(text)).toThrow(problem));

test('a name that is no text has an encoding all the same', () => expect(encode({ ...request, key: 'a\ud800' })).toContain('key=a%EF%BF%BD '));

describe('Node’s own parser reads the same', () => {
  const servers: Server[] = [];
  afterEach(() => servers.splice(0).forEach((server) => server.close()));

  async function portOf(server: Server): Promise<number> {
    servers.push(server);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return (server.address() as AddressInfo).port;
  }

  async function lengthOf(stream: http.IncomingMessage): Promise<number> {
    let length = 0;
    for await (const chunk of stream) length += (chunk as Uint8Array).length;
    return length;
  }

  test.each([0, 1500])('a request with %d bytes', async (bytes) => {
    const sent: Message = { ...request, client: 'München 1', bytes };
    let told: (facts: unknown) => void = () => undefined;
    const facts = new Promise((resolve) => (told = resolve));
    const port = await portOf(
      http.createServer((received, answer) => {
        const { method, url, headers } = received;
        void lengthOf(received).then((length) => told({ method, url, work: headers['x-work'], id: headers['x-request-id'], via: headers.via, length }));
        answer.end();
      }),
    );
    net.connect(port, '127.0.0.1').end(encode(sent));
    expect(await facts).toEqual({ method: bytes > 0 ? 'POST' : 'GET', url: '/?key=user-17', work: '20000000', id: 'M%C3%BCnchen%201/12', via: '1.1 balancer', length: bytes });
  });

  test.each<Status>([200, 429, 500, 503, 504])('an answer with status %d', async (status) => {
    const port = await portOf(net.createServer((socket) => socket.end(encode({ ...response, status }))));
    const received = await new Promise<http.IncomingMessage>((resolve, reject) => http.get({ port, host: '127.0.0.1' }, resolve).on('error', reject));
    expect({ status: received.statusCode, phrase: received.statusMessage, server: received.headers.server, length: await lengthOf(received) }).toEqual({ status, phrase: http.STATUS_CODES[status], server: 'S4', length: 5 });
  });
});
