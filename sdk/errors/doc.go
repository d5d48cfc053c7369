// Package errors is the one error type of Préau: a [Kind] from a closed set
// that maps to HTTP and gRPC codes, a public message (a translation key with
// arguments) that may be shown to anyone, and a private cause that only goes
// to the log.
//
//	return errors.New(errors.NotFound, "devoirs.gone")
//	return errors.Wrap(err, errors.Unavailable, "store.busy")
//	return errors.Field("due", "devoirs.due.past")
package errors
