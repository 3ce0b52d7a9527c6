import type { Surface } from './call.js';

/** `/v1beta/...` of the Developer API; the SDK's resumable uploads go through `/upload/v1beta/...`. */
const VERSIONED = /^\/(?<upload>upload\/)?v1(?:beta1?)?\/(?<rest>.+)$/;
/** Vertex puts the project (none in express mode) and the publisher in front of the resource. */
const VERTEX = /^(?:projects\/[^/]+\/locations\/[^/]+\/)?publishers\/google\/(?<rest>.+)$/;

/** The resource path (`models/x:generateContent`, `upload/files`, ...) and the front it came through, or `null`. */
export function resourceOf(pathname: string): { surface: Surface; resource: string } | null {
  const versioned = VERSIONED.exec(pathname)?.groups;
  if (versioned?.['rest'] === undefined) return null;
  const resource = `${versioned['upload'] ?? ''}${versioned['rest']}`;
  const vertex = VERTEX.exec(resource)?.groups?.['rest'];
  return vertex === undefined ? { surface: 'developer', resource } : { surface: 'vertex', resource: vertex };
}
