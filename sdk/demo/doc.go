// Package demo is what `preau demo` tells the modules of a fictitious school,
// so that each fills in its own sample data: the core has no word for homework.
//
// A module that wants to be part of the demonstration subscribes to the event
// [Event] in its module.yaml and reads a [Fill] from its payload:
//
//	m.On(demo.Event, func(ctx context.Context, e *sdk.Event) error {
//		fill, err := demo.Parse(e.Payload)
//		…
//	})
//
// The event is sent once for each school, when the demonstration's data folder
// is made, by nobody (the event has no author) and to nobody in particular. It
// may arrive again after a crash, so a module writes its sample data in one
// transaction and does nothing when its store already holds some.
package demo
