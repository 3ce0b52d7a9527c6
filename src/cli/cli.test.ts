import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { runRecord } from '../record.js';
import { Workplace } from './__fixtures__/in-process.js';

describe('the command line', () => {
  it('answers --version and --help', async () => {
    await using place = new Workplace();
    expect(await place.run('--version')).toEqual({ code: 0, stdout: '0.1.0\n', stderr: '' });
    const help = await place.run('--help');
    expect(help.code).toBe(0);
    for (const name of ['run', 'approve', 'report', 'init', 'models', 'doctor', 'emulator', 'cache'])
      expect(help.stdout).toContain(`  ${name}`);
  });

  it.each<[string, string[], RegExp]>([
    ['no key and no --offline', ['fox'], /no key for Gemini\n.*GEMINI_API_KEY.*--offline/s],
    ['no such suite', ['fix', '--offline'], /fix/],
    ['a flag that is not there', ['fox', '--ofline'], /unknown option '--ofline'\n\(Did you mean --offline\?\)/],
    ['looks at batch jobs', ['fox', '--offline', '--batch', '-n', '2..4'], /--batch: -n asks for 2\.\.4.*-n 4/s],
    ['limits of calls for batch jobs', ['fox', '--batch', '--rpm', '5'], /--batch and --rpm do not go together/],
    ['a range turned round', ['fox', '--offline', '-n', '6..1'], /6 is more than 1/],
    [
      'nothing to compare with',
      ['fox', '--offline', '--against', 'v3'],
      /no revision, model or run of fox.*Did you mean 'v2'/,
    ],
    [
      'itself to compare with',
      ['fox', '--offline', '--against', 'v2', '--revision', 'v2'],
      /that is the candidate itself/,
    ],
    ['no number', ['fox', '--offline', '-n', 'many'], /'many' is not a whole number/],
    [
      'a model that is not there',
      ['fox', '--offline', '--model', 'gemini-3-pro-imge'],
      /Did you mean 'gemini-3-pro-image'\?/,
    ],
    ['a case that is not there', ['fox', '--offline', '--case', 'forrest'], /Did you mean 'forest'\?/],
    ['an encoder that is not there', ['fox', '--offline', '--encoder', './nowhere'], /nowhere/],
    ['a reporter that is not there', ['fox', '--offline', '--reporter', 'htm'], /Did you mean 'html'\?/],
  ])('%s is exit 2, with nothing written', async (_, args, message) => {
    await using place = new Workplace();
    expect((await place.run('init', 'fox')).code).toBe(0);
    const { code, stderr, stdout } = await place.run(...args);
    expect(stderr).toMatch(message);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(existsSync(place.path('reports'))).toBe(false);
  });

  it('plans without a key, and sends and writes nothing', async () => {
    await using place = new Workplace();
    await place.run('init', 'fox');
    const { code, stdout } = await place.run('fox', '--dry-run', '--json', '-n', '2', '--revision', 'v1');
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      suite: 'fox',
      images: 6,
      calls: { low: 6, high: 6 },
      criticalPath: { calls: 3 },
    });
    expect(existsSync(place.path('reports'))).toBe(false);
  });

  it('says what a month of runs costs, with nothing in the cache', async () => {
    await using place = new Workplace();
    await place.run('init', 'fox');
    const sheet = ['fox', '--offline', '--json', '-n', '1', '--revision', 'v1', '--case', 'sheet'];
    const plan = [...sheet, '--dry-run', '--per-month', '20'];
    interface Planned {
      cost: { low: number; high: number };
      perMonth: { runs: number; expected: number; worst: number };
    }
    const before = JSON.parse((await place.run(...plan)).stdout) as Planned;
    const { low, high } = before.cost;
    expect(before.perMonth.runs).toBe(20);
    expect(before.perMonth.expected).toBeCloseTo(20 * ((low + high) / 2), 9);
    expect(before.perMonth.worst).toBeCloseTo(20 * high, 9);
    expect((await place.run(...sheet)).code).toBe(0);
    const after = JSON.parse((await place.run(...plan)).stdout) as Planned;
    expect(after.cost.low).toBe(0);
    expect(after.perMonth).toEqual(before.perMonth);
    expect((await place.run(...plan.filter((word) => word !== '--dry-run'))).code).toBe(2);
  });

  it('runs, takes all from the cache, approves, and numbers new samples after the approved ones', async () => {
    await using place = new Workplace();
    await place.run('init', 'fox');
    const command = ['fox', '--offline', '-n', '1', '--revision', 'v2', '--json'];
    const first = await place.run(...command);
    expect(first.code).toBe(0);
    const record = runRecord.parse(JSON.parse(first.stdout));
    expect(record).toMatchObject({ emulated: true, status: 'complete', totals: { calls: 3, images: 3 } });
    expect(existsSync(place.path('reports/fox/latest/index.html'))).toBe(true);

    const again = runRecord.parse(JSON.parse((await place.run(...command)).stdout));
    expect(again.id).not.toBe(record.id);
    expect(again.totals).toMatchObject({ calls: 0, images: 3, cost: { spent: 0, saved: record.totals.cost.spent } });

    const approved = await place.run('approve');
    expect(approved.stdout).toContain('forest: new, gemini-nano-banana-2.1@v2; 1 sample (1 ok); ');
    expect(readdirSync(place.path('baselines/fox.emulated')).sort()).toEqual([
      '_lock.json',
      'bridge',
      'bridge.json',
      'forest',
      'forest.json',
      'sheet',
      'sheet.json',
    ]);

    const fresh = runRecord.parse(JSON.parse((await place.run(...command)).stdout));
    expect(fresh.samples.map((sample) => sample.slot)).toEqual(['sheet#2', 'forest#2', 'bridge#2']);
    expect(fresh.samples.every((sample) => typeof sample.scores['ssim']?.value === 'number')).toBe(true);
    const sheets = fresh.samples.slice(1).map((sample) => sample.inputs[0]?.sha256);
    expect(new Set(sheets)).toEqual(new Set([again.samples[0]?.image?.sha256]));

    // The same measurement from outside: pictures and sheet as files.
    const scene = fresh.samples[1];
    const file = (picture: { path: string } | undefined | null) => `reports/fox/latest/${picture?.path ?? ''}`;
    writeFileSync(place.path('broken.png'), 'no picture');
    const sheet = ['--sheet', file(scene?.inputs[0]), '--encoder', 'pocket', '--evidence', 'evidence'];
    const scored = await place.run('score', file(scene?.image), 'broken.png', ...sheet, '--json');
    expect(scored.code).toBe(3);
    const [whole, broken] = scored.stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(whole).toMatchObject({
      encoder: fresh.encoder,
      scores: { consistency: { value: scene?.scores['consistency']?.value } },
    });
    expect(broken).toMatchObject({ reason: expect.stringContaining('cannot be decoded') as string, scores: {} });
    expect(readdirSync(place.path('evidence'))).toHaveLength(1);
  }, 120_000);

  it('stops before it overspends, and goes on with more', async () => {
    await using place = new Workplace();
    await place.run('init', 'fox');
    const command = ['fox', '--offline', '-n', '1', '--revision', 'v2', '--json', '-j', '1'];
    const stopped = await place.run(...command, '--max-cost', '0.1');
    const record = runRecord.parse(JSON.parse(stopped.stdout));
    expect(stopped.code).toBe(5);
    expect(record.status).toBe('budget');
    expect(record.totals.cost.spent).toBeLessThanOrEqual(0.1);
    const resumed = await place.run(...command);
    const whole = runRecord.parse(JSON.parse(resumed.stdout));
    expect(resumed.code).toBe(0);
    expect(whole).toMatchObject({ id: record.id, status: 'complete', totals: { calls: 3, images: 3 } });
  }, 120_000);

  it('holds no sum for a model without a known price', async () => {
    await using place = new Workplace({ apiKey: 'a-test-key-of-no-value', baseUrl: 'http://127.0.0.1:9' });
    await place.run('init', 'fox');
    const yaml = readFileSync(place.path('fox/suite.yaml'), 'utf8');
    writeFileSync(place.path('fox/suite.yaml'), yaml.replaceAll('gemini-nano-banana-2.1', 'gemini-9-image'));
    const { code, stderr } = await place.run('fox', '--max-cost', '1');
    expect(stderr).toContain('--max-cost: no price is known for gemini-9-image');
    expect(code).toBe(2);
    expect(existsSync(place.path('reports'))).toBe(false);
  });

  it('says 4 when the infrastructure fails, 3 when nothing can be judged, 1 when a check fails', async () => {
    await using place = new Workplace();
    await place.run('init', 'fox');
    writeFileSync(place.path('faults.yaml'), 'rules:\n  - fault: daily-quota\n');
    const down = await place.run('fox', '--offline', '-n', '1', '--faults', 'faults.yaml');
    expect(down.code).toBe(4);
    writeFileSync(place.path('faults.yaml'), 'rules:\n  - fault: prompt-blocked\n');
    const refused = await place.run('fox', '--offline', '-n', '1', '--seed', '9', '--faults', 'faults.yaml');
    expect(refused.stdout).toContain('No sample of the candidate has a picture: refused.');
    expect(refused.code).toBe(3);
    const yaml = readFileSync(place.path('fox/suite.yaml'), 'utf8').replace(/^checks:[^]*?(?=^\S|(?![^]))/m, '');
    writeFileSync(place.path('fox/suite.yaml'), `${yaml.trimEnd()}\nchecks: { resolution: { min: 5000 } }\n`);
    const small = await place.run('fox', '--offline', '-n', '1', '--revision', 'v2', '--case', 'sheet');
    expect(small.stdout).toContain('resolution min 5000: broken');
    expect(small.code).toBe(1);
  }, 120_000);
});
