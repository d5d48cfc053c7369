package draw

import "embed"

// Locales holds the words of the frame, for locale.New.
//
//go:embed locales
var Locales embed.FS
