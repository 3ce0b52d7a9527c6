import { GoogleGenAI } from '@google/genai';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { judgeInfo } from '../catalog/catalog.js';
import { jpeg, png, tinyDraw } from './__fixtures__/tiny.js';
import { startEmulator } from './server.js';
import type { StudioRequest } from './studio/studio.js';

/** What the studio is asked to draw. */
const orders: StudioRequest[] = [];
let emulator: Awaited<ReturnType<typeof startEmulator>>;
let ai: GoogleGenAI;
beforeAll(async () => {
  emulator = await startEmulator({
    draw: (order) => {
      orders.push(order);
      return tinyDraw({ ...order, width: 8, height: 8 });
    },
  });
  ai = new GoogleGenAI({ apiKey: 'k', apiVersion: 'v1beta', httpOptions: { baseUrl: emulator.url } });
});
beforeEach(() => void orders.splice(0));
afterAll(() => emulator.close());

const inline = (data: string, mimeType = 'image/png') => ({ inlineData: { mimeType, data } });
const base64 = (bytes: Uint8Array | undefined) => Buffer.from(bytes ?? []).toString('base64');

it('is the words of the request in order, after the system instruction, with the pictures in order', async () => {
  const photo = await jpeg();
  await ai.models.generateContent({
    model: 'gemini-nano-banana-2.1',
    contents: [
      { role: 'user', parts: [{ text: 'Image 1:' }, inline(png()), { text: 'Image 2:' }, inline(photo, 'image/jpeg')] },
    ],
    config: { systemInstruction: 'You draw felt.', imageConfig: { aspectRatio: '4:5', imageSize: '2K' } },
  });
  expect(orders).toMatchObject([
    { prompt: 'You draw felt.\nImage 1:\nImage 2:', width: 1856, height: 2304, stray: 0.05 },
  ]);
  expect(orders[0]?.images.map(base64)).toEqual([png(), photo]);
});

it('is the last turn of a chat, with the picture made before as the first one', async () => {
  const chat = ai.chats.create({ model: 'gemini-3-pro-image', config: { thinkingConfig: { includeThoughts: true } } });
  const first = await chat.sendMessage({ message: [{ text: 'draw' }, inline(png())] });
  const made = first.candidates?.[0]?.content?.parts?.at(-1)?.inlineData?.data;
  await chat.sendMessage({ message: 'now blue' });
  await chat.sendMessage({ message: [{ text: 'with this hat' }, inline(png(9, 9))] });
  expect(orders.map((order) => [order.prompt, order.images.length])).toEqual([
    ['draw', 1],
    ['now blue', 1],
    ['with this hat', 2],
  ]);
  expect(base64(orders[1]?.images[0])).toBe(made);
  expect(base64(orders[2]?.images[1])).toBe(png(9, 9));
});

it('asks real models to stray alike, and the two that exist only here far less and far more', async () => {
  for await (const { name = '' } of await ai.models.list()) {
    const model = name.replace('models/', '');
    // Judges draw nothing.
    if (judgeInfo(model)) continue;
    await ai.models.generateContent({ model: name, contents: 'a robot' });
    const expected = model === 'emulated-steady' ? 0.02 : model === 'emulated-drifting' ? 0.5 : 0.05;
    expect([model, orders.at(-1)?.stray]).toEqual([model, expected]);
  }
  expect(orders.length).toBeGreaterThan(5);
});

it('is JPEG nearly always and PNG now and then, as the request decides', async () => {
  for (let seed = 0; seed < 160; seed += 1) {
    await ai.models.generateContent({ model: 'emulated-steady', contents: 'a robot', config: { seed } });
  }
  const pngs = orders.filter((order) => order.mime === 'image/png').length;
  // One in eight of 160: 20, give or take three standard deviations.
  expect(Math.abs(pngs - 20)).toBeLessThan(13);
});

it('turns a studio that fails into a 500 that says so', async () => {
  const broken = await startEmulator({ draw: () => Promise.reject(new Error('out of felt')) });
  const client = new GoogleGenAI({ apiKey: 'k', apiVersion: 'v1beta', httpOptions: { baseUrl: broken.url } });
  await expect(client.models.generateContent({ model: 'emulated-steady', contents: 'a robot' })).rejects.toThrow(
    /The emulator failed: out of felt/,
  );
  await broken.close();
});
