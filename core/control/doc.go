// Package control is what an operator may do to a Préau, as one table of typed
// verbs ([Verbs]) that work the same whether or not the server runs.
//
// Whoever holds the lock of the data folder (preau.lock) is alone with it. The
// server holds it as long as it runs and answers on the socket preau.sock,
// which only the folder's owner can reach. A command that gets the lock itself
// works on the store; one that does not asks the server. [Open] finds out which,
// and the caller cannot tell:
//
//	conn, err := control.Open(ctx, control.Options{Data: "data"})
//	defer conn.Close()
//	schools, err := control.SchoolList.Call(ctx, conn, control.None{}, nil)
//
// On the socket a verb is POST /v1/<verb> with its input as JSON. The answer is
// one JSON value a line: any number of {"progress":{"done":1,"total":9}}, then
// {"result":…} or {"error":{…}}.
package control
