import { addHelp } from './help.js';
import { bind, click, listen } from './keys.js';

document.documentElement.classList.add('js');
if (document.querySelector('a[rel=next], a[rel=prev]')) {
  bind('n', 'next case', click('a[rel=next]'));
  bind('p', 'case before', click('a[rel=prev]'));
}
if (document.querySelector('#overlay')) bind('o', 'where the character was found', click('#overlay'));
bind('Escape', 'back to the overview', click('a[rel=up]'));
addHelp();
listen();
