import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { expect, it } from 'vitest';
import { systemProcesses } from './processes.js';

it('knows itself, and a process that is gone', async () => {
  expect(systemProcesses.isAlive(systemProcesses.own)).toBe(true);
  const child = spawn(process.execPath, ['-e', '']);
  await new Promise((resolve) => child.on('close', resolve));
  expect(systemProcesses.isAlive(`${child.pid}`)).toBe(false);
  expect(systemProcesses.isAlive('')).toBe(false);
});

it.runIf(existsSync('/proc/self/stat'))('does not take another process with the same id for it', () => {
  expect(systemProcesses.isAlive(`${process.pid} 1`)).toBe(false);
});
