package paper

import "embed"

// Locales holds the catalogue of this package, one JSON file per language.
//
//go:embed locales/*.json
var Locales embed.FS
