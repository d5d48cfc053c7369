package theme

import (
	"fmt"
	"io/fs"
	"math"
	"path"
	"slices"
	"strconv"
	"strings"

	"github.com/evanw/esbuild/pkg/api"

	"github.com/preau-ent/preau/core/web/assets"
	"github.com/preau-ent/preau/core/web/assets/pack"
	"github.com/preau-ent/preau/sdk/errors"
)

// browsers are the oldest that see the page as it is meant; older ones see it
// plainer.
var browsers = []api.Engine{
	{Name: api.EngineChrome, Version: "105"},
	{Name: api.EngineFirefox, Version: "110"},
	{Name: api.EngineSafari, Version: "15.4"},
}

// base is the styles of the core, lowered and minified: what a theme's own
// styles come after, and what comes after them (the person's choices, paper).
type base struct{ under, over string }

// readBase joins the base styles in the order of their names. Those from 80 on
// stand over the theme.
func readBase(files fs.FS) (base, error) {
	names, err := fs.Glob(files, "css/*.css")
	if err != nil || len(names) == 0 {
		return base{}, errors.Internal(fmt.Errorf("no base styles: %w", err))
	}
	slices.Sort(names)
	var under, over strings.Builder
	for _, name := range names {
		src, err := fs.ReadFile(files, name)
		if err != nil {
			return base{}, errors.Internal(err)
		}
		if path.Base(name) >= "80" {
			over.Write(src)
		} else {
			under.Write(src)
		}
	}
	var b base
	if b.under, err = minify(under.String()); err == nil {
		b.over, err = minify(over.String())
	}
	return b, err
}

// compile makes the stylesheet of a pack with these tokens: its variables, then
// the cascade base, theme, person.
func compile(p *Pack, t Tokens, b base) (*Sheet, error) {
	head, err := minify(p.faces() + p.head(t))
	if err != nil {
		return nil, err
	}
	body := []byte(head + b.under + p.css + b.over)
	name := pack.Name("theme.css", body)
	return &Sheet{
		File: assets.File{
			Name: name, Type: "text/css; charset=utf-8",
			Body: body, Brotli: pack.Brotli(body), Gzip: pack.Gzip(body),
		},
		Path: assets.Prefix + name, Logo: p.address(p.Logo),
		Light: p.derive(t, Mode{}), Dark: p.derive(t, Mode{Dark: true}),
	}, nil
}

// derive is the palette of a mode; a strong pack has no other.
func (p *Pack) derive(t Tokens, m Mode) Palette {
	m.Strong = m.Strong || p.Strong
	return Derive(t, m)
}

// head is every variable in every mode. What the person chose (attributes of
// the root element) goes before what their device prefers.
func (p *Pack) head(t Tokens) string {
	day, night := p.variables(t, Mode{}), p.variables(t, Mode{Dark: true})+"color-scheme:dark;"
	var b strings.Builder
	fmt.Fprintf(&b, ":root{%s%scolor-scheme:light}", p.lengths(t), day)
	fmt.Fprintf(&b, "@media(prefers-color-scheme:dark){:root:not([data-mode=clair]){%s}}:root[data-mode=sombre]{%s}", night, night)
	if !p.Strong {
		day, night = p.variables(t, Mode{Strong: true}), p.variables(t, Mode{Dark: true, Strong: true})
		fmt.Fprintf(&b, ":root[data-contrast=fort]{%s}@media(prefers-contrast:more){:root{%s}:root[data-mode=sombre]{%s}}", day, day, night)
		fmt.Fprintf(&b, "@media(prefers-color-scheme:dark){:root[data-contrast=fort]:not([data-mode=clair]){%s}}", night)
		fmt.Fprintf(&b, "@media(prefers-color-scheme:dark) and (prefers-contrast:more){:root:not([data-mode=clair]){%s}}", night)
		fmt.Fprintf(&b, ":root[data-contrast=fort][data-mode=sombre]{%s}", night)
	}
	return b.String()
}

func (p *Pack) variables(t Tokens, m Mode) string {
	var b strings.Builder
	palette := p.derive(t, m)
	for _, name := range palette.Names() {
		fmt.Fprintf(&b, "--%s:%s;", name, palette.colours[name])
	}
	return b.String()
}

func (p *Pack) lengths(t Tokens) string {
	return fmt.Sprintf("--text:%s;--radius:%s;--corner:%s;--pad:%s;--gap:%s;--stroke:%s;--leading:%s;--weight:%s;--sans:%s;--serif:%s;",
		t.Text, t.Radius, t.Corner, t.Pad, t.Gap, t.Stroke, rounded(t.Leading), rounded(t.Weight), p.families(t.Sans), p.families(t.Serif))
}

// rounded writes a number with at most two decimals, rounded down: a contrast
// of 4.496 is no 4.5.
func rounded(x float64) string {
	return strconv.FormatFloat(math.Floor(x*100+1e-9)/100, 'f', -1, 64)
}

// flat makes a name of a file out of its path.
func flat(name string) string { return strings.ReplaceAll(path.Base(name), " ", "-") }

func minify(src string) (string, error) {
	css, _, err := transform(src)
	return css, err
}

// minifyStrictly takes no styles that a browser would read in part.
func minifyStrictly(src string) (string, error) {
	css, warnings, err := transform(src)
	if err != nil || len(warnings) > 0 {
		what := ""
		if len(warnings) > 0 {
			what = warnings[0].Text
			if at := warnings[0].Location; at != nil {
				what = fmt.Sprintf("%d: %s", at.Line, what)
			}
		}
		return "", errors.Wrap(err, errors.Invalid, "theme.css.syntax", "what", what)
	}
	return css, nil
}

func transform(src string) (string, []api.Message, error) {
	result := api.Transform(src, api.TransformOptions{
		Loader: api.LoaderCSS, Engines: browsers, Charset: api.CharsetUTF8,
		MinifyWhitespace: true, MinifySyntax: true,
	})
	if len(result.Errors) > 0 {
		return "", nil, errors.Internal(fmt.Errorf("stylesheet: %s", result.Errors[0].Text))
	}
	return strings.TrimSpace(string(result.Code)), result.Warnings, nil
}
