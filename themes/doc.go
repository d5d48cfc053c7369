// Package themes holds the theme packs that come with Préau, one folder each:
// theme.yaml (id, name) and tokens.json (Design Tokens format).
package themes

import "embed"

// FS holds the packs.
//
//go:embed preau
var FS embed.FS
