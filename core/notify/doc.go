// Package notify tells people what concerns them, once, at a good hour and in
// the way they chose. Modules and the core hand over a notice; from then on:
//
//  1. Who is not to receive its kind is left out, and of the children it is about
//     a guardian is told of their own only.
//  2. What is for families waits for the school's hours of publishing ([Hours]),
//     unless it is urgent.
//  3. Shown, it stands in the person's list, in place of an earlier one about the
//     same thing, and only once when the same words came twice.
//  4. It then owes the person the ways they chose ([Choice]): mail, push, digest,
//     each due at an hour they read at; whether they still want it so is looked at
//     then. What was read on the page meanwhile owes nothing any more.
//
// What is owed is kept with the notice itself, so there is no queue to lose:
// [Service.Run] looks for what is due, claims it, sends it and notes that it was
// sent. After a crash between the last two it is sent again, under the same
// Message-ID.
package notify
