import { existsSync, readFileSync } from '../lib/files.js';
import type { Processes } from '../generate/run-lock.js';

/** The processes of this machine: their ids with, on Linux, when they started, since ids are given out again. */
export const systemProcesses: Processes = {
  own: markOf(process.pid),
  isAlive(mark) {
    const pid = Number.parseInt(mark, 10);
    return isRunning(pid) && markOf(pid) === mark;
  },
};

/** proc(5): the fields after the name in parentheses, which may hold anything, begin with the 3rd; the 22nd is it. */
function markOf(pid: number): string {
  const file = `/proc/${pid}/stat`;
  if (!existsSync(file)) return `${pid}`;
  const fields = readFileSync(file, 'utf8').replace(/^.*\)/s, '').trim().split(' ');
  return `${pid} ${fields[22 - 3] ?? ''}`;
}

function isRunning(pid: number): boolean {
  try {
    // Signal 0 is sent to nobody; it only asks.
    return process.kill(pid, 0);
  } catch (error) {
    return (error as { code?: unknown }).code === 'EPERM';
  }
}
