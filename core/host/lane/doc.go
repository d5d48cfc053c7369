// Package lane is the page lane: a lean HTTP/1.1 client on a module's private
// Unix socket. Bytes stream both ways at once, connections are kept, and a
// connection serves again only when both directions ended cleanly.
//
// It is not httputil.ReverseProxy, which cut one in 3,000 echoed 64 KB posts,
// nor fasthttp's client, which hung when a server answered before it had read
// the whole body: here the body is written by its own goroutine while the
// answer is read, and neither waits for the other.
package lane
