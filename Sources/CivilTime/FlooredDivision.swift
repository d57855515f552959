extension FixedWidthInteger {
  /// The quotient rounded towards negative infinity, and the remainder, which is never negative; for divisors
  /// above 0.
  @inlinable
  package func flooredDivision(by divisor: Self) -> (quotient: Self, remainder: Self) {
    let (quotient, remainder) = quotientAndRemainder(dividingBy: divisor)
    return remainder < 0 ? (quotient - 1, remainder + divisor) : (quotient, remainder)
  }
}
