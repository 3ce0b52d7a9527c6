import type { Outgoing } from './sending.js';

/** A place that takes files over HTTP. */
export interface Store {
  /** Who takes them, as may be shown. */
  host: string;
  /** Where a file will be, without anything secret. */
  shown(name: string): string;
  /** The request that puts a file there. Names are relative, with `/` between their parts. */
  put(name: string, bytes: Uint8Array, type: string): Outgoing | Promise<Outgoing>;
}

/** A name as the path of an address. */
export function pathOf(name: string): string {
  return name.split('/').map(encodeURIComponent).join('/');
}
