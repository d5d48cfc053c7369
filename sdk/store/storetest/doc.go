// Package storetest is the suite that every [store.Engine] must pass. An engine's
// own test is one line:
//
//	func TestEngine(t *testing.T) {
//		storetest.Run(t, func(t *testing.T) store.Engine { ... })
//	}
package storetest
