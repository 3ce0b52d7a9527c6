import type { Box } from '../../image/raster.js';

/** What a drawn scene varies. */
export interface Scene {
  /** Hue of the sky, degrees. */
  sky: number;
  /** Hue of the robot; the true robot is 205. */
  hue: number;
  antennae: number;
  /** Middle of the robot, 0-1 of the width, and its height, 0-1 of the picture's. */
  at: number;
  scale: number;
}

export const size = { width: 640, height: 360 };

/** A robot before hills, as SVG, and where the robot stands in it. */
export function drawScene(scene: Scene): { svg: string; box: Box } {
  const height = size.height * scene.scale;
  const width = height * 0.56;
  const x = Math.round(size.width * scene.at - width / 2);
  const y = Math.round(size.height * 0.94 - height);
  const body = `hsl(${scene.hue} 55% 52%)`;
  const antennae = Array.from({ length: scene.antennae }, (_, i) => {
    const at = 50 + (i - (scene.antennae - 1) / 2) * 34;
    return `<path d="M${at} 34V8" stroke="#333" stroke-width="5"/><circle cx="${at}" cy="8" r="8" fill="#e8b33d"/>`;
  }).join('');
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${size.width} ${size.height}">
    <defs><linearGradient id="sky" x2="0" y2="1"><stop stop-color="hsl(${scene.sky} 55% 62%)"/><stop offset="1" stop-color="hsl(${scene.sky} 40% 88%)"/></linearGradient></defs>
    <rect width="640" height="360" fill="url(#sky)"/><circle cx="540" cy="70" r="34" fill="#fff3c9"/>
    <path d="M0 260Q120 150 250 250T480 220T640 240V360H0Z" fill="hsl(${scene.sky + 20} 22% 52%)"/>
    <path d="M0 310Q200 250 380 300T640 290V360H0Z" fill="hsl(${scene.sky + 40} 25% 38%)"/>
    <svg x="${x}" y="${y}" width="${Math.round(width)}" height="${Math.round(height)}" viewBox="0 0 100 180">
      ${antennae}
      <rect x="14" y="32" width="72" height="52" rx="14" fill="${body}"/><circle cx="36" cy="56" r="9" fill="#fff"/><circle cx="64" cy="56" r="9" fill="#fff"/>
      <circle cx="36" cy="56" r="4" fill="#222"/><circle cx="64" cy="56" r="4" fill="#222"/><path d="M36 72h28" stroke="#222" stroke-width="4"/>
      <rect x="20" y="90" width="60" height="54" rx="10" fill="${body}"/><rect x="34" y="102" width="32" height="20" rx="4" fill="#e8b33d"/>
      <path d="M16 96V136M84 96V136M36 146V176M64 146V176" stroke="#4a4f57" stroke-width="12" stroke-linecap="round"/>
    </svg></svg>`;
  return { svg, box: { x, y, width: Math.round(width), height: Math.round(height) } };
}
