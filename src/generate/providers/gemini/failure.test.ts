import { describe, expect, it } from 'vitest';
import type { Answer } from '../../provider.js';
import { call } from './__fixtures__/call.js';
import type { Scene } from './__fixtures__/scripted-server.js';

const rpc = (code: number, status: string, message: string, details: object[] = []) => ({
  status: code,
  body: { error: { code, message, status, details } },
});
const retryInfo = (retryDelay: string) => ({ '@type': 'type.googleapis.com/google.rpc.RetryInfo', retryDelay });
const quota = (quotaId: string, rest: object = {}) => ({
  '@type': 'type.googleapis.com/google.rpc.QuotaFailure',
  violations: [{ quotaMetric: 'generate_requests', quotaId, ...rest }],
});
const exhausted = (message: string, ...details: object[]) => rpc(429, 'RESOURCE_EXHAUSTED', message, details);
const minute = quota('GenerateRequestsPerMinutePerProjectPerModel');

const table: [string, Scene, Answer['retry'], RegExp][] = [
  [
    '429 with RetryInfo',
    exhausted('Slow.', minute, retryInfo('45.837906927s')),
    { pauseMs: 45_838 },
    /rate limit .*\(429\): Slow\.$/,
  ],
  ['429 with whole seconds', exhausted('Slow.', retryInfo('7s')), { pauseMs: 7_000 }, /rate limit/],
  ['429 without RetryInfo', exhausted('Slow.', minute), { pauseMs: null }, /rate limit/],
  ['429 with a RetryInfo of another form', exhausted('Slow.', retryInfo('soon')), { pauseMs: null }, /rate limit/],
  [
    '429 in an array',
    { status: 429, body: [exhausted('Slow.', retryInfo('7s')).body] },
    { pauseMs: 7_000 },
    /: Slow\.$/,
  ],
  [
    '429 with an empty body',
    { status: 429, body: '' },
    { pauseMs: null },
    /^The rate limit for gemini-3-pro-image is reached \(429\)\.$/,
  ],
  [
    '429 with details of another form',
    { status: 429, body: { error: { message: 'x', details: 'none' } } },
    { pauseMs: null },
    /: x$/,
  ],
  [
    'quota per day',
    exhausted('Out.', quota('GenerateRequestsPerDayPerProjectPerModel'), retryInfo('3s')),
    'model-ended',
    /quota per day .* used up \(429\): Out\.$/,
  ],
  [
    'no quota at all',
    exhausted('Quota exceeded, limit: 0\nPlease retry in 7s', minute, retryInfo('7s')),
    'model-ended',
    /no quota for gemini-3-pro-image/,
  ],
  ['no quota, in numbers', exhausted('Out.', quota('PerMinute', { quotaValue: '0' })), 'model-ended', /no quota/],
  [
    'a quota that only begins with 0',
    exhausted('limit: 0.5, limit: 05', retryInfo('7s')),
    { pauseMs: 7_000 },
    /rate limit/,
  ],
  ['408', rpc(408, 'DEADLINE_EXCEEDED', 'Late.'), 'yes', /timed out \(408\): Late\.$/],
  ['500', rpc(500, 'INTERNAL', 'Internal error.'), 'yes', /^The server failed \(500\): Internal error\.$/],
  ['503', rpc(503, 'UNAVAILABLE', 'The model is overloaded.'), 'yes', /\(503\): The model is overloaded\.$/],
  ['504', rpc(504, 'DEADLINE_EXCEEDED', ''), 'yes', /^The server failed \(504\): DEADLINE_EXCEEDED$/],
  [
    '500 as HTML that says it is JSON',
    { status: 500, body: '<html><style>b{}</style><b>Oh</b> no' },
    'yes',
    /^The server failed \(500\): Oh no$/,
  ],
  [
    '502 as HTML',
    { status: 502, body: '<html><h1>Bad\ngateway</h1></html>', headers: { 'content-type': 'text/html' } },
    'yes',
    /\(502\): Bad gateway$/,
  ],
  ['529, which nobody has heard of', { status: 529, body: '' }, 'yes', /^The server failed \(529\)\.$/],
  [
    '400',
    rpc(400, 'INVALID_ARGUMENT', 'Thinking level is not supported.'),
    'no',
    /refused the request \(400\): Thinking level is not supported\.$/,
  ],
  ['400 in an array', { status: 400, body: [{ error: { code: 400, message: 'No.' } }] }, 'no', /\(400\): No\.$/],
  ['400 with an error that is a word', { status: 400, body: { error: 'nope' } }, 'no', /\(400\): nope$/],
  ['400 with plain JSON', { status: 400, body: '"nope"' }, 'no', /\(400\): "nope"$/],
  ['413', { status: 413, body: '' }, 'no', /refused the request \(413\)\.$/],
  [
    '400 for an unknown key',
    rpc(400, 'INVALID_ARGUMENT', 'Bad.', [{ reason: 'API_KEY_INVALID' }]),
    'model-ended',
    /key is not accepted \(400\): Bad\.$/,
  ],
  [
    '400 for a country',
    rpc(400, 'FAILED_PRECONDITION', 'Image generation is not available in your country.'),
    'model-ended',
    /in your country\.$/,
  ],
  [
    '400 for another precondition',
    rpc(400, 'FAILED_PRECONDITION', 'File is not active.'),
    'no',
    /\(400\): File is not active\.$/,
  ],
  ['401', rpc(401, 'UNAUTHENTICATED', 'Who?'), 'model-ended', /^The key is not accepted \(401\): Who\?$/],
  ['403', rpc(403, 'PERMISSION_DENIED', 'No.'), 'model-ended', /^The key is not accepted \(403\): No\.$/],
  [
    '404',
    rpc(404, 'NOT_FOUND', 'models/x is not found.'),
    'model-ended',
    /no model gemini-3-pro-image.*\(404\): models\/x is not found\.$/,
  ],
  [
    'a redirect',
    { status: 302, body: '', headers: { location: 'http://127.0.0.1:9/' } },
    'model-ended',
    /base URL leads elsewhere/,
  ],
  ['204', { status: 204, body: '' }, 'yes', /^The server answered 204 without a picture\.$/],
  ['an empty 200', { body: '' }, 'yes', /^The answer \(200\) is empty\.$/],
  ['200 as HTML', { body: '<html>Sign in</html>' }, 'yes', /garbled/],
  [
    '200 cut off in JSON',
    { body: '{"candidates":[{"content":{"parts":[{"inlineData":{"da' },
    'yes',
    /^The answer \(200\) is cut off or garbled\.$/,
  ],
  ['200 of another shape', { body: { candidates: 'three' } }, 'yes', /^The answer \(200\) is not one of Gemini's\.$/],
  ['200 with a number', { body: '7' }, 'yes', /not one of Gemini's/],
  ['200 with null', { body: 'null' }, 'yes', /not one of Gemini's/],
  [
    '200 with an error inside',
    { body: rpc(503, 'UNAVAILABLE', 'Busy.').body },
    'yes',
    /^The server failed \(503\): Busy\.$/,
  ],
  [
    '200 with a rate limit inside',
    { body: exhausted('Slow.', retryInfo('7s')).body },
    { pauseMs: 7_000 },
    /rate limit/,
  ],
];

describe('what a failure means', () => {
  it.each(table)('%s', async (_name, scene, retry, reason) => {
    const { answer, log, kept, seen } = await call(scene);
    expect(answer).toMatchObject({
      outcome: 'infra_error',
      images: [],
      usage: null,
      finishReason: null,
      cached: false,
    });
    expect(answer.retry).toEqual(retry);
    expect(answer.reason).toMatch(reason);
    expect(answer.exchange.status).toBe(typeof scene === 'function' ? null : (scene.status ?? 200));
    expect(kept.size).toBe(0);
    expect(log).toEqual(answer.exchange.status === 200 ? ['put cccc', 'discard cccc'] : []);
    expect(seen).toHaveLength(1);
  });

  it('keeps what a person reads short', async () => {
    const { answer } = await call({ status: 400, body: { error: { message: 'no '.repeat(5_000) } } });
    expect(answer.reason?.length).toBeLessThan(600);
    expect(answer.exchange.body.length).toBeGreaterThan(15_000);
  });
});
