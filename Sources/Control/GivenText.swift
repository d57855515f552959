/// The most bytes of a text that a client gives: a title, a message, a note, a value, an id. A note of 4000
/// characters of any script has its place in it.
package let longestGivenText = 1 << 14
