import { createHmac } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sha256 } from '../lib/hash.js';
import { type Arrived, failures, quickTools, readingSlowly, takingPlace } from './__fixtures__/place.js';
import { type AwsEnvironment, s3Store } from './s3-store.js';
import { upload } from './upload.js';
import { webStore } from './web-store.js';

/** Name -> type, in the order of names. */
const files: Record<string, string> = {
  'case/forest.html': 'text/html; charset=utf-8',
  'images/a.jpg': 'image/jpeg',
  'images/b.png': 'image/png',
  'images/c.webp': 'image/webp',
  'index.html': 'text/html; charset=utf-8',
  'journal.jsonl': 'application/x-ndjson',
  'junit.xml': 'application/xml',
  'matrix.js': 'text/javascript; charset=utf-8',
  'odd.bin': 'application/octet-stream',
  'report.css': 'text/css; charset=utf-8',
  'run.json': 'application/json',
  'summary.md': 'text/markdown; charset=utf-8',
};
const contentOf = (name: string) => Buffer.from([0, 255, 128, ...Buffer.from(name)]);

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'evaluate-upload-'));
  for (const below of ['case', 'images']) mkdirSync(join(folder, below));
  for (const name of Object.keys(files)) writeFileSync(join(folder, name), contentOf(name));
  writeFileSync(join(folder, 'lock-1'), '42 1');
  writeFileSync(join(folder, 'run.json.42.1.tmp'), 'half');
  symlinkSync('/etc/hostname', join(folder, 'linked'));
});
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

const aws: AwsEnvironment = {
  accessKeyId: 'AKIDEXAMPLE',
  secretAccessKey: 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY',
  sessionToken: undefined,
  region: 'eu-central-1',
  endpoint: undefined,
};

describe('upload to an address', () => {
  it('puts every file below it, each with its type, four at a time, the first page last', async () => {
    await using place = await takingPlace();
    const store = webStore(`${place.url}/share/runs/?sig=s%2Fs`, 'Bearer of-news');
    const done = await upload(folder, 'robot/r1', store, quickTools());
    expect(done).toEqual({ shown: `${place.url}/share/runs/robot/r1/index.html` });
    const { arrived } = place;
    const path = (name: string) => `/share/runs/robot/r1/${name}?sig=s%2Fs`;
    expect(arrived.map(({ url }) => url).sort()).toEqual(Object.keys(files).map(path).sort());
    expect(arrived.at(-1)?.url).toBe(path('index.html'));
    for (const [name, type] of Object.entries(files)) {
      const put = arrived.find(({ url }) => url === path(name));
      expect(put).toMatchObject({ method: 'PUT', headers: { 'content-type': type, authorization: 'Bearer of-news' } });
      expect(put?.body.equals(contentOf(name))).toBe(true);
    }
    expect(place.atOnce.most).toBeLessThanOrEqual(4);
  });

  it('tries a file again after 500', async () => {
    await using place = await takingPlace((_, number) => (number <= 2 ? { status: 500 } : 'take'));
    const done = await upload(folder, 'r', webStore(place.url, undefined), quickTools());
    expect(done.failure).toBeUndefined();
    expect(place.arrived).toHaveLength(Object.keys(files).length + 2);
    expect(place.arrived[0]?.headers.authorization).toBeUndefined();
  });

  it.each(failures)('ends at %s, without the first page', async (_, reaction, reason) => {
    await using place = await takingPlace(({ url }) => (url.includes('odd.bin') ? reaction : 'take'));
    const { failure = '' } = await upload(folder, 'r', webStore(place.url, undefined), quickTools(150));
    const [, said = '', copied] = /^odd\.bin: (.*); (\d+) of 12 files were copied$/.exec(failure) ?? [];
    expect(said).toMatch(reason);
    expect(Number(copied)).toBeLessThan(11);
    expect(place.arrived.some(({ url }) => url.includes('index.html'))).toBe(false);
  });

  it('tries a server that hangs a second time, says so once, and no third time whatever is left', async () => {
    await using place = await takingPlace(() => 'hang');
    const tools = quickTools(150);
    const hung = () => upload(folder, 'r', webStore(`${place.url}/path/?sig=s`, undefined), tools);
    expect((await hung()).failure).toMatch(/: no answer within 0.15 s \(2 tries\); 0 of 12 files were copied$/);
    const { host } = new URL(place.url);
    const [waits, again] = [
      `uploading the report to ${host} ... 0 of 12 files`,
      `${host}: no answer within 0.15 s, trying once more`,
    ];
    expect([place.arrived.length, tools.said]).toEqual([8, [waits, again]]);
    expect((await hung()).failure).toMatch(/: no answer within 0.15 s; 0 of 12/);
    expect([place.arrived.length, tools.said]).toEqual([12, [waits, again, waits]]);
  });

  it('goes on after a server hung once', async () => {
    await using place = await takingPlace((_, number) => (number === 1 ? 'hang' : 'take'));
    const tools = quickTools(150);
    expect((await upload(folder, 'r', webStore(place.url, undefined), tools)).failure).toBeUndefined();
    expect([place.arrived.length, tools.hangs.count]).toEqual([13, 1]);
  });

  it('tells how far it is, at most every ten seconds', async () => {
    await using place = await takingPlace();
    const tools = quickTools();
    let now = 0;
    const clock = { ...tools.clock, now: () => (now += 2500) };
    await upload(folder, 'r', webStore(`${place.url}/?sig=s`, undefined), { ...tools, clock });
    const told = tools.said.map(
      (text) => /^uploading the report to 127\.0\.0\.1:\d+ \.\.\. (\d+) of 12 files$/.exec(text)?.[1],
    );
    expect(told.length).toBeGreaterThan(1);
    expect(told.length).toBeLessThan(6);
    expect(told[0]).toBe('0');
  });

  it('waits for a slow line as long as anything goes over it', async () => {
    const slow = mkdtempSync(join(tmpdir(), 'evaluate-slow-'));
    const bytes = 64 * 2 ** 20;
    writeFileSync(join(slow, 'large.png'), Buffer.alloc(bytes));
    await using place = await readingSlowly(4 * 2 ** 20, 100);
    const tools = quickTools(1000);
    const { failure } = await upload(slow, 'r', webStore(place.url, undefined), tools);
    rmSync(slow, { recursive: true });
    expect(failure).toBeUndefined();
    expect(place.read).toBeGreaterThanOrEqual(bytes);
  });

  it('ends where nobody listens', async () => {
    const place = await takingPlace();
    await place.close();
    const { failure } = await upload(folder, 'r', webStore(`${place.url}/?sig=s`, undefined), quickTools());
    expect(failure).toMatch(/^[^:]+: no answer: ECONNREFUSED \(3 tries\); 0 of 12 files were copied$/);
  });

  it('takes user name and password, unless there is a header', () => {
    const basic = `Basic ${Buffer.from('ann:pass').toString('base64')}`;
    const put = (auth?: string) =>
      webStore('https://ann:pass@host/x', auth).put('a b/ü.png', contentOf(''), 'image/png');
    expect(put()).toMatchObject({ headers: { authorization: basic } });
    expect(put('Bearer t')).toMatchObject({ headers: { authorization: 'Bearer t' } });
    expect(put()).toMatchObject({ url: new URL('https://host/x/a%20b/%C3%BC.png') });
  });
});

/** The signature of AWS's Signature Version 4, worked out again from what arrived. */
function signatureOf({ method, url, headers }: Arrived, { region, secretAccessKey }: AwsEnvironment): string {
  const authorization = headers.authorization ?? '';
  const signed = /SignedHeaders=([^,]*)/.exec(authorization)?.[1] ?? '';
  const time = String(headers['x-amz-date']);
  const lines = signed.split(';').map((name) => `${name}:${String(headers[name])}\n`);
  const canonical = [method, url, '', lines.join(''), signed, headers['x-amz-content-sha256']].join('\n');
  const scope = `${time.slice(0, 8)}/${region}/s3/aws4_request`;
  const hmac = (key: string | Buffer, text: string) => createHmac('sha256', key).update(text).digest();
  const key = scope.split('/').reduce<string | Buffer>(hmac, `AWS4${secretAccessKey}`);
  return hmac(key, ['AWS4-HMAC-SHA256', time, scope, sha256(canonical)].join('\n')).toString('hex');
}

describe('upload to S3', () => {
  it('signs every file for a compatible store', async () => {
    await using place = await takingPlace((_, number) => (number === 1 ? { status: 503 } : 'take'));
    const environment = { ...aws, endpoint: place.url, sessionToken: 'session' };
    const done = await upload(folder, 'robot/r1', s3Store('s3://my.bucket/pre/fix/', environment), quickTools());
    expect(done).toEqual({ shown: 's3://my.bucket/pre/fix/robot/r1/index.html' });
    expect(place.arrived).toHaveLength(Object.keys(files).length + 1);
    expect(place.arrived.at(-1)?.url).toBe('/my.bucket/pre/fix/robot/r1/index.html');
    for (const each of place.arrived) {
      const { headers, body } = each;
      expect(headers.authorization).toMatch(
        /^AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE\/\d{8}\/eu-central-1\/s3\/aws4_request, SignedHeaders=[^,]*host[^,]*, Signature=[0-9a-f]{64}$/,
      );
      expect(headers.authorization).toContain(`Signature=${signatureOf(each, environment)}`);
      expect(headers['x-amz-content-sha256']).toBe(sha256(body));
      expect(headers['x-amz-security-token']).toBe('session');
    }
  });

  it.each(failures)('ends at %s', async (_, reaction, reason) => {
    await using place = await takingPlace(() => reaction);
    const { failure = '' } = await upload(
      folder,
      'r',
      s3Store('s3://bucket', { ...aws, endpoint: place.url }),
      quickTools(150),
    );
    const [, said = ''] = /^[^:]+: (.*); 0 of 12 files were copied$/.exec(failure) ?? [];
    expect(said).toMatch(reason);
  });

  it.each([
    ['s3://bucket/pre', {}, 'https://bucket.s3.eu-central-1.amazonaws.com/pre/f'],
    ['s3://bucket', {}, 'https://bucket.s3.eu-central-1.amazonaws.com/f'],
    ['s3://my.bucket', {}, 'https://s3.eu-central-1.amazonaws.com/my.bucket/f'],
    ['s3://bucket', { region: 'cn-north-1' }, 'https://bucket.s3.cn-north-1.amazonaws.com.cn/f'],
    [
      's3://bucket/pre',
      { endpoint: 'https://store.example/s3/', region: undefined },
      'https://store.example/s3/bucket/pre/f',
    ],
  ])('%s with %j is %s', async (written, changes, url) => {
    const put = await s3Store(written, { ...aws, ...changes }).put('f', contentOf(''), 'image/png');
    expect(put.url.href).toBe(url);
  });

  it.each([
    ['s3:bucket', {}, /that is no place in S3/],
    ['s3://Bucket/x', {}, /that is no place in S3/],
    ['s3://bucket/x?y', {}, /that is no place in S3/],
    ['s3://bucket', { accessKeyId: undefined }, /Set AWS_ACCESS_KEY_ID/],
    ['s3://bucket', { secretAccessKey: undefined }, /and AWS_SECRET_ACCESS_KEY/],
    ['s3://bucket', { region: undefined }, /Set AWS_REGION/],
    ['s3://bucket', { region: 'evil.example/' }, /is no region/],
    ['s3://bucket', { endpoint: 'store.example' }, /AWS_ENDPOINT_URL_S3 is no web address/],
  ])('%s with %j is refused', (written, changes, message) => {
    expect(() => s3Store(written, { ...aws, ...changes })).toThrow(message);
  });
});
