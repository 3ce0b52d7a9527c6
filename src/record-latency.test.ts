import { expect, it } from 'vitest';
import { call, sample } from './report/__fixtures__/small-record.js';
import { pictureLatencies } from './record-latency.js';

const failed = call(38, { status: 503, outcome: 'infra_error', finishReason: null, cost: 0 });

it.each([
  ['a picture at the first call', {}, [8000]],
  ['a picture after calls that failed', { attempts: [failed, failed, call(9000)] }, [9000]],
  ['a picture after a try that was discarded', { attempts: [call(7000), failed, call(9000)] }, [7000, 9000]],
  ['a refusal', { outcome: 'refused' }, []],
  ['calls that all failed', { outcome: 'infra_error', attempts: [failed, failed] }, []],
  ['a file that is no picture', { outcome: 'bad_image', attempts: [call(8000)] }, []],
  ['a picture of the cache', { cached: true, latencyMs: null }, []],
  ['a picture of the cache after calls that failed', { cached: true, attempts: [failed] }, []],
  ['a picture of a batch job', { batch: true }, []],
] as const)('%s', (_, { ...patch }, latencies) => {
  expect(pictureLatencies(sample({ ...patch } as Parameters<typeof sample>[0]))).toEqual(latencies);
});
