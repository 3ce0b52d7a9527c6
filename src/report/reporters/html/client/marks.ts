import { element } from './elements.js';
import { bind } from './keys.js';
import { untilLeft } from './leaving.js';
import { recall, remember } from './memory.js';
import type { Shot } from './shots.js';

/** What `evaluate approve --from` reads; a page cannot write a baseline itself. */
interface Mark {
  case: string;
  variant: string;
  sample: number;
  sha256: string;
  mark: 'approve' | 'reject';
}

/** The marks of this run's report, as far as the browser keeps them between pages. */
export class Marks {
  private readonly name: string;
  private all: Mark[];
  private isKept = true;

  constructor(
    readonly suite: string,
    readonly run: string,
  ) {
    this.name = `evaluate-marks ${suite} ${run}`;
    this.all = parsed(recall(this.name));
  }

  list(): readonly Mark[] {
    return this.all;
  }

  of(name: string, made: NonNullable<Shot['made']>): Mark['mark'] | null {
    return this.all.find((each) => isSame(each, name, made))?.mark ?? null;
  }

  set(name: string, made: NonNullable<Shot['made']>, mark: Mark['mark'] | null): void {
    const others = this.all.filter((each) => !isSame(each, name, made));
    this.keep(mark ? [...others, { case: name, ...made, mark }] : others);
  }

  clear(): void {
    this.keep([]);
  }

  /** Whether other pages of the report will know them. */
  areKept(): boolean {
    return this.isKept;
  }

  file(): string {
    return `${JSON.stringify({ version: 1, suite: this.suite, run: this.run, marks: this.all }, null, 2)}\n`;
  }

  private keep(marks: Mark[]): void {
    this.all = marks;
    this.isKept = remember(this.name, JSON.stringify(marks));
  }
}

function isSame(mark: Mark, name: string, made: NonNullable<Shot['made']>): boolean {
  return mark.case === name && mark.variant === made.variant && mark.sample === made.sample;
}

function parsed(text: string | null): Mark[] {
  try {
    return text === null ? [] : (JSON.parse(text) as Mark[]);
  } catch {
    return [];
  }
}

/** The bar at the foot of every page, once there are marks to export. */
export function openMarksBar(marks: Marks): void {
  const words = element('p', { role: 'status' });
  const save = element('a', { class: 'button', download: 'approvals.json' }, 'Save approvals.json');
  const command = `evaluate approve ${marks.run} --from approvals.json`;
  const copy = element('button', { type: 'button' }, 'Copy command');
  const clear = element('button', { type: 'button' }, 'Take all back');
  const bar = element(
    'aside',
    { class: 'marks', 'aria-label': 'Marks' },
    words,
    element('code', {}, command),
    copy,
    save,
    clear,
  );
  bar.hidden = true;
  document.body.append(bar);
  const show = () => {
    const all = marks.list();
    const approved = all.filter(({ mark }) => mark === 'approve').length;
    bar.hidden = all.length === 0;
    words.textContent = `${approved} approved, ${all.length - approved} rejected. Nothing is changed yet: save the file, then run the command.${
      marks.areKept() ? '' : ' This browser keeps no marks: save before you leave this page.'
    }`;
    URL.revokeObjectURL(save.href);
    save.removeAttribute('href');
    if (all.length > 0) save.href = URL.createObjectURL(new Blob([marks.file()], { type: 'application/json' }));
  };
  copy.addEventListener('click', () => void copyText(command, copy));
  clear.addEventListener('click', () => {
    marks.clear();
    document.dispatchEvent(new Event('marks'));
  });
  document.addEventListener('marks', show, untilLeft());
  show();
}

/** Says on the button whether it worked: a page from disk may not be let. */
export async function copyText(text: string, button: HTMLElement): Promise<void> {
  const before = button.textContent;
  button.textContent = await navigator.clipboard.writeText(text).then(
    () => 'Copied',
    () => 'The browser did not allow it',
  );
  setTimeout(() => {
    button.textContent = before;
  }, 1500);
}

/** Marks for the sample that is looked at, as buttons and keys. @returns told which sample that is */
export function openMarking(viewer: HTMLElement, marks: Marks, shots: readonly Shot[]): (shot: Shot) => void {
  const name = viewer.dataset['case'] ?? '';
  let current: Shot['made'] = null;
  const choices = [
    { mark: 'approve', key: 'y', text: 'Approve', words: 'mark B as approved' },
    { mark: 'reject', key: 'x', text: 'Reject', words: 'mark B as rejected' },
    { mark: null, key: 'u', text: 'Take back', words: 'take the mark of B back' },
  ] as const;
  const buttons = choices.map(({ mark, key, text, words }) => {
    const button = element('button', { type: 'button' }, `${text} `, element('kbd', {}, key));
    button.addEventListener('click', () => {
      if (current) marks.set(name, current, mark);
      document.dispatchEvent(new Event('marks'));
    });
    bind(key, words, () => {
      button.click();
    });
    return button;
  });
  viewer
    .querySelector('.tools')
    ?.append(element('fieldset', { class: 'scripted' }, element('legend', {}, 'Mark B'), ...buttons));
  const show = () => {
    const mark = current && marks.of(name, current);
    for (const [i, choice] of choices.entries()) {
      buttons[i]?.setAttribute(
        'aria-pressed',
        String(current !== null && choice.mark !== null && choice.mark === mark),
      );
      if (buttons[i]) buttons[i].disabled = current === null;
    }
    for (const shot of shots) {
      const of = shot.made && marks.of(name, shot.made);
      if (of) shot.link.dataset['mark'] = of;
      else delete shot.link.dataset['mark'];
    }
  };
  document.addEventListener('marks', show, untilLeft());
  return ({ made }) => {
    current = made;
    show();
  };
}
