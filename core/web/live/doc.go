// Package live keeps the streams of the pages that are open in browsers
// (server-sent events): what is new reaches them without a reload.
//
//  1. A request reserves a place with [Hub.Reserve]: a person has few.
//  2. The web application takes the connection from its server and hands it to
//     [Place.Keep]. From then on a stream is a connection, one goroutine that
//     waits for the visitor to go, and an entry here: no buffers, so that
//     thousands of idle ones cost little.
//  3. [Hub.Tell] says that something changed for a person or a school. The
//     streams it touches are gathered for a moment, then each is told what is
//     new to it: the unread count, the new notices, the instances of widgets that
//     are not true any more. Contents never travel here: the page fetches them,
//     with the rights it has then.
//  4. Every second each session is looked at: who signed out, left, or lost the
//     right to the page is cut off; another role or child cuts too, and the page
//     comes back as who it is now.
//
// A message carries its [Since] as the event's id. Whoever comes back with it is
// told what changed meanwhile, and nothing has to be kept for that.
package live
