// Package theme makes stylesheets: from the few design tokens of a theme pack
// and a school's own choices (colour, density) it derives every colour of every
// mode with enough contrast, and compiles one static stylesheet per school,
// named after its content.
//
//	themes, err := theme.New(themes.FS, os.DirFS("data/themes"))
//	sheet, err := themes.For(theme.Look{Pack: "ecole", Colour: "#8a1c3b"})
//	sheet.Path // /assets/theme-3f9a….css
//
// # Cascade
//
// A stylesheet is, in this order: the variables (of the pack's tokens with the
// school's colour and density put in), the core's styles, the pack's own styles,
// and those of the core's styles whose file's name begins with 80 or more. The
// person's part is attributes of the root element: this package follows
// data-mode and data-contrast, the core's styles the others, and no pack can.
//
// Variables of colour: paper card tint line, bar on-bar, brand on-brand, accent
// on-accent accent-wash, ink soft link edge focus, and for each tone (info ok
// warn bad) the tone and its -wash. Others: text radius corner (of buttons and
// fields) pad gap stroke (width of borders) leading weight (of headings) sans
// serif (families of text and of headings).
//
// # Packs
//
// A pack is a folder: theme.yaml, tokens.json in the Design Tokens format, and
// what theme.yaml names: styles (CSS), a logo and pictures (SVG), fonts (WOFF2).
// All of it is examined before any of it is served. Styles are read with a
// parser and may say only what is known to be harmless: colours by name of a
// variable, whose contrast is held in every mode; no address but the pack's own
// pictures; nothing that hides or covers. Pictures are written anew out of the
// shapes they hold. Fonts are unpacked and may hold outlines and measures.
package theme
