// Package theme makes stylesheets: from the few design tokens of a theme pack
// and a school's own choices (colour, density) it derives every colour of the
// light and the dark mode with enough contrast, and compiles one static
// stylesheet per school, named after its content.
//
//	themes, err := theme.New(themes.FS)
//	sheet, err := themes.For(theme.Look{Pack: "preau", Colour: "#8a1c3b"})
//	sheet.Path // /assets/theme-3f9a….css
package theme
