// Package services is what modules may ask of the core: one gRPC server per
// module process, so that the core knows which module asks without being told,
// and a call handle with each call, from which school and viewer follow.
//
// Every method is checked twice: the manifest must name the capability and
// the operator have granted it, and the handle must be one the core gave to
// this very module and that is still valid.
package services
