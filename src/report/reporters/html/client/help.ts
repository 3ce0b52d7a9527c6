import { element } from './elements.js';
import { copyText } from './marks.js';
import { areKeysOn, bind, boundKeys, switchKeys } from './keys.js';

const names: Readonly<Record<string, string>> = { Escape: 'Esc', ' ': 'Space' };

/** The two buttons beside the page's name: the list of keys, and a link to what is shown. */
export function addHelp(): void {
  const button = document.querySelector<HTMLButtonElement>('button.help');
  const copy = document.querySelector<HTMLButtonElement>('button.copy');
  if (!button || !copy) return;
  const show = () => {
    const dialog = dialogOfKeys();
    dialog.addEventListener('close', () => {
      dialog.remove();
      button.focus();
    });
    document.body.append(dialog);
    dialog.showModal();
  };
  for (const each of [button, copy]) each.hidden = false;
  copy.addEventListener('click', () => void copyText(location.href, copy));
  button.addEventListener('click', show);
  bind('?', 'this list', show);
}

function dialogOfKeys(): HTMLDialogElement {
  const on = element('input', { type: 'checkbox', id: 'keys-on' });
  on.checked = areKeysOn();
  on.addEventListener('change', () => {
    switchKeys(on.checked);
  });
  const close = element('button', { type: 'button' }, 'Close');
  const dialog = element(
    'dialog',
    { class: 'keys', 'aria-labelledby': 'keys-title' },
    element('h2', { id: 'keys-title' }, 'Keys of this page'),
    element(
      'dl',
      {},
      ...boundKeys().map(({ key, words }) =>
        element('div', {}, element('dt', {}, element('kbd', {}, names[key] ?? key)), element('dd', {}, words)),
      ),
    ),
    element('p', {}, on, ' ', element('label', { for: 'keys-on' }, 'Single keys are on')),
    close,
  );
  close.addEventListener('click', () => {
    dialog.close();
  });
  return dialog;
}
