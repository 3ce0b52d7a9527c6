/** Count, mean and scatter of numbers that arrive one by one. */
export class Moments {
  n = 0;
  /** NaN while there are none. */
  mean = NaN;
  /** Sum of squares about the mean. */
  squares = 0;
  lowest = Infinity;

  static of(values: Iterable<number>): Moments {
    const moments = new Moments();
    for (const value of values) moments.add(value);
    return moments;
  }

  /** Welford's update: no digits lost to a large mean. B. P. Welford, Technometrics 4(3), 1962. */
  add(value: number): void {
    const innovation = this.n === 0 ? 0 : value - this.mean;
    this.n += 1;
    this.mean = this.n === 1 ? value : this.mean + innovation / this.n;
    this.squares += innovation * (value - this.mean);
    if (value < this.lowest) this.lowest = value;
  }

  /** As if the lowest number had never come. @throws RangeError below two numbers; `lowest` is no longer known (NaN) */
  withoutLowest(): Moments {
    if (this.n < 2) throw new RangeError(`needs at least 2 numbers, got ${this.n}`);
    const rest = new Moments();
    rest.n = this.n - 1;
    rest.mean = this.mean + (this.mean - this.lowest) / rest.n;
    rest.squares = Math.max(0, this.squares - (this.lowest - this.mean) * (this.lowest - rest.mean));
    rest.lowest = NaN;
    return rest;
  }
}
