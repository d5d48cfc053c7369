// Package themes holds the theme packs that come with Préau, one folder each:
// four schools that share nothing but the house.
//
//   - preau: a blackboard and warm paper, for everybody;
//   - ecole: a primary school, large and warm, with pictograms;
//   - lycee: dense and sober, as a printed page;
//   - contraste: black, white and yellow, every pair at least 7 to 1.
//
// What a folder holds is told in docs/theme.md and in package core/theme.
package themes

import "embed"

// FS holds the packs.
//
//go:embed preau ecole lycee contraste
var FS embed.FS
