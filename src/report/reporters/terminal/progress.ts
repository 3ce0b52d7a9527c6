import type { RunEvent, SampleRecord } from '../../../record.js';
import { gateLines } from '../../gate-lines.js';
import { count, duration, line, money, score } from '../../format.js';
import { batchNews, batchText, leftLines } from './batch-progress.js';
import type { ReporterOptions } from '../../reporter.js';
import { spentFor } from '../../spending.js';

/**
 * Tells how far a run is. On a terminal one line that is drawn again at each event, with what went wrong above it;
 * elsewhere a plain line an event. It has no timer, so a run that throws leaves nothing running.
 */
export function progress({ progress: out, colours, now }: ReporterOptions): (event: RunEvent) => void {
  let start = now();
  let bar = '';
  let source = 'cache';
  const heard = batchNews();
  const say = (text: string) => out.write(out.isTTY ? `\r\u001b[2K${text}\n${bar}` : `${text}\n`);
  const draw = (text: string) => {
    bar = text;
    out.write(`\r\u001b[2K${text}`);
  };

  return (event) => {
    switch (event.type) {
      case 'planned': {
        start = now();
        source = event.replayed ? 'recording' : 'cache';
        const price = event.cost ? `, ${range(event.cost.low, event.cost.high, money)}` : '';
        const calls = range(event.calls.low, event.calls.high, (n) => n.toLocaleString('en-US'));
        say(
          `${line(event.suite)}: ${count(event.samples, 'sample')}, ${calls} ${calls === '1' ? 'call' : 'calls'}${price}${event.emulated ? ' (emulated)' : ''}${event.continued ? ', continued' : ''}${event.replayed ? ', replayed' : ''}`,
        );
        for (const text of gateLines(event.gate)) say(`  ${text}`);
        break;
      }
      case 'sample': {
        const { done, planned, spent, sample } = event;
        if (!out.isTTY) say(`[${done}/${planned}] ${told(sample, source)}`);
        else if (sample.outcome !== 'ok') say(`${colours.yellow('!')} ${told(sample, source)}`);
        if (out.isTTY) {
          const left = done < planned ? `, about ${duration(((now() - start) / done) * (planned - done))} left` : '';
          const note = `${done}/${planned}  ${money(spent)}${left}`;
          const width = Math.max(10, Math.min(40, out.columns - note.length - 4));
          const filled = planned > 0 ? Math.round((Math.min(done, planned) / planned) * width) : width;
          draw(`${colours.cyan('█'.repeat(filled))}${colours.dim('░'.repeat(width - filled))}  ${note}`);
        }
        break;
      }
      case 'paused':
        say(`${colours.yellow('‖')} ${line(event.model)} waits ${duration(event.ms)}: ${line(event.reason, 160)}`);
        break;
      case 'batch':
        if (out.isTTY) draw(batchText(event));
        else if (heard.isNews(event)) say(batchText(event));
        break;
      case 'batch-left':
        for (const text of leftLines(event)) say(`${colours.yellow('!')} ${text}`);
        break;
      case 'warning':
        say(`${colours.yellow('!')} ${line(event.message)}`);
        break;
      case 'finished':
        if (out.isTTY) draw('');
        break;
    }
  };
}

const range = (low: number, high: number, show: (n: number) => string) =>
  low === high ? show(low) : `${show(low)} to ${show(high)}`;

/** `source` is where an answer came from that was not bought. */
function told(sample: SampleRecord, source: string): string {
  const turn = sample.turn === undefined ? '' : ` turn ${sample.turn}`;
  const name = `${line(sample.case, 40)} · ${line(sample.model, 40)} · ${line(sample.revision, 24)} · sample ${sample.sample}${turn}`;
  if (sample.outcome !== 'ok')
    return `${name}: ${sample.outcome}${sample.reason ? `, ${line(sample.reason, 160)}` : ''}`;
  const consistency = sample.scores['consistency']?.value ?? null;
  const price = sample.cached ? `from ${source}` : `${money(spentFor(sample))}, ${duration(sample.latencyMs)}`;
  return `${name}: ${consistency === null ? 'ok' : score(consistency)}, ${price}`;
}
