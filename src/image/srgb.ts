/** Linear light, 0-1, of each of the 256 sRGB codes (IEC 61966-2-1). */
export const linear = Float64Array.from({ length: 256 }, (_, code) => {
  const value = code / 255;
  return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
});
