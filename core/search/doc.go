// Package search finds what a school has: what its modules offer, its people
// and classes, the pages and settings of the core. Two words are enough, with
// or without accents, singular or plural, with a slip of the finger.
//
// There is one bleve index a school, in a folder of its own, open only while it
// is used. It can always be made again: everything in it was asked of a
// [Source], and what has to be asked again waits in the core's store until it
// was. A document carries whom it is for; each search names who asks, and what
// is not for them neither shows nor counts. Times are kept the same way: a
// document that is not to be found yet is indexed for those who may, and looked
// at again when its hour comes.
//
// A question is answered as sets first: which documents have its words, which
// may be opened, which are for the viewer; what is in all of them is weighed,
// one after the other. Only when nothing is left are slips looked for, among
// the words that the index has.
package search
