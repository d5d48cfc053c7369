package e2e

// narrow: at 320 px, with text twice as large, and with the distances of WCAG
// 1.4.12, nothing is wider than the window and no word is cut off.
func (v *visit) narrow() {
	v.t.Helper()
	v.Width(320)
	v.wrong("wider than 320 px", eval[[]string](v.Browser, `reach.wide()`))
	eval[any](v.Browser, `reach.space(true)`)
	v.wrong("spaced text at 320 px", eval[[]string](v.Browser, `[...reach.wide(), ...reach.cut()]`))
	v.Width(Desktop)
	v.wrong("spaced text", eval[[]string](v.Browser, `[...reach.wide(), ...reach.cut()]`))
	eval[any](v.Browser, `reach.space(false), reach.double(true)`)
	v.wrong("text of 200 %", eval[[]string](v.Browser, `[...reach.wide(), ...reach.cut()]`))
	eval[any](v.Browser, `reach.double(false)`)
}

// beside: what fits on a wide screen fits beside the menu of a tablet too.
func (v *visit) beside() {
	v.t.Helper()
	v.Width(tablet)
	v.wrong("wider than a tablet", eval[[]string](v.Browser, `reach.wide()`))
	v.Width(Desktop)
}
