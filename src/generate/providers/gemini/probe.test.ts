import { describe, expect, it } from 'vitest';
import { KEY } from './__fixtures__/call.js';
import { scriptedServer, type Scene } from './__fixtures__/scripted-server.js';
import { probeEmulated } from './probe.js';

const headers = { 'x-evaluate-emulator': '1' };

describe('probeEmulated', () => {
  it.each<[string, Scene, boolean]>([
    ['an emulator', { body: { models: [{ name: 'models/x' }] }, headers }, true],
    ['an emulator without models', { body: {}, headers }, true],
    ['another server', { body: { models: [] } }, false],
    ['an emulator that garbles', { body: '<html>', headers }, false],
    ['a server that hangs up', (response) => response.socket?.destroy(), false],
  ])('%s', async (_name, scene, expected) => {
    await using server = await scriptedServer(scene);
    expect(await probeEmulated({ apiKey: KEY, baseUrl: server.url })).toBe(expected);
    expect(server.seen).toMatchObject([{ method: 'GET' }]);
    expect(server.seen[0]?.url).toMatch(/^\/v1beta\/models(\?|$)/);
  });

  it('asks nobody but this machine', async () => {
    expect(await probeEmulated({ apiKey: KEY })).toBe(false);
    for (const baseUrl of ['https://127.0.0.1.example.com', 'https://10.0.0.1', 'nonsense', 'http://notlocalhost']) {
      expect(await probeEmulated({ apiKey: KEY, baseUrl })).toBe(false);
    }
  });
});
