// Package wire is the only thing that core and modules both speak: the
// protocol buffers of the control lane (module.proto, core.proto) and of the
// typed trees of the page lane (ui.proto), with the names both sides agree on.
//
// Compatibility: fields and calls are only added; the core speaks [Protocol]
// and the one before. Vendors use packages sdk and ui, not this one.
package wire

//go:generate ./generate.sh
