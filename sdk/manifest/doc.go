// Package manifest reads module.yaml: what a module is, what it asks for, and
// which of its addresses exist. The core reads it without starting anything.
//
// [Parse] is strict. It checks the file against the published JSON Schema
// ([Schema], module.schema.json) and then what a schema cannot say: that
// permissions exist and carry the module's name, that every route can be
// reached, that capabilities are known. Each [Problem] names line and field.
package manifest
