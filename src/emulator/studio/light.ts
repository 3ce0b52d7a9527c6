import { type Colour, oklch } from './colour.js';
import type { Light } from './reading/words.js';

/** How a light colours a picture. */
export interface LightLook {
  /** Top, middle and horizon of the sky. */
  sky: readonly [Colour, Colour, Colour];
  /** The glow of its source, in shares of the picture; `null` where no source is seen. */
  sun: { x: number; y: number; colour: Colour; glow: number; disc: number } | null;
  /** What far things fade towards. */
  haze: Colour;
  rim: Colour;
  rimStrength: number;
  tint: readonly [number, number, number];
  vignette: number;
}

export const lights: Record<Light, LightLook> = {
  studio: {
    sky: [oklch(0.8, 0.05, 225), oklch(0.88, 0.035, 215), oklch(0.95, 0.025, 90)],
    sun: { x: 0.68, y: 0.12, colour: oklch(0.98, 0.03, 95), glow: 0.55, disc: 0 },
    haze: oklch(0.9, 0.025, 210),
    rim: oklch(0.98, 0.02, 95),
    rimStrength: 0.75,
    tint: [1.01, 1, 0.985],
    vignette: 0.32,
  },
  golden: {
    sky: [oklch(0.78, 0.07, 240), oklch(0.86, 0.09, 70), oklch(0.92, 0.11, 80)],
    sun: { x: 0.5, y: 0.34, colour: oklch(0.93, 0.13, 82), glow: 0.95, disc: 0.085 },
    haze: oklch(0.86, 0.08, 70),
    rim: oklch(0.93, 0.12, 80),
    rimStrength: 1,
    tint: [1.06, 0.985, 0.87],
    vignette: 0.42,
  },
  dusk: {
    sky: [oklch(0.5, 0.08, 275), oklch(0.68, 0.09, 330), oklch(0.85, 0.1, 60)],
    sun: { x: 0.3, y: 0.5, colour: oklch(0.85, 0.13, 45), glow: 0.7, disc: 0.05 },
    haze: oklch(0.72, 0.075, 325),
    rim: oklch(0.85, 0.12, 40),
    rimStrength: 0.9,
    tint: [1, 0.94, 1],
    vignette: 0.5,
  },
  night: {
    sky: [oklch(0.24, 0.06, 270), oklch(0.34, 0.07, 262), oklch(0.48, 0.07, 245)],
    sun: { x: 0.76, y: 0.18, colour: oklch(0.95, 0.04, 95), glow: 0.45, disc: 0.055 },
    haze: oklch(0.42, 0.06, 255),
    rim: oklch(0.9, 0.05, 230),
    rimStrength: 0.9,
    tint: [0.7, 0.77, 0.95],
    vignette: 0.55,
  },
  day: {
    sky: [oklch(0.74, 0.1, 240), oklch(0.84, 0.07, 228), oklch(0.94, 0.03, 200)],
    sun: { x: 0.8, y: 0.14, colour: oklch(0.97, 0.09, 95), glow: 0.6, disc: 0.06 },
    haze: oklch(0.88, 0.045, 225),
    rim: oklch(0.98, 0.05, 95),
    rimStrength: 0.8,
    tint: [1.03, 1.01, 0.97],
    vignette: 0.25,
  },
  mist: {
    sky: [oklch(0.82, 0.015, 220), oklch(0.86, 0.012, 200), oklch(0.9, 0.012, 160)],
    sun: { x: 0.5, y: 0.2, colour: oklch(0.97, 0.01, 120), glow: 0.5, disc: 0 },
    haze: oklch(0.87, 0.015, 180),
    rim: oklch(0.97, 0.01, 180),
    rimStrength: 0.5,
    tint: [0.98, 1, 1],
    vignette: 0.3,
  },
  lamp: {
    sky: [oklch(0.7, 0.06, 70), oklch(0.76, 0.07, 75), oklch(0.8, 0.08, 80)],
    sun: { x: 0.42, y: 0.2, colour: oklch(0.94, 0.1, 82), glow: 0.9, disc: 0 },
    haze: oklch(0.75, 0.07, 75),
    rim: oklch(0.95, 0.09, 85),
    rimStrength: 0.95,
    tint: [1.1, 1.03, 0.9],
    vignette: 0.45,
  },
};
