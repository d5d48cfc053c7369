// Package directory is the pages of people and classes that everybody may open,
// each their own part: who works in the school, for a pupil those of their
// classes, for a teacher the pupils and the guardians of theirs. No login, no
// birth date, no address stands there; who administers people has the console.
package directory
