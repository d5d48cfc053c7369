// Package scaffold writes the folder of a new module: manifest, code, catalogues
// and tests that pass at once, and a go.mod with which it builds without a
// network. `preau plugin new` is its command line.
//
//	err := scaffold.Write(folder, scaffold.Plan{ID: "mots", Widget: true, SDK: checkout})
package scaffold
