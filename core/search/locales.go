package search

import "embed"

// Locales holds the words of search: locales/fr.json and locales/en.json.
//
//go:embed locales/*.json
var Locales embed.FS
