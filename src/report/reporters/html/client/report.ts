import { addHelp } from './help.js';
import { bind, click, listen } from './keys.js';
import { Marks, openMarking, openMarksBar } from './marks.js';
import { openMatrix } from './matrix.js';
import { openOverlays } from './overlays.js';
import { readShots } from './shots.js';
import { openPages } from './single-file.js';
import { openViewer } from './viewer.js';

listen();
openPages(() => {
  document.documentElement.className = 'js';
  if (document.querySelector('a[rel=next], a[rel=prev]')) {
    bind('n', 'next case', click('a[rel=next]'));
    bind('p', 'case before', click('a[rel=prev]'));
  }
  bind('Escape', 'back to the overview', click('a[rel=up]'));
  bind('c', 'copy a link to what is shown', click('button.copy'));
  const { suite, run } = document.querySelector<HTMLElement>('main')?.dataset ?? {};
  const viewer = document.querySelector<HTMLElement>('.viewer');
  if (suite !== undefined && run !== undefined) {
    const marks = new Marks(suite, run);
    if (viewer) {
      openOverlays();
      const shots = readShots(viewer);
      openViewer(viewer, shots, openMarking(viewer, marks, shots));
    }
    openMarksBar(marks);
  }
  openMatrix();
  addHelp();
});
