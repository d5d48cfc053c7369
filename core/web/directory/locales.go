package directory

import "embed"

// Locales holds the words of this package: locales/fr.json and locales/en.json.
//
//go:embed locales/*.json
var Locales embed.FS
