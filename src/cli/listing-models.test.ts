import { describe, expect, it } from 'vitest';
import { catalog } from '../catalog/catalog.js';
import { scriptedServer } from '../generate/providers/gemini/__fixtures__/scripted-server.js';
import { Workplace } from './__fixtures__/in-process.js';
import { modelsTable, pictureUsd } from './models-table.js';

const apiKey = 'AIza-test-key-of-no-value-0123456789';

describe('pictureUsd', () => {
  it.each<[string, [string, number][]]>([
    [
      'gemini-nano-banana-2.1',
      [
        ['1K', 0.0336],
        ['2K', 0.0504],
        ['4K', 0.1134],
      ],
    ],
    [
      'gemini-3-pro-image',
      [
        ['1K', 0.1344],
        ['2K', 0.1344],
        ['4K', 0.24],
      ],
    ],
    ['gemini-2.5-flash-image', [['default', 0.0387]]],
    ['gemini-3-pro-image-preview', []],
    ['nobody', []],
  ])('of %s', (id, expected) => {
    expect(pictureUsd(id).map(([size, usd]) => [size, Number(usd.toFixed(6))])).toEqual(expected);
  });
});

describe('evaluate models', () => {
  it('lists what is known in a table of 100 columns', async () => {
    await using place = new Workplace();
    const { code, stdout, stderr } = await place.run('models');
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    for (const line of stdout.split('\n')) expect(line.length, line).toBeLessThanOrEqual(100);
    const lines = stdout.split('\n').map((line) => line.replace(/ {2,}/g, ' | '));
    expect(lines).toContain('gemini-3-pro-image | Nano Banana Pro | stable 2026-05-28 | 14/11 | –');
    expect(lines).toContain('gemini-3.1-flash-image | A | $0.045 | $0.067 | $0.101 | $0.151 | 2026-10-07');
    expect(lines).toContain('gemini-2.5-flash-image | B | – | $0.039 | – | – | 2026-07-22');
    expect(lines).toContain('ratios B: 1:1 2:3 3:2 3:4 4:3 4:5 5:4 9:16 16:9 21:9');
    expect(stdout).toContain('gemini-3-pro-image-preview:\n  shut down 2026-06-25. Use gemini-3-pro-image.');
    for (const { id } of catalog) expect(stdout).toContain(id);
    expect(lines).toContain('judge of checklists: gemini-3.8-flash | Gemini 3.8 Flash | stable 2026-09-02');
    expect(lines).toContain(
      ' | USD a million tokens as of 2026-09-06: $0.75 in, $3.75 out; from 2027-01-01 $1.5 in, $7.5 out',
    );
  });

  it('has no price for what is not known to have one', () => {
    const [first] = catalog;
    if (!first) throw new Error('an empty catalogue');
    const text = modelsTable([{ ...first, id: 'gemini-9', prices: null }], [], (title) => title);
    expect(text).toMatch(/^gemini-9 +A +– +– +– +– +–$/m);
  });

  it('asks the server, and finds what is gone and what is new', async () => {
    const names = ['gemini-3-pro-image', 'gemini-9-image', 'gemini-flash', 'gemini-9-peel'];
    const models = names.map((id) => ({
      name: `models/${id}`,
      displayName: id === 'gemini-9-peel' ? 'Nano Banana 9' : id,
    }));
    await using server = await scriptedServer({ body: { models } });
    await using place = new Workplace({ apiKey, baseUrl: server.url });
    const { code, stdout } = await place.run('models', '--check');
    expect(code).toBe(0);
    const [, answer = ''] = stdout.split(/\nthe Gemini API at 127\.0\.0\.1:\d+:\n/);
    expect(answer.trimEnd().split('\n')).toEqual([
      '  listed      gemini-3-pro-image',
      '  not listed  gemini-nano-banana-2.1',
      '  not listed  gemini-3.1-flash-lite-image',
      '  not listed  gemini-3.1-flash-image  (deprecated 2026-10-06)',
      '  not listed  gemini-2.5-flash-image  (deprecated 2026-10-02)',
      '  not listed  gemini-3-pro-image-preview  (shut-down 2026-06-25)',
      '  not listed  gemini-3.1-flash-image-preview  (shut-down 2026-06-25)',
      '  not listed  gemini-2.5-flash-image-preview  (shut-down 2026-01-15)',
      '  not listed  gemini-3.8-flash',
      '  not listed  gemini-3.5-flash-lite',
      '  new here    gemini-9-image  gemini-9-image',
      '  new here    gemini-9-peel  Nano Banana 9',
    ]);
  });

  it('asks the emulator, as one JSON document', async () => {
    await using place = new Workplace();
    const { code, stdout } = await place.run('models', '--check', '--offline', '--json');
    expect(code).toBe(0);
    const { models, judges, server } = JSON.parse(stdout) as Record<'models' | 'judges', object[]> & { server: object };
    expect(judges[0]).toMatchObject({ id: 'gemini-3.8-flash', listed: true, usdPerMillionTokens: { input: 0.75 } });
    expect(models).toHaveLength(catalog.length);
    expect(models[0]).toMatchObject({
      id: 'gemini-nano-banana-2.1',
      status: { state: 'stable', date: '2026-10-06' },
      price: { usdPerPicture: { '2K': expect.closeTo(0.0504, 9) as number }, asOf: '2026-10-09' },
      listed: true,
    });
    expect(server).toMatchObject({ way: 'the emulator', failure: null, unknown: [] });
    expect(server).toMatchObject({
      missing: catalog.filter(({ status }) => status.state === 'shut-down').map(({ id }) => id),
    });
  });

  it('ends with 4 when the list cannot be had, and with 2 when nobody can be asked', async () => {
    await using server = await scriptedServer({ status: 403, body: { error: { message: `no ${apiKey}` } } });
    await using place = new Workplace({ apiKey, baseUrl: server.url });
    const refused = await place.run('models', '--check', '--json');
    expect(refused.code).toBe(4);
    expect(refused.stderr).toMatch(
      /^error 127\.0\.0\.1:\d+: The server does not list its models \(403\): no \[key cut\]\n$/,
    );
    expect(JSON.parse(refused.stdout)).toMatchObject({
      server: { failure: expect.stringContaining('(403)') as string },
    });
    await using nowhere = new Workplace();
    expect(await nowhere.run('models', '--check')).toMatchObject({ code: 2, stdout: '' });
    expect(await nowhere.run('models', '--offline')).toMatchObject({ code: 2, stdout: '' });
  });
});
