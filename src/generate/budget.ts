/** Money that may be spent: every call's worst price is set aside before it is sent. USD. */
export class Budget {
  private reserved = 0;

  constructor(
    private readonly max: number | null,
    private spent = 0,
  ) {}

  /** Sets the amount aside, or says that it does not fit. */
  reserve(amount: number): boolean {
    // Half a ten-thousandth of a cent of slack for the rounding of sums.
    if (this.max !== null && this.spent + this.reserved + amount > this.max + 5e-7) return false;
    this.reserved += amount;
    return true;
  }

  /** Gives the reservation back and books what the call cost. */
  settle(reserved: number, cost: number): void {
    this.reserved = Math.max(0, this.reserved - reserved);
    this.spent += cost;
  }

  get total(): number {
    return this.spent;
  }
}
