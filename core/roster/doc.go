// Package roster reads who belongs to a school from the files that schools
// have, and brings the school in line with them.
//
// An import has three steps, and the first two change nothing:
//
//  1. [ReadONDE] or [ReadCSV] turns files into a [Roster], or refuses them
//     whole with file, line and reason: a wrong file, a wrong encoding, a
//     missing column, a cut file.
//  2. [Plan] compares the roster with the school as it is and says what would
//     be created and changed, what is doubtful and what is refused.
//  3. [Apply] does all of it in one transaction of the school, or nothing, and
//     gives the [Slip] of every new account.
//
// Neither source needs to be imported once only: every person has a stable
// key, kept as the member's source, so that the same files change nothing the
// second time.
package roster
