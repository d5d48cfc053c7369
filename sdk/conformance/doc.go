// Package conformance is the suite that every module must pass, whatever it
// does: it needs nothing but the module's folder, and runs the real process.
//
//	func TestConformance(t *testing.T) { conformance.Run(t, ".") }
package conformance
