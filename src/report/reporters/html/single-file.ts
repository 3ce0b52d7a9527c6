import { join, posix } from 'node:path';
import { UsageError } from '../../../lib/errors.js';
import { readFileSync } from '../../../lib/files.js';
import { sha256 } from '../../../lib/hash.js';
import type { RunRecord } from '../../../record.js';
import { readHistory } from '../../history.js';
import { pages, picturesOf } from './html.js';
import { loadAssets } from './templates.js';
import { thumbnails } from './thumbnails.js';

/** More than mail takes, or a browser opens well. */
const MOST_PICTURES = 500;
const MOST_MEGABYTES = 10;

const FIRST = 'index.html';
const fix = `Send the run's folder in its place: it opens from disk as well, index.html first. Or make a smaller run with --case or --samples.`;

/**
 * The whole report of a run in one HTML file that asks for nothing, for mail: the overview as it is, every other page
 * in a template for script to show, small copies of pictures once each and no originals. `folder` is the run's; small
 * copies that it lacks are made.
 * @throws UsageError when it would be too large
 */
export async function singleFile(record: RunRecord, folder: string): Promise<string> {
  const count = new Set([...picturesOf(record)].map(([picture]) => picture.sha256)).size;
  if (count > MOST_PICTURES) {
    throw new UsageError(`the report shows ${count} pictures; a single file takes ${MOST_PICTURES}`, { fix });
  }
  const thumbs = { ...thumbnails(folder), full: () => null };
  for (const [picture, found] of picturesOf(record)) thumbs.add(picture, found);
  await thumbs.done();
  const rendered = new Map(pages(record, await readHistory(folder, record), thumbs));
  const html = oneFile(rendered, await loadAssets(), (path) => readFileSync(join(folder, path)).toString('base64'));
  const megabytes = Buffer.byteLength(html) / 1e6;
  if (megabytes > MOST_MEGABYTES) {
    const size = `${megabytes.toFixed(1)} MB`;
    throw new UsageError(`the report would be ${size} in a single file; ${MOST_MEGABYTES} MB is the most`, { fix });
  }
  return html;
}

/** @param thumb gives the small copy at a path, in base64 */
function oneFile(
  rendered: ReadonlyMap<string, string>,
  { style, script }: { style: string; script: string },
  thumb: (path: string) => string,
): string {
  const first = rendered.get(FIRST) ?? '';
  const inPlace = new Set<string>();
  const elsewhere = new Set<string>();
  const live = linked(FIRST, first).replaceAll(IMAGE, (_, path: string) => {
    if (inPlace.has(path)) return ` data-thumb="${path}"`;
    inPlace.add(path);
    return ` data-thumb="${path}" src="data:image/webp;base64,${thumb(path)}"`;
  });
  const templates = [...rendered].flatMap(([name, html]) => {
    if (name === FIRST) return [];
    const body = between(linked(name, html), '<body>', '</body>')
      .replaceAll(SHOT, ' data-src="$1"')
      .replaceAll(IMAGE, (_, path: string) => {
        elsewhere.add(path);
        return ` data-thumb="${path}"`;
      });
    return [`<template data-page="${name}" data-title="${between(html, '<title>', '</title>')}">${body}</template>\n`];
  });
  const others = [...elsewhere].filter((path) => !inPlace.has(path));
  const block = JSON.stringify(Object.fromEntries(others.map((path) => [path, thumb(path)])));
  const edits: [RegExp, string][] = [
    [/(?<=Security-Policy" content=")[^"]*/, policy(style, script)],
    [/<link rel="stylesheet"[^>]*>/, `<style>${style}</style>`],
    [/<script src[^>]*><\/script>\n/, ''],
    [/(?<=<main [^>]*>\n)/, NO_SCRIPT],
    [
      /(?=<\/body>)/,
      `${templates.join('')}<script type="application/json" id="thumbs">${block.replaceAll('<', '\\u003c')}</script>\n<script>${script}</script>\n`,
    ],
  ];
  return edits.reduce((html, [pattern, text]) => changed(html, pattern, text), live);
}

const NO_SCRIPT =
  '<noscript><p class="note">This page is whole. The cases and the other pages of the report are in this file too, but need script to be shown.</p></noscript>\n';

/**
 * What pages refer to by paths of our own making. Text from outside holds no plain quote in a page, so that it cannot
 * look like one.
 */
const IMAGE = / src="(?:\.\.?\/)?(thumb\/[0-9a-f]{16}(?:-[0-9a-f]{6})?\.webp)"/g;
const SHOT = / data-src="(?:\.\.?\/)?(thumb\/[0-9a-f]{16}\.webp)"/g;
const LINK = / href="(?!#main")([A-Za-z0-9./-]+\.html)?(?:#([A-Za-z0-9-]+))?"/g;

/** Turns links to pages and to places on them into addresses within the file. */
function linked(page: string, html: string): string {
  return html.replaceAll(LINK, (_, file: string | undefined, place: string | undefined) => {
    const target = file === undefined ? page : posix.join(posix.dirname(page), file);
    return ` href="#page=${target}${place === undefined ? '' : `&amp;place=${place}`}"`;
  });
}

/** Only this style sheet and this script, by their hashes; pictures from the file itself, and nothing else. */
function policy(style: string, script: string): string {
  const hash = (text: string) => `'sha256-${Buffer.from(sha256(text), 'hex').toString('base64')}'`;
  return `default-src 'none'; img-src data:; script-src ${hash(script)}; style-src ${hash(style)}; base-uri 'none'; form-action 'none'; connect-src 'none'`;
}

function between(html: string, open: string, close: string): string {
  const start = html.indexOf(open) + open.length;
  return html.slice(start, html.indexOf(close, start));
}

function changed(html: string, pattern: RegExp, text: string): string {
  if (!pattern.test(html)) throw new Error(`the layout has no ${String(pattern)}`);
  return html.replace(pattern, () => text);
}
